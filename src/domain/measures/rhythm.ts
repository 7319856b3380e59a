import { addDays, dayNumber, daysOf, type Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';

/**
 * How often figures of one measure and perimeter appear, judged by the logged ones, and when the next is due.
 */
export interface Rhythm {
  /** The last day that a figure covers. */
  readonly newest: Day;
  /** The usual number of days between the ends of two figures; absent if fewer than three ends are logged. */
  readonly usualIntervalInDays?: number;
  /** The usual number of days from the end of a period to its publication; 31 if no publication is dated. */
  readonly usualDelayInDays: number;
  /**
   * The end of the next figure's period, and the day by which it is due; absent if the interval is unknown.
   */
  readonly next?: { readonly end: Day; readonly dueOn: Day };
}

const UNKNOWN_DELAY_DAYS = 31;

/** Undefined if no figure is logged. */
export function rhythmOf(figures: readonly FigureRecord[]): Rhythm | undefined {
  const ends = [...new Set(figures.map(({ last }) => last))].sort();
  const newest = ends.at(-1);
  if (newest === undefined) return undefined;
  const gaps = ends.slice(1).map((end, index) => dayNumber(end) - dayNumber(ends[index] ?? end));
  const usual = gaps.length >= 2 ? median(gaps) : undefined;
  const delays = figures.flatMap(({ last, reports }) =>
    reports.flatMap(({ publishedOn }) => {
      const days = publishedOn === undefined ? -1 : dayNumber(daysOf(publishedOn).last) - dayNumber(last);
      return days >= 0 ? [days] : [];
    }),
  );
  const delay = delays.length > 0 ? median(delays) : UNKNOWN_DELAY_DAYS;
  const end = usual === undefined ? undefined : nextEnd(newest, usual);
  return {
    newest,
    ...(usual !== undefined && { usualIntervalInDays: usual }),
    usualDelayInDays: delay,
    ...(end !== undefined && { next: { end, dueOn: addDays(end, delay) } }),
  };
}

/** If the newest period ends with a month, so does the next one. */
function nextEnd(newest: Day, days: number): Day {
  const isMonthEnd = addDays(newest, 1).endsWith('-01');
  const next = addDays(newest, days);
  if (!isMonthEnd) return next;
  // The nearest month end: months differ by at most three days.
  const middle = addDays(next, -15);
  return addDays(firstOfNextMonth(middle), -1) >= addDays(newest, 1)
    ? addDays(firstOfNextMonth(middle), -1)
    : addDays(firstOfNextMonth(addDays(newest, 1)), -1);
}

function firstOfNextMonth(day: Day): Day {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return month === 12
    ? `${String(year + 1).padStart(4, '0')}-01-01`
    : `${day.slice(0, 4)}-${String(month + 1).padStart(2, '0')}-01`;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
