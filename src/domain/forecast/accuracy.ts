import { dueBefore, type Coverage } from './bands.js';
import { LEAST_ORIGINS, type PastError } from './past-errors.js';
import type { Scale } from './scale.js';

/** A method's accuracy over a horizon. Each past forecast used only what was known at the time. */
export interface Accuracy {
  /**
   * Mean absolute scaled error: the error divided by the series' mean absolute change from one point to the
   * next. Below 1, forecasts are closer than a typical step of the series.
   */
  readonly mase?: number;
  /** Mean continuous ranked probability score in the measure's unit; the absolute error of one value. */
  readonly crps?: number;
  /** Number of forecasts whose spread was scored: at least nine earlier ones had come due by then. */
  readonly crpsScored: number;
  /** The coverage of the bands, including bands that are not shown. */
  readonly coverage: readonly Coverage[];
}

/** The accuracy over errors of a similar horizon, ordered by due date. */
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

/**
 * CRPS of the distribution made of the forecast plus each earlier error: mean |x − outcome| minus half of the
 * mean |x − x′| (Gneiting & Raftery 2007).
 */
function crpsOf(error: PastError, before: readonly PastError[], scale: Scale): number {
  const at = scale.to(error.forecast);
  const spread = before.map((each) => scale.from(at + each.error)).sort((a, b) => a - b);
  const count = spread.length;
  const off = spread.reduce((sum, each) => sum + Math.abs(each - error.outcome), 0) / count;
  // Σ|x − x′| over sorted values, counting each pair twice.
  const between = spread.reduce((sum, each, index) => sum + 2 * (2 * index + 1 - count) * each, 0);
  return off - between / (2 * count * count);
}

function meanOf(values: readonly number[]): number | undefined {
  return values.length === 0 ? undefined : values.reduce((sum, each) => sum + each, 0) / values.length;
}
