import { dueBefore, type Coverage } from './bands.js';
import { LEAST_ORIGINS, type PastError } from './past-errors.js';
import type { Scale } from './scale.js';

/** How a method did so far ahead, by what had been told when each forecast was made. */
export interface Accuracy {
  /** Mean absolute error in mean absolute changes from a point to the next: under 1, nearer than a series moves in one step. */
  readonly mase?: number;
  /** Mean continuous ranked probability score, in the unit of the measure: of one value, its absolute error. */
  readonly crps?: number;
  /** Forecasts whose spread could be scored: nine earlier ones had come due by then. */
  readonly crpsScored: number;
  /** How bands did, also those that are not shown. */
  readonly coverage: readonly Coverage[];
}

/** Of errors about as far ahead, in the order in which they came due. */
export function accuracyOf(
  errors: readonly PastError[],
  coverage: readonly Coverage[],
  scale: Scale,
): Accuracy {
  const scores = errors.flatMap((error) => {
    const before = dueBefore(errors, error);
    return before.length < LEAST_ORIGINS ? [] : [crpsOf(error, before, scale)];
  });
  const mase = meanOf(errors.flatMap(({ scaledError }) => scaledError ?? []));
  const crps = meanOf(scores);
  return {
    ...(mase !== undefined && { mase }),
    ...(crps !== undefined && { crps }),
    crpsScored: scores.length,
    coverage,
  };
}

/** Of the forecast moved by each earlier error: mean |x − outcome| less half of the mean |x − x′| (Gneiting & Raftery 2007). */
function crpsOf(error: PastError, before: readonly PastError[], scale: Scale): number {
  const at = scale.to(error.forecast);
  const spread = before.map((each) => scale.from(at + each.error)).sort((a, b) => a - b);
  const count = spread.length;
  const off = spread.reduce((sum, each) => sum + Math.abs(each - error.outcome), 0) / count;
  // Σ|x − x′| of sorted values, each pair twice.
  const between = spread.reduce((sum, each, index) => sum + 2 * (2 * index + 1 - count) * each, 0);
  return off - between / (2 * count * count);
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, each) => sum + each, 0) / values.length;
}
