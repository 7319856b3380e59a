import type { Automaker } from '../automaker.js';
import { dayNumber, type Day } from '../occurred-on.js';
import type { TargetTerms } from '../records.js';

/** How old the newest figure is against how often figures of this measure come. */
export interface Staleness {
  readonly newest: Day;
  readonly ageInDays: number;
  /** Days that usually lie between two figures, where there are three or more. */
  readonly usualIntervalInDays?: number;
  readonly stale: boolean;
}

/** Figures of a measure that come less than yearly are stale after a year all the same. */
const LONGEST_INTERVAL_DAYS = 366;

/** Age of the newest figure of the measure against the median time between its figures. */
export function stalenessOf(
  automaker: Automaker,
  { measure, entity, market }: TargetTerms,
  on: Day,
): Staleness | undefined {
  const measures = measure === 'overseas-sales-share' ? [measure, 'overseas-units'] : [measure];
  const days = automaker.figures
    .filter(
      (figure) => measures.includes(figure.measure) && figure.entity === entity && figure.market === market,
    )
    .map(({ last }) => last)
    .sort();
  const newest = days.at(-1);
  if (newest === undefined) return undefined;
  const distinct = [...new Set(days)];
  const intervals = distinct.slice(1).map((day, index) => dayNumber(day) - dayNumber(distinct[index] ?? day));
  const usual = intervals.length >= 2 ? median(intervals) : undefined;
  const ageInDays = dayNumber(on) - dayNumber(newest);
  return {
    newest,
    ageInDays,
    ...(usual !== undefined && { usualIntervalInDays: usual }),
    stale: ageInDays > Math.min(2 * (usual ?? LONGEST_INTERVAL_DAYS), LONGEST_INTERVAL_DAYS),
  };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor((sorted.length - 1) / 2)] ?? 0;
}
