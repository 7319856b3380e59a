import type { VNode } from 'preact';
import { inTwoDigits, type ThesisCase } from '../../domain/theses/thesis.js';
import type { ThesesAnswer } from '../../queries/expansion/get-theses.js';
import { Explained } from '../design/explained.js';
import { Section } from '../design/section.js';
import { ToneBadge } from '../design/status-badge.js';
import { Value } from '../design/value.js';
import { THESIS_LOOKS } from '../design/words.js';
import { useLink } from '../page-context.js';
import { caseInWords, showsInWords, type CaseNames } from './case-words.js';
import { useByThen } from '../design/by-then.js';

interface ThesesPageProps {
  readonly names: CaseNames;
  readonly theses: ThesesAnswer['theses'];
  readonly automakersLeftOut: number;
}

export function ThesesPage({ theses, automakersLeftOut, names }: ThesesPageProps): VNode {
  const link = useLink();
  const byThen = useByThen();
  return (
    <>
      <header class="page-head">
        <h1>Does asset-light expansion work?</h1>
        <p class="lead">
          What an industry report claims, asked of the ledger. Each claim has a measure and a rule, which
          stand with its cases; each case leads to its events.
        </p>
      </header>
      {theses.every(({ cases }) => cases.length === 0) && (
        <p class="note">
          Nothing is logged{byThen} that speaks for or against any of them.{' '}
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
        <Thesis key={thesis.id} thesis={thesis} at={`/theses/${index}`} names={names} />
      ))}
    </>
  );
}

interface ThesisProps {
  readonly thesis: ThesesAnswer['theses'][number];
  readonly at: string;
  readonly names: CaseNames;
}

function Thesis({ thesis, at, names }: ThesisProps): VNode {
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
            <Case key={each.name + String(index)} one={each} names={names} />
          ))}
        </ul>
        {casesLeftOut > 0 && (
          <p class="small quiet">and {casesLeftOut.toLocaleString('en')} more cases, counted above</p>
        )}
      </details>
    </Section>
  );
}

/** Maximum number of linked events per case; the API's answer contains all of them. */
const MOST_LINKS = 3;

interface CaseProps {
  readonly one: ThesisCase;
  readonly names: CaseNames;
}

function Case({ one: { name, finding, shows, events }, names }: CaseProps): VNode {
  const link = useLink();
  return (
    <li>
      <strong>{caseInWords(name, names)}</strong>
      <span>
        <span class="tag">{finding}</span> {showsInWords(name, shows, names)}{' '}
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
