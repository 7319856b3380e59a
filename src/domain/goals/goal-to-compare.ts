import type { Day } from '../ledger/edtf.js';
import { MEASURE_NAMES, MEASURES, type Measure } from '../measures/measures.js';
import { headlineOf } from './headline.js';
import type { Progress } from './progress.js';

/** Measures comparable between automakers: not those of a single market, which differ by market. */
export const COMPARABLE: readonly Measure[] = MEASURE_NAMES.filter(
  (measure) => !MEASURES[measure].needsMarket,
);

/**
 * The goal to show beside a value that begins on the given day: a goal of the whole automaker that is not
 * withdrawn and was not over before the value begins; the headline one among those.
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
