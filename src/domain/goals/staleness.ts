import { figuresInScope } from '../measures/figures-in-scope.js';
import type { Measure, Perimeter } from '../measures/measures.js';
import { dayNumber, type Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';

/** How a verdict has aged: it never changes by silence, it only gets old. */
export type Age = 'current' | 'newer-figures-due' | 'no-current-evidence';

/** How old the newest figure that bears on a goal is, against how often figures of this measure come. */
export interface Staleness {
  /** The day of that figure: what the verdict is as of. */
  readonly newest: Day;
  readonly ageInDays: number;
  /** Days that usually lie between two figures, where there are three or more. */
  readonly usualIntervalInDays?: number;
  readonly stale: boolean;
  readonly age: Age;
}

/** A verdict that is older than this is no evidence of how things stand. */
const LONGEST_DAYS = 366;

/**
 * The age of a verdict: newer figures are due after twice the time that usually lies between figures of the measure, and
 * after a year it says nothing of now.
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
