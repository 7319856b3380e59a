import type { VNode } from 'preact';
import type { MarketRecord } from '../../domain/state/records.js';
import { marketName } from '../../queries/names.js';
import { dateInWords, dayInWords } from '../design/dates.js';
import { FirstRows } from '../design/first-rows.js';
import { companyName, valueInWords } from '../design/words.js';
import { useLink } from '../page-context.js';
import type { SoldByFigures } from './sold-by-figures.js';

/** Where it sells by figures, although no entry is logged. */
export function ByFigures({ sold }: { sold: readonly SoldByFigures[] }): VNode | null {
  const link = useLink();
  if (sold.length === 0) return null;
  const byName = sold
    .map((each) => ({ ...each, name: marketName(each.market) }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return (
    <p>
      Figures tell of sales also in{' '}
      {byName.map(({ market, name, last, event }, index) => (
        <span key={market}>
          {index > 0 && (index === byName.length - 1 ? ' and ' : ', ')}
          <a href={link(`/markets/${market}`)}>{name}</a> (
          <a href={link(`/events/${event}`)}>newest until {dayInWords(last)}</a>)
        </span>
      ))}
      , where no entry is logged.
    </p>
  );
}

/** Markets that it has announced but, according to the ledger, not entered. */
export function PlannedEntries(props: { automaker: string; markets: readonly MarketRecord[] }): VNode | null {
  const { automaker, markets } = props;
  const link = useLink();
  const plans = markets
    .flatMap(({ market, planned = [] }) =>
      planned.map((plan) => ({ market, called: marketName(market), ...plan })),
    )
    .sort((a, b) => a.called.localeCompare(b.called, 'en'));
  if (plans.length === 0) return null;
  return (
    <>
      <h3>Entries announced, and not logged as done</h3>
      <FirstRows rows={plans} all={link('/timeline', { automaker, type: 'MarketEntryAnnounced' })}>
        {(shown) => (
          <ul>
            {shown.map(
              ({
                market,
                called,
                event,
                occurredOn,
                isRumour,
                entity,
                startsOn,
                entryMode,
                partner,
                models,
              }) => (
                <li key={event}>
                  <a href={link(`/markets/${market}`)}>{called}</a>
                  {startsOn !== undefined && `, ${dateInWords(startsOn)}`}
                  {entity !== undefined && `, by ${companyName(entity)}`}
                  {entryMode !== undefined && `, ${valueInWords(entryMode)}`}
                  {partner !== undefined && `, with ${partner}`}
                  {models !== undefined && `: ${models.join(', ')}`} (
                  <a href={link(`/events/${event}`)}>
                    {isRumour ? 'rumoured' : 'announced'} {dateInWords(occurredOn)}
                  </a>
                  )
                </li>
              ),
            )}
          </ul>
        )}
      </FirstRows>
    </>
  );
}
