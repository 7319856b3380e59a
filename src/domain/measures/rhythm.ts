import { addDays, dayNumber, daysOf, type Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';

/** How often figures of one measure and perimeter come, by those that are logged, and when the next one is due. */
export interface Rhythm {
  /** The last day that a figure speaks of. */
  readonly newest: Day;
  /** Days that usually lie between the ends of two figures; absent where fewer than three are logged. */
  readonly usualIntervalInDays?: number;
  /** Days from the end of a period until its figure is published, usually; 31 where no publication is dated. */
  readonly usualDelayInDays: number;
  /** The end of the next figure, and the day by which it is due; absent where no interval is known. */
  readonly next?: { readonly end: Day; readonly dueOn: Day };
}

const UNKNOWN_DELAY_DAYS = 31;

/** Undefined where no figure is logged. */
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

/** After the ends of months come ends of months. */
function nextEnd(newest: Day, days: number): Day {
  const isMonthEnd = addDays(newest, 1).endsWith('-01');
  const next = addDays(newest, days);
  if (!isMonthEnd) return next;
  // The nearest end of a month: months differ by three days at most.
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
