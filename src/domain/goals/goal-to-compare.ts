import type { Day } from '../ledger/edtf.js';
import { MEASURE_NAMES, MEASURES, type Measure } from '../measures/measures.js';
import { headlineOf } from './headline.js';
import type { Progress } from './progress.js';

/** What can be compared between automakers: what is counted of a single market differs by the market. */
export const COMPARABLE: readonly Measure[] = MEASURE_NAMES.filter(
  (measure) => !MEASURES[measure].needsMarket,
);

/**
 * The goal to stand beside a value that begins on a day: of the whole automaker, not withdrawn, and not over before the value
 * begins; of those the newest.
 */
export function goalToCompare(
  progress: readonly Progress[],
  valueFrom: Day | undefined,
): Progress | undefined {
  return headlineOf(
    progress.filter(
      ({ terms, deadline, status, on }) =>
        terms.market === undefined &&
        terms.entity === undefined &&
        status !== 'withdrawn' &&
        (deadline === undefined || deadline.late >= (valueFrom ?? on)),
    ),
  );
}
