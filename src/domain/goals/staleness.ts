import { figuresInScope } from '../measures/figures-in-scope.js';
import type { Measure, Perimeter } from '../measures/measures.js';
import { dayNumber, type Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';

/** How old a verdict is. Silence never changes a verdict, it only makes it older. */
export type Age = 'current' | 'newer-figures-due' | 'no-current-evidence';

/** How old the newest figure relevant to a goal is, compared with how often figures of the measure appear. */
export interface Staleness {
  /** The day of that figure. The verdict is as of this day. */
  readonly newest: Day;
  readonly ageInDays: number;
  /** The usual number of days between two figures, if there are at least three. */
  readonly usualIntervalInDays?: number;
  readonly stale: boolean;
  readonly age: Age;
}

/** A verdict older than this is not evidence of the current state. */
const LONGEST_DAYS = 366;

/**
 * The age of a verdict: newer figures are due after twice the usual interval between figures of the measure,
 * and after a year the verdict says nothing about the present.
 */
export function stalenessOf(
  figures: readonly FigureRecord[],
  measure: Measure,
  wanted: Perimeter,
  newest: Day,
  on: Day,
): Staleness {
  const measures: readonly Measure[] =
    measure === 'overseas-sales-share' ? [measure, 'overseas-units'] : [measure];
  const days = measures
    .flatMap((each) => figuresInScope(figures, each, wanted))
    .map(({ last }) => last)
    .sort();
  const distinct = [...new Set(days)];
  const intervals = distinct.slice(1).map((day, index) => dayNumber(day) - dayNumber(distinct[index] ?? day));
  const usual = intervals.length >= 2 ? median(intervals) : undefined;
  const ageInDays = dayNumber(on) - dayNumber(newest);
  const stale = ageInDays > Math.min(2 * (usual ?? LONGEST_DAYS), LONGEST_DAYS);
  return {
    newest,
    ageInDays,
    ...(usual !== undefined && { usualIntervalInDays: usual }),
    stale,
    age: ageInDays > LONGEST_DAYS ? 'no-current-evidence' : stale ? 'newer-figures-due' : 'current',
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
