import type { VNode } from 'preact';
import { daysOf } from '../../domain/ledger/edtf.js';
import { leftOn } from '../../domain/state/market-stays.js';
import type { MarketStay, PlannedEntry } from '../../domain/state/records.js';
import type { MarketAutomaker } from '../../queries/markets/get-markets.js';
import { CompanyLink } from '../companies/company-link.js';
import { dateInWords } from '../design/dates.js';
import { companyName, valueInWords } from '../design/words.js';
import { Rumoured } from '../design/rumoured.js';
import { useLink } from '../page-context.js';
import { useByThen } from '../design/by-then.js';

interface MarketEntriesProps {
  readonly automakers: readonly MarketAutomaker[];
  /** Names of automakers, by id. */
  readonly names: ReadonlyMap<string, string>;
}

/**
 * Who entered when, how and with whom, and who left, in the order of entry. Announced entries are listed
 * separately.
 */
export function MarketEntries({ automakers, names }: MarketEntriesProps): VNode {
  const byThen = useByThen();
  const stays = automakers
    .flatMap(({ automaker, stays: of }) => of.map((stay) => ({ automaker, stay })))
    .sort((a, b) => (dayOfStay(a.stay) < dayOfStay(b.stay) ? -1 : 1));
  const planned = automakers.flatMap(({ automaker, planned: of = [] }) =>
    of.map((plan) => ({ automaker, plan })),
  );
  const hasLeft = stays.some(({ stay }) => stay.exited);
  return (
    <>
      {stays.length === 0 ? (
        <p class="quiet">No entry is logged{byThen}.</p>
      ) : (
        <table class="stack">
          <caption>Entries by date</caption>
          <thead>
            <tr>
              <th scope="col">Entered</th>
              <th scope="col">Automaker</th>
              <th scope="col">How</th>
              <th scope="col">With</th>
              {hasLeft && <th scope="col">Left</th>}
            </tr>
          </thead>
          <tbody>
            {stays.map(({ automaker, stay }) => (
              <Stay
                key={(stay.entered ?? stay.exited)?.event}
                automaker={automaker}
                name={names.get(automaker) ?? automaker}
                stay={stay}
                hasLeft={hasLeft}
              />
            ))}
          </tbody>
        </table>
      )}
      {planned.length > 0 && (
        <>
          <h3>Announced, and not logged as done</h3>
          <ul>
            {planned.map(({ automaker, plan }) => (
              <Plan key={plan.event} name={names.get(automaker) ?? automaker} plan={plan} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

/** The day for the order of stays. Entries without a date come last. */
const dayOfStay = ({ entered }: MarketStay): string => (entered ? daysOf(entered.occurredOn).last : '9999');

interface StayProps {
  readonly automaker: string;
  readonly name: string;
  readonly stay: MarketStay;
  readonly hasLeft: boolean;
}

function Stay({ automaker, name, stay, hasLeft }: StayProps): VNode {
  const link = useLink();
  const { entered, entity, entryMode, partner, models, exited } = stay;
  return (
    <tr>
      <th scope="row" class="date">
        {entered ? (
          <>
            <a href={link(`/events/${entered.event}`)}>{dateInWords(entered.occurredOn)}</a>
            <Rumoured of={entered} />
          </>
        ) : (
          'not logged'
        )}
      </th>
      <td data-label="Automaker">
        <a href={link(`/automakers/${automaker}`)}>{name}</a>
        {entity !== undefined && <small class="quiet">{companyName(entity)}</small>}
      </td>
      <td data-label="How">
        {entryMode !== undefined && `through ${valueInWords(entryMode)}`}
        {models !== undefined && <small class="quiet">{models.join(', ')}</small>}
      </td>
      <td data-label="With">{partner !== undefined && <CompanyLink name={partner} />}</td>
      {hasLeft && (
        <td data-label="Left">
          {exited && (
            <>
              <a href={link(`/events/${exited.event}`)}>{dateInWords(leftOn(stay) ?? exited.occurredOn)}</a>
              <small class="quiet">{exited.reason}</small>
            </>
          )}
        </td>
      )}
    </tr>
  );
}

function Plan({ name, plan }: { name: string; plan: PlannedEntry }): VNode {
  const link = useLink();
  const { event, occurredOn, entity, startsOn, entryMode, partner, isRumour } = plan;
  return (
    <li>
      {name}
      {entity !== undefined && ` (${companyName(entity)})`}:{' '}
      <a href={link(`/events/${event}`)}>
        {isRumour ? 'rumoured' : 'announced'} {dateInWords(occurredOn)}
      </a>
      {startsOn !== undefined && ` for ${dateInWords(startsOn)}`}
      {entryMode !== undefined && `, through ${valueInWords(entryMode)}`}
      {partner !== undefined && (
        <>
          , with <CompanyLink name={partner} />
        </>
      )}
    </li>
  );
}
