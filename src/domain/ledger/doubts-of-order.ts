import type { Doubt } from './doubts.js';
import { daysOf, hasOpenStart, latestDate, type Day, type EdtfDate } from './edtf.js';
import type { NewEvent } from './event.js';
import type { MarketEntered } from '../events/market-entered.js';
import { effective, occurredBy } from '../state/logged-event.js';
import { lastStay } from '../state/market-stays.js';
import type { StreamState } from '../state/stream-state.js';

/**
 * Doubts an exit that comes before its entry only because a date like 2025 counts as its last day. Most
 * likely the entry came first; without the doubt, the market would be shown as present after the exit. For
 * everything else that starts and ends, a rule refuses this order.
 */
export function doubtsOfOrder(
  state: StreamState,
  { type, data, occurredOn, recordedAt }: Pick<NewEvent, 'type' | 'data' | 'occurredOn' | 'recordedAt'>,
): Doubt[] {
  const isExit = type === 'MarketExited';
  if (!isExit && type !== 'MarketEntered') return [];
  const { market, entity } = data as MarketEntered;
  const stay = lastStay(state.record('market', market), entity);
  const other = isExit ? stay?.entered : stay?.entered ? undefined : stay?.exited;
  const entry = other && state.logged(other.event);
  const recorded = entry && effective(entry);
  if (!recorded) return [];
  const own = { occurredOn, day: occurredBy(occurredOn, recordedAt) };
  const [entered, left] = isExit ? [recorded, own] : [own, recorded];
  if (entered.day <= left.day || !mayComeFirst(entered, left)) return [];
  const counts = `counts as ${whichDay(entered)}, ${entered.day}`;
  const mended = mendedEntry(entered.occurredOn, left.occurredOn);
  const message = isExit
    ? `is ${occurredOn}, and the ${recorded.type} of ${recorded.occurredOn} ${counts}: correct that to ${mended} where it came first`
    : `is ${occurredOn}, which ${counts}, after the ${recorded.type} of ${recorded.occurredOn}: write ${mended} where it came first`;
  return [{ code: 'order-unclear', field: 'occurredOn', message }];
}

/** Doubts a plan to start, or the end of an exit, that lies before the day on which it was told. */
export function doubtsOfPlan(
  { startsOn, until }: Readonly<Record<string, unknown>>,
  occurredOn: EdtfDate,
): Doubt[] {
  return Object.entries({ startsOn, until }).flatMap(([name, date]): Doubt[] =>
    typeof date === 'string' && daysOf(date).last < daysOf(occurredOn).first
      ? [
          {
            code: 'order-unclear',
            field: `data.${name}`,
            message: `is ${date}, before the day that it was told (${occurredOn})`,
          },
        ]
      : [],
  );
}

interface Dated {
  readonly occurredOn: EdtfDate;
  readonly day: Day;
}

/** Whether the dates allow that `one` was not after `other`. */
export const mayComeFirst = (one: Dated, other: Dated): boolean =>
  daysOf(one.occurredOn).first <= daysOf(other.occurredOn).last;

/** Which day an inexact date counts as: "its last day". */
export const whichDay = ({
  occurredOn,
  day,
}: {
  readonly occurredOn: EdtfDate;
  readonly day: Day;
}): string => (day === daysOf(occurredOn).last ? 'its last day' : 'the day of its recording');

/** A corrected entry date that ends no later than the exit. */
function mendedEntry(start: EdtfDate, end: EdtfDate): EdtfDate {
  const told = latestDate(end);
  const by = told.includes('/') ? daysOf(told).last : told.replace(/[~?%]$/, '');
  return `${hasOpenStart(start) ? '..' : daysOf(start).first.slice(0, 7)}/${by}`;
}
