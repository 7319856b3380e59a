import type { VNode } from 'preact';
import { inTwoDigits, type ThesisCase } from '../../domain/theses/thesis.js';
import type { ThesesAnswer } from '../../queries/expansion/get-theses.js';
import { Explained } from '../design/explained.js';
import { Section } from '../design/section.js';
import { ToneBadge } from '../design/status-badge.js';
import { Value } from '../design/value.js';
import { THESIS_LOOKS, companyName, remarkOf } from '../design/words.js';
import { useLink } from '../page-context.js';

interface ThesesPageProps {
  readonly theses: ThesesAnswer['theses'];
  readonly automakersLeftOut: number;
}

export function ThesesPage({ theses, automakersLeftOut }: ThesesPageProps): VNode {
  const link = useLink();
  return (
    <>
      <header class="page-head">
        <h1>Does asset-light expansion work?</h1>
        <p class="lead">
          What an industry report claims, asked of the ledger. Each claim has a measure and a rule that was
          stated before anybody looked; each case leads to its events.
        </p>
      </header>
      {theses.every(({ cases }) => cases.length === 0) && (
        <p class="note">
          Nothing is logged by then that speaks for or against any of them.{' '}
          <a href={link('/log')}>Log an event</a>.
        </p>
      )}
      {automakersLeftOut > 0 && (
        <p class="note">
          Looked at are the automakers of which most is recorded; {automakersLeftOut.toLocaleString('en')}{' '}
          others are left out.
        </p>
      )}
      {theses.map((thesis, index) => (
        <Thesis key={thesis.id} thesis={thesis} at={`/theses/${index}`} />
      ))}
    </>
  );
}

function Thesis({ thesis, at }: { thesis: ThesesAnswer['theses'][number]; at: string }): VNode {
  const {
    id,
    question,
    claim,
    measure,
    rule,
    verdict,
    verdictRule,
    supporting,
    contradicting,
    undecided,
    cases,
    casesLeftOut = 0,
    test,
    notTested,
    whatWouldChange,
  } = thesis;
  return (
    <Section id={id} title={question} lead={`The claim: ${claim}`}>
      <p>
        <Explained method={`thesis-${verdict}`} isRating>
          <ToneBadge look={THESIS_LOOKS[verdict]} />
        </Explained>
        : <Value value={supporting} at={`${at}/supporting`} /> for,{' '}
        <Value value={contradicting} at={`${at}/contradicting`} /> against,{' '}
        <Value value={undecided} at={`${at}/undecided`} /> undecided.
        {test &&
          ` By chance alone, cases as uneven as these come in ${inTwoDigits(100 * test.p)} of 100 ledgers (${test.method} test).`}
        {notTested !== undefined && ` ${notTested}`}
      </p>
      <p class="small">What would change that: {whatWouldChange}</p>
      <details>
        <summary>The cases, and the rule</summary>
        <p class="small">
          Measure: {measure}. A case {rule}. The claim is {verdictRule}.
        </p>
        <ul class="events">
          {cases.map((each, index) => (
            <Case key={each.name + String(index)} one={each} />
          ))}
        </ul>
        {casesLeftOut > 0 && (
          <p class="small quiet">and {casesLeftOut.toLocaleString('en')} more cases, counted above</p>
        )}
      </details>
    </Section>
  );
}

/** "xpeng in EU" as "XPeng in the European Union"; what is no slug stays. */
const caseInWords = (name: string): string =>
  name
    .split(' and ')
    .map((part) =>
      remarkOf(part.replace(/^[a-z0-9-]+(?=[ :]|$)/, (slug) => companyName(slug.replace(/-[a-z]{2}$/, '')))),
    )
    .join(' and ');

/** "saic: built in 0 markets" as "SAIC: no plant abroad is logged": names for ids, absence as absence, digits in groups. */
const showsInWords = (shows: string): string =>
  remarkOf(shows)
    .replace(/(^|; )([a-z0-9-]+)(?=: )/g, (_, before: string, slug: string) => before + companyName(slug))
    .replace(/\bbuilt in 0 markets/g, 'no plant abroad is logged')
    .replace(/\b\d{5,}\b/g, (digits) => Number(digits).toLocaleString('en'));

/** So many events of a case are led to; all of them are in the answer of the API. */
const MOST_LINKS = 3;

function Case({ one: { name, finding, shows, events } }: { one: ThesisCase }): VNode {
  const link = useLink();
  return (
    <li>
      <strong>{caseInWords(name)}</strong>
      <span>
        <span class="tag">{finding}</span> {showsInWords(shows)}{' '}
        {events.slice(0, MOST_LINKS).map((event, index) => (
          <span key={event}>
            <a href={link(`/events/${event}`)}>event {index + 1}</a>{' '}
          </span>
        ))}
        {events.length > MOST_LINKS && <small class="quiet">of {events.length}</small>}
      </span>
    </li>
  );
}
