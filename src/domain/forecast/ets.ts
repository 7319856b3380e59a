import { dayNumber } from '../ledger/edtf.js';
import { damping, run } from './damped-trend.js';
import { endsOf, type ForecastMethod } from './method.js';
import { stepsOf } from './steps.js';

const ALPHAS = [0.2, 0.4, 0.6, 0.8, 1];
const BETAS = [0.1, 0.2, 0.4, 0.6, 0.8];
const PHIS = [0.8, 0.86, 0.92, 0.98];
/** Lower bound on the squared error: even a perfect fit is not certainty. */
const LEAST_SQUARES = 1e-18;

interface Candidate {
  /** 0: level only, 1: undamped trend, 2: damped trend. */
  readonly model: 0 | 1 | 2;
  readonly alpha: number;
  readonly beta: number;
  readonly phi: number;
  /** Number of fitted weights and initial values. */
  readonly parameters: number;
}

const LEVEL = ALPHAS.map((alpha): Candidate => ({ model: 0, alpha, beta: 0, phi: 0, parameters: 2 }));
const TREND = ALPHAS.flatMap((alpha) =>
  BETAS.map((beta): Candidate => ({ model: 1, alpha, beta, phi: 1, parameters: 4 })),
);
const FADING = ALPHAS.flatMap((alpha) =>
  BETAS.flatMap((beta) => PHIS.map((phi): Candidate => ({ model: 2, alpha, beta, phi, parameters: 5 }))),
);

/**
 * Exponential smoothing with additive errors and no season. The candidates are a level only, an undamped
 * trend and a damped trend; the one with the lowest AICc wins. Each uses the weights of a grid that forecast
 * each point best from the points before it.
 */
export const ets: ForecastMethod = {
  name: 'ets',
  version: 1,
  formula:
    'z(t) = level + trend × f(k), k steps after the last point, of z = ln y or ln(share / (100 − share)); f(k) = 0, k or φ(1 − φ^k)/(1 − φ): that of model 0, 1 or 2 with the least n ln(SSE / n) + 2p + 2p(p + 1)/(n − p − 1), of n squared errors and p = 2, 4 or 5',
  source:
    'Hyndman, Koehler, Snyder & Grose 2002, International Journal of Forecasting 18(3): ETS(A,N,N), (A,A,N), (A,Ad,N)',
  isScaled: true,
  fit: (points) => {
    const { last } = endsOf(points);
    const { stepDays, steps } = stepsOf(points);
    const values = points.map(({ value }) => value);
    const count = values.length - 2;
    const bests = [LEVEL, TREND, FADING].flatMap((candidates) => {
      const runs = candidates.map((each) => ({ ...each, ...runOf(values, steps, each) }));
      const best = runs.reduce((least, each) => (each.squares < least.squares ? each : least));
      const spare = count - best.parameters - 1;
      return spare > 0 ? [{ ...best, aicc: aiccOf(best.squares, count, best.parameters, spare) }] : [];
    });
    const [some] = bests;
    if (!some) return { applies: false, reason: 'It takes six points or more.' };
    const { model, level, trend, alpha, beta, phi } = bests.reduce((least, each) =>
      each.aicc < least.aicc ? each : least,
    );
    return {
      applies: true,
      parameters: { model, level, trend, stepDays, alpha, beta, phi },
      at: (day) => level + trend * damping(phi, (dayNumber(day) - dayNumber(last.day)) / stepDays),
    };
  },
};

function aiccOf(squares: number, count: number, parameters: number, spare: number): number {
  const fitted = count * Math.log(Math.max(squares, LEAST_SQUARES) / count);
  return fitted + 2 * parameters + (2 * parameters * (parameters + 1)) / spare;
}

function runOf(
  values: readonly number[],
  steps: readonly number[],
  candidate: Candidate,
): { level: number; trend: number; squares: number } {
  return candidate.model === 0 ? levelRun(values, steps, candidate.alpha) : run(values, steps, candidate);
}

/** The level after the last value, and the squared errors from the third on, as in the trend models. */
function levelRun(
  [first = 0, ...rest]: readonly number[],
  steps: readonly number[],
  alpha: number,
): { level: number; trend: number; squares: number } {
  let level = first;
  let squares = 0;
  for (const [index, value] of rest.entries()) {
    if (index > 0) squares += (value - level) ** 2;
    level += (1 - (1 - alpha) ** (steps[index] ?? 1)) * (value - level);
  }
  return { level, trend: 0, squares };
}
