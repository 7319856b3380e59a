import type { VNode } from 'preact';
import type { ConditionRecord } from '../../domain/state/records.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';
import type { MarketAnswer, MarketAutomaker } from '../../queries/markets/get-markets.js';
import { dateInWords } from '../design/dates.js';
import { EventList } from '../design/event-list.js';
import { PageLinks } from '../design/page-links.js';
import { Section } from '../design/section.js';
import { Value } from '../design/value.js';
import { siteName } from '../../domain/words/values.js';
import {
  companyName,
  listInWords,
  siteInWords,
  slugInWords,
  valueInWords,
  withCapital,
} from '../design/words.js';
import { useLink } from '../page-context.js';

interface MarketPageProps {
  readonly answer: MarketAnswer;
  readonly names: ReadonlyMap<string, string>;
  readonly latest: readonly TimelineEntry[];
}

export function MarketPage({ answer, names, latest }: MarketPageProps): VNode {
  const link = useLink();
  const { market, name, automakers, conditions } = answer;
  return (
    <>
      <header class="page-head">
        <p class="crumbs">
          <a href={link('/markets')}>Markets</a>
        </p>
        <h1>{withCapital(name)}</h1>
      </header>
      <Section id="automakers" title="Who is there">
        {automakers.length === 0 && (
          <p class="quiet">
            {market === 'EU'
              ? 'Nothing is logged of the union as a whole; each of its members has a page of its own.'
              : 'Nobody, by what is logged until then.'}{' '}
            <a href={link('/markets')}>All markets, and who is there</a>
          </p>
        )}
        {automakers.map((each, index) => (
          <Presence
            key={each.automaker}
            presence={each}
            name={names.get(each.automaker) ?? each.automaker}
            at={`/automakers/${index}`}
          />
        ))}
        <PageLinks next={answer.next} />
      </Section>
      <Section
        id="conditions"
        title="Under which conditions"
        lead="Tariffs, quotas, rules and the like, each with its changes, oldest first."
      >
        {conditions.length === 0 ? (
          <p class="quiet">
            None is logged for this market itself.
            {market !== 'EU' && (
              <>
                {' '}
                What a customs union sets is on its own page, such as that of{' '}
                <a href={link('/markets/EU')}>the European Union</a>.
              </>
            )}
          </p>
        ) : (
          <Conditions conditions={conditions} />
        )}
      </Section>
      <Section id="latest" title="What happened last">
        <EventList events={latest} />
        <p>
          <a href={link('/timeline', { market })}>All events that name it</a>
        </p>
      </Section>
    </>
  );
}

function Presence({ presence, name, at }: { presence: MarketAutomaker; name: string; at: string }): VNode {
  const link = useLink();
  const { automaker, planned, stays, partnerships, outlets, sites } = presence;
  return (
    <div>
      <h3>
        <a href={link(`/automakers/${automaker}`)}>{name}</a>
      </h3>
      <ul>
        {planned?.map(({ event, occurredOn, entity, startsOn, entryMode, partner }) => (
          <li key={event}>
            <a href={link(`/events/${event}`)}>Entry announced {dateInWords(occurredOn)}</a>
            {startsOn !== undefined && ` for ${dateInWords(startsOn)}`}
            {entity !== undefined && `, of ${companyName(entity)}`}
            {entryMode !== undefined && `, through ${valueInWords(entryMode)}`}
            {partner !== undefined && `, with ${partner}`}
          </li>
        ))}
        {stays.map(({ entity, entered, entryMode, partner, models, exited }) => (
          <li key={(entered ?? exited)?.event}>
            {entered ? (
              <a href={link(`/events/${entered.event}`)}>Entered {dateInWords(entered.occurredOn)}</a>
            ) : (
              'No entry is logged'
            )}
            {entity !== undefined && `, by ${companyName(entity)}`}
            {entryMode !== undefined && `, through ${valueInWords(entryMode)}`}
            {partner !== undefined && `, with ${partner}`}
            {models !== undefined && `: ${models.join(', ')}`}
            {exited && (
              <>
                ; <a href={link(`/events/${exited.event}`)}>left {dateInWords(exited.occurredOn)}</a> (
                {exited.until !== undefined && `in stages until ${dateInWords(exited.until)}, `}
                {exited.reason})
              </>
            )}
          </li>
        ))}
        {sites.map(
          ({ site, name: named, market, status, process, ownership, partner, announced, started }) => (
            <li key={site}>
              {siteName({ site, name: named, market })}:{' '}
              {[status, siteInWords({ ...(process && { process }), ...(ownership && { ownership }) })]
                .filter(Boolean)
                .join(', ')}
              {partner !== undefined && `, with ${partner}`}
              {announced && (
                <>
                  ,{' '}
                  <a href={link(`/events/${announced.event}`)}>
                    announced {dateInWords(announced.occurredOn)}
                  </a>
                </>
              )}
              {started && (
                <>
                  , <a href={link(`/events/${started.event}`)}>started {dateInWords(started.occurredOn)}</a>
                </>
              )}
            </li>
          ),
        )}
        {partnerships.map(({ partnership, partner, roles, stage, signed, ended }) => (
          <li key={partnership}>
            {signed ? (
              <a href={link(`/events/${signed.event}`)}>
                {stage === 'memorandum' ? 'Signed a memorandum with' : 'Signed'} {partner},{' '}
                {dateInWords(signed.occurredOn)}
              </a>
            ) : (
              partner
            )}{' '}
            ({listInWords(roles.map(valueInWords))}){ended && `, ended ${dateInWords(ended.occurredOn)}`}
          </li>
        ))}
        {outlets.map(({ outlet, opened, closed }, index) => (
          <li key={outlet}>
            {slugInWords(outlet)}s logged: <Value value={opened} at={`${at}/outlets/${index}/opened`} />{' '}
            opened, <Value value={closed} at={`${at}/outlets/${index}/closed`} /> closed
          </li>
        ))}
      </ul>
    </div>
  );
}

function Conditions({ conditions }: { conditions: readonly ConditionRecord[] }): VNode {
  const link = useLink();
  return (
    <table class="stack">
      <thead>
        <tr>
          <th scope="col">Condition</th>
          <th scope="col">Applies to</th>
          <th scope="col">Changes</th>
        </tr>
      </thead>
      <tbody>
        {conditions.map(({ kind, appliesTo, changes }, index) => (
          <tr key={kind + appliesTo}>
            <th scope="row">{slugInWords(kind)}</th>
            <td data-label="Applies to">{appliesTo}</td>
            <td>
              {changes.map(({ event, occurredOn, rate, effectiveOn }, change) => (
                <div key={event}>
                  <a href={link(`/events/${event}`)}>{dateInWords(occurredOn)}</a>
                  {rate !== undefined && (
                    <>
                      {': '}
                      <Value value={rate} at={`/conditions/${index}/changes/${change}/rate`} unit="percent" />
                    </>
                  )}
                  {effectiveOn !== undefined && `, in effect from ${dateInWords(effectiveOn)}`}
                </div>
              ))}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
