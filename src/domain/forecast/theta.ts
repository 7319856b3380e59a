import { dayNumber } from '../ledger/edtf.js';
import { endsOf, type ForecastMethod } from './method.js';
import { stepsOf } from './steps.js';
import { leastSquaresSlope } from './least-squares.js';

const ALPHAS = [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1];

/**
 * The theta method: exponential smoothing with a drift of half the slope of the whole series, which is
 * equivalent to its two theta lines. α comes from a grid: the value that forecast each point best from the
 * points before it. A gap of k steps counts k times.
 */
export const theta: ForecastMethod = {
  name: 'theta',
  version: 1,
  formula:
    'z(t) = level + drift × k, k steps after the last point, of z = ln y or ln(share / (100 − share)); drift = half of the least-squares slope a step; level = e + (1 − (1 − α)^k)(z − e), e = level + drift × k',
  source:
    'Assimakopoulos & Nikolopoulos 2000, International Journal of Forecasting 16(4); as Hyndman & Billah 2003, 19(2), show it to be',
  isScaled: true,
  fit: (points) => {
    const { first, last } = endsOf(points);
    const { stepDays, steps } = stepsOf(points);
    const slope = leastSquaresSlope(
      points.map(({ day, value }) => ({ x: (dayNumber(day) - dayNumber(first.day)) / stepDays, y: value })),
    );
    const drift = slope / 2;
    const values = points.map(({ value }) => value);
    const runs = ALPHAS.map((alpha) => ({ alpha, ...smoothed(values, steps, drift, alpha) }));
    const { alpha, level } = runs.reduce((best, each) => (each.squares < best.squares ? each : best));
    return {
      applies: true,
      parameters: { level, drift, stepDays, alpha },
      at: (day) => level + (drift * (dayNumber(day) - dayNumber(last.day))) / stepDays,
    };
  },
};

/** The level after the last value, and the sum of squared one-step errors from the second value on. */
export function smoothed(
  [first = 0, ...rest]: readonly number[],
  steps: readonly number[],
  drift: number,
  alpha: number,
): { level: number; squares: number } {
  let level = first;
  let squares = 0;
  for (const [index, value] of rest.entries()) {
    const step = steps[index] ?? 1;
    const expected = level + drift * step;
    squares += (value - expected) ** 2;
    level = expected + (1 - (1 - alpha) ** step) * (value - expected);
  }
  return { level, squares };
}
