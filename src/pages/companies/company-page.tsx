import type { VNode } from 'preact';
import type { PartnerOf } from '../../domain/expansion/partner-of.js';
import { siteName } from '../../domain/words/values.js';
import type { CompanyAnswer, CompanyPartner, Holding } from '../../queries/companies/get-company.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import { marketInSentence } from '../../queries/names.js';
import { dateInWords } from '../design/dates.js';
import { EventList } from '../design/event-list.js';
import { Section } from '../design/section.js';
import { Value } from '../design/value.js';
import { listInWords, roleInWords, withCapital } from '../design/words.js';
import { useLink } from '../page-context.js';
import { CompanyLink } from './company-link.js';
import { companyInWords } from './company-words.js';
import { useByThen } from '../design/by-then.js';

interface CompanyPageProps {
  readonly answer: CompanyAnswer;
  readonly latest: readonly TimelineEntry[];
}

/** A company: its names, owners, holdings, and partnerships. */
export function CompanyPage({ answer, latest }: CompanyPageProps): VNode {
  const link = useLink();
  const byThen = useByThen();
  const { company, name, automaker, otherNames, owners, owns, ambiguous, partnerOf, partnersLeftOut } =
    answer;
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href={link('/companies')}>Companies</a>
        </p>
        <h1>{name}</h1>
        <p class="lead">{companyInWords(answer)}</p>
        {automaker !== undefined && (
          <p>
            The ledger follows it as an automaker:{' '}
            <a href={link(`/automakers/${automaker}`)}>its goals and figures</a>.
          </p>
        )}
        {otherNames.length > 0 && <p>Also called {listInWords(otherNames)}.</p>}
        {ambiguous.length > 0 && (
          <p class="quiet">
            Another company is called {listInWords(ambiguous)} as well, so that this alone names neither.
          </p>
        )}
        <Identifiers identifiers={answer.identifiers} />
      </header>
      {owners.length > 0 && (
        <Section id="owners" title="Whose it is">
          <Holdings holdings={owners} at="owners" />
        </Section>
      )}
      {owns.length > 0 && (
        <Section id="owns" title="What it owns">
          <Holdings holdings={owns} at="owns" />
        </Section>
      )}
      <Section id="partners" title="Whose partner it is">
        {partnerOf.length === 0 && (
          <p class="quiet">Nobody’s whom the ledger follows, by what is logged{byThen}.</p>
        )}
        {partnerOf.map((partner) => (
          <Partner key={partner.automaker} partner={partner} of={name} />
        ))}
        {partnersLeftOut !== undefined && (
          <p class="quiet">And of {partnersLeftOut} more automakers that are not listed.</p>
        )}
      </Section>
      {company !== undefined && (
        <Section id="latest" title="What is logged of it">
          <EventList events={latest} />
        </Section>
      )}
    </>
  );
}

const IDENTIFIERS = [
  ['lei', 'Legal entity identifier'],
  ['isin', 'Securities number (ISIN)'],
  ['ticker', 'Ticker'],
] as const;

function Identifiers({ identifiers }: Pick<CompanyAnswer, 'identifiers'>): VNode | null {
  if (!identifiers) return null;
  return (
    <ul class="plain">
      {IDENTIFIERS.map(
        ([key, words]) =>
          identifiers[key] !== undefined && (
            <li key={key}>
              {words}: <code>{identifiers[key]}</code>
            </li>
          ),
      )}
      {identifiers.wikidata !== undefined && (
        <li>
          <a href={`https://www.wikidata.org/wiki/${identifiers.wikidata}`}>Its entry in Wikidata</a>
        </li>
      )}
    </ul>
  );
}

function Holdings({ holdings, at }: { holdings: readonly Holding[]; at: 'owners' | 'owns' }): VNode {
  const link = useLink();
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Company</th>
          <th scope="col" class="num">
            Share
          </th>
          <th scope="col">Since</th>
        </tr>
      </thead>
      <tbody>
        {holdings.map(({ company, name, share, role, occurredOn, event }, index) => (
          <tr key={event}>
            <th scope="row">
              <CompanyLink {...(company !== undefined && { company })} name={name} />
              {role === 'controls' && ', which it controls'}
            </th>
            <td class="num" data-label="Share">
              <Value value={share} at={`/${at}/${index}/share`} unit="percent" />
            </td>
            <td class="date" data-label="Since">
              <a href={link(`/events/${event}`)}>{dateInWords(occurredOn)}</a>
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Partner({ partner: { automaker, name, as }, of }: { partner: CompanyPartner; of: string }): VNode {
  const link = useLink();
  return (
    <article>
      <h3>
        <a href={link(`/automakers/${automaker}`)}>{name}</a>
      </h3>
      {as.map((told) => (
        <ul key={told.partner}>
          {told.partner !== of && (
            <li>
              Under the name <CompanyLink name={told.partner} />
            </li>
          )}
          <Told told={told} />
        </ul>
      ))}
    </article>
  );
}

function Told({
  told: { partnerships, markets, formerMarkets, plannedMarkets, sites },
}: {
  told: PartnerOf;
}): VNode {
  const link = useLink();
  return (
    <>
      {partnerships.map(({ partnership, roles, markets: covered, scope, stage, signed, ended }) => {
        const start = signed ?? ended;
        const where =
          scope === 'worldwide'
            ? 'worldwide'
            : covered.length > 0 && `for ${listInWords(covered.map(marketInSentence))}`;
        return (
          <li key={partnership}>
            {roles.length > 0
              ? withCapital(listInWords(roles.map(roleInWords)))
              : 'A partnership, for what is not logged'}
            {where && ` ${where}`}
            {stage === 'memorandum' && ', by a memorandum'}
            {signed && (
              <>
                , since <a href={link(`/events/${signed.event}`)}>{dateInWords(signed.occurredOn)}</a>
              </>
            )}
            {ended && (
              <>
                , until <a href={link(`/events/${ended.event}`)}>{dateInWords(ended.occurredOn)}</a>
              </>
            )}
            {start === undefined && ', on a day that is not logged'}
          </li>
        );
      })}
      {markets.length > 0 && (
        <li>
          Sells for it in <Markets markets={markets} />
        </li>
      )}
      {formerMarkets.length > 0 && (
        <li>
          Sold for it in <Markets markets={formerMarkets} />, and does so no more
        </li>
      )}
      {plannedMarkets.length > 0 && (
        <li>
          Is to sell for it in <Markets markets={plannedMarkets} />
        </li>
      )}
      {sites.map(({ site, name, market, status }) => (
        <li key={site}>
          Builds with it at {siteName({ site, name, market })} in{' '}
          <a href={link(`/markets/${market}`)}>{marketInSentence(market)}</a> ({SITE_STATUS[status]})
        </li>
      ))}
    </>
  );
}

function Markets({ markets }: { markets: readonly string[] }): VNode {
  const link = useLink();
  return (
    <>
      {markets.map((market, index) => (
        <span key={market}>
          {index > 0 && (index === markets.length - 1 ? ' and ' : ', ')}
          <a href={link(`/markets/${market}`)}>{marketInSentence(market)}</a>
        </span>
      ))}
    </>
  );
}

const SITE_STATUS = {
  announced: 'announced',
  denied: 'denied',
  trial: 'on trial',
  running: 'started',
  ended: 'ended',
  cancelled: 'cancelled',
} as const;
