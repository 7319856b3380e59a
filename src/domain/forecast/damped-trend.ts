import { dayNumber } from '../ledger/edtf.js';
import { endsOf, type ForecastMethod } from './method.js';
import { stepsOf } from './steps.js';

/**
 * Weights of the newest level (α) and trend (β), and the fraction of the trend that remains after a step (φ).
 */
export interface DampedWeights {
  readonly alpha: number;
  readonly beta: number;
  readonly phi: number;
}

/**
 * Grid of weights, tried in this order; the first of equally good ones wins. φ ranges from 0.8 to 0.98, as is
 * usual (Hyndman & Athanasopoulos, ch. 8.2).
 */
const ALPHAS = [0.2, 0.4, 0.6, 0.8, 1];
const BETAS = [0.1, 0.2, 0.4, 0.6, 0.8];
const PHIS = [0.8, 0.86, 0.92, 0.98];
const WEIGHTS = ALPHAS.flatMap((alpha) =>
  BETAS.flatMap((beta) => PHIS.map((phi): DampedWeights => ({ alpha, beta, phi }))),
);

/**
 * Holt's method with a damped trend. A step is the median time between two points. For equally spaced points
 * this is exactly Gardner and McKenzie's recursion; otherwise a gap of k steps counts k times (after Wright
 * 1986). The weights come from a grid: those that forecast each point best from the points before it.
 */
export const dampedTrend: ForecastMethod = {
  name: 'damped-trend',
  version: 2,
  formula:
    'z(t) = level + trend × φ(1 − φ^k)/(1 − φ), k steps after the last point, of z = ln y or ln(share / (100 − share)); level = α z + (1 − α)(level + trend × φ(1 − φ^k)/(1 − φ)), trend = β Δlevel/k + (1 − β) φ^k trend',
  source:
    'Gardner & McKenzie 1985, Management Science 31(10); irregular spacing after Wright 1986, Management Science 32(4)',
  isScaled: true,
  fit: (points) => {
    const { last } = endsOf(points);
    const { stepDays, steps } = stepsOf(points);
    const values = points.map(({ value }) => value);
    const runs = WEIGHTS.map((weights) => ({ ...weights, ...run(values, steps, weights) }));
    const { level, trend, alpha, beta, phi } = runs.reduce((best, each) =>
      each.squares < best.squares ? each : best,
    );
    return {
      applies: true,
      parameters: { level, trend, stepDays, alpha, beta, phi },
      at: (day) => level + trend * damping(phi, (dayNumber(day) - dayNumber(last.day)) / stepDays),
    };
  },
};

/** φ + φ² + … + φ^k, for any real k; k if nothing fades (φ = 1). */
export const damping = (phi: number, steps: number): number =>
  phi === 1 ? steps : (phi * (1 - phi ** steps)) / (1 - phi);

/**
 * Level and trend after the last value, and the sum of squared one-step errors from the third value on.
 * `steps` are the distances between successive values.
 */
export function run(
  [first = 0, second = 0, ...rest]: readonly number[],
  [firstStep = 1, ...laterSteps]: readonly number[],
  { alpha, beta, phi }: DampedWeights,
): { level: number; trend: number; squares: number } {
  let level = second;
  let trend = (second - first) / firstStep;
  let squares = 0;
  for (const [index, value] of rest.entries()) {
    const step = laterSteps[index] ?? 1;
    const expected = level + trend * damping(phi, step);
    squares += (value - expected) ** 2;
    const next = alpha * value + (1 - alpha) * expected;
    trend = (beta * (next - level)) / step + (1 - beta) * phi ** step * trend;
    level = next;
  }
  return { level, trend, squares };
}
