import { dampedTrend, run } from '../../../src/domain/forecast/damped-trend.js';
import { drift } from '../../../src/domain/forecast/drift.js';
import { ets } from '../../../src/domain/forecast/ets.js';
import { gompertz } from '../../../src/domain/forecast/gompertz.js';
import { logistic } from '../../../src/domain/forecast/logistic.js';
import type { DatedValue, ForecastMethod } from '../../../src/domain/forecast/method.js';
import { persistence } from '../../../src/domain/forecast/persistence.js';
import { smoothed, theta } from '../../../src/domain/forecast/theta.js';
import { addDays } from '../../../src/domain/ledger/edtf.js';

/** Values 365 days apart, from 2020-01-01. */
const series = (values: readonly number[]): DatedValue[] =>
  values.map((value, i) => ({ day: addDays('2020-01-01', 365 * i), value }));
const dayAfter = (steps: number): string => addDays('2020-01-01', 365 * steps);

function fitted(method: ForecastMethod, points: readonly DatedValue[], ceiling?: number) {
  const fit = method.fit(points, ceiling);
  if (!fit.applies) throw new Error(fit.reason);
  return fit;
}

describe('persistence', () => {
  it('says that the last value stays', () => {
    expect(fitted(persistence, series([3, 9, 7])).at('2099-12-31')).toBe(7);
  });
});

describe('drift', () => {
  it('goes on along the line through the first and the last point, whatever lies between', () => {
    // 10 to 16 in 730 days: 3 every 365 days. 365 days on: 19; 730 days on: 22.
    const { at, parameters } = fitted(drift, series([10, 40, 16]));
    expect(at(dayAfter(3))).toBeCloseTo(19, 12);
    expect(at(dayAfter(4))).toBeCloseTo(22, 12);
    // A year has 365.25 days: 6 / (730 / 365.25) = 3.002054…
    expect(parameters['perYear']).toBeCloseTo(3.0020548, 6);
  });
});

describe('damped trend', () => {
  it('is the recursion of Gardner and McKenzie where points are equally far apart', () => {
    // α = β = 0.5, φ = 0.8; 10, 12, 15. Start: level 12, trend 2. Expected: 12 + 0.8 × 2 = 13.6, error 1.4:
    // 1.96. Level: 0.5 × 15 + 0.5 × 13.6 = 14.3. Trend: 0.5 × (14.3 − 12) + 0.5 × 0.8 × 2 = 1.15 + 0.8 =
    // 1.95.
    const after = run([10, 12, 15], [1, 1], { alpha: 0.5, beta: 0.5, phi: 0.8 });
    expect(after.level).toBeCloseTo(14.3, 12);
    expect(after.trend).toBeCloseTo(1.95, 12);
    expect(after.squares).toBeCloseTo(1.96, 12);
  });

  it('counts a gap of two steps twice', () => {
    // As above, but 15 comes two steps later: expected 12 + 2 × (0.8 + 0.64) = 14.88, error 0.12: 0.0144.
    // Level: 0.5 × 15 + 0.5 × 14.88 = 14.94. Trend: 0.5 × 2.94 / 2 + 0.5 × 0.64 × 2 = 0.735 + 0.64 = 1.375.
    const after = run([10, 12, 15], [1, 2], { alpha: 0.5, beta: 0.5, phi: 0.8 });
    expect(after.level).toBeCloseTo(14.94, 12);
    expect(after.trend).toBeCloseTo(1.375, 12);
    expect(after.squares).toBeCloseTo(0.0144, 12);
  });

  it('goes on from level and trend, the trend fading', () => {
    const { at, parameters } = fitted(dampedTrend, series([10, 12, 15, 17, 20]));
    const { level = 0, trend = 0, phi = 0 } = parameters;
    // One step adds φ × trend; two steps add (φ + φ²) × trend.
    expect(at(dayAfter(5))).toBeCloseTo(level + trend * phi, 10);
    expect(at(dayAfter(6))).toBeCloseTo(level + trend * (phi + phi ** 2), 10);
    expect(at('2999-12-31')).toBeCloseTo(level + (trend * phi) / (1 - phi), 6);
  });

  it('takes the weights that forecast each point best from those before it', () => {
    const values = [10, 12, 15, 17, 21, 22, 26, 25];
    const steps = values.slice(1).map(() => 1);
    const { parameters } = fitted(dampedTrend, series(values));
    const { alpha = 0, beta = 0, phi = 0 } = parameters;
    const best = run(values, steps, { alpha, beta, phi }).squares;
    for (const other of [0.2, 0.4, 0.6, 0.8, 1])
      for (const fading of [0.8, 0.86, 0.92, 0.98])
        expect(run(values, steps, { alpha: other, beta, phi: fading }).squares).toBeGreaterThanOrEqual(best);
  });
});

describe('theta', () => {
  it('smooths with the drift of half of the slope', () => {
    // α = 0.5, drift 1; 10, 14, 13. Expected 11, error 3: level 12.5. Expected 13.5, error −0.5: level 13.25.
    const { level, squares } = smoothed([10, 14, 13], [1, 1], 1, 0.5);
    expect(level).toBeCloseTo(13.25, 12);
    expect(squares).toBeCloseTo(9.25, 12);
  });

  it('grows by half of the slope of least squares a step', () => {
    const { at, parameters } = fitted(theta, series([1, 2, 3, 4, 5, 6]));
    expect(parameters['drift']).toBeCloseTo(0.5, 12);
    expect(at(dayAfter(7)) - at(dayAfter(6))).toBeCloseTo(0.5, 12);
  });
});

describe('exponential smoothing', () => {
  it('takes a trend for a line, and none for what only wavers', () => {
    const line = fitted(ets, series([10, 12, 14.1, 16, 17.9, 20, 22.1, 24, 26, 27.9]));
    expect(line.parameters['model']).toBeGreaterThan(0);
    expect(line.at(dayAfter(11))).toBeGreaterThan(line.at(dayAfter(10)));
    const wavering = fitted(ets, series([10, 10.5, 9.4, 10.2, 9.9, 10.4, 9.6, 10.1, 9.8, 10.3]));
    expect(wavering.parameters).toMatchObject({ model: 0, trend: 0 });
  });

  it('does not apply to five points', () => {
    expect(ets.fit(series([1, 2, 3, 4, 5]), undefined)).toMatchObject({ applies: false });
  });
});

describe('logistic growth', () => {
  it('goes on where the odds double every step', () => {
    // Ceiling 100, odds 1/9, 2/9, 4/9: 10, 18.18…, 30.77. The next odds are 8/9: 100 × 8 / 17 = 47.0588, and
    // 16/9: 64.
    const { at, parameters } = fitted(logistic, series([10, 200 / 11, 400 / 13]), 100);
    expect(at(dayAfter(3))).toBeCloseTo(47.058_824, 6);
    expect(at(dayAfter(4))).toBeCloseTo(64, 9);
    // ln 2 per step of 365 days: 0.693147 × 365.25 / 365 per year.
    expect(parameters['slopePerYear']).toBeCloseTo(0.693622, 6);
  });

  it('takes the slope of least squares, from the last point on', () => {
    // Log-odds 0, 1, 1 at steps 0, 1, 2. Slope: Σ(x − 1)(y − 2/3) / Σ(x − 1)² = (2/3 + 0 + 1/3) / 2 = 0.5 per
    // step. One step after the last point (log-odds 1): 1.5; 100 / (1 + e^−1.5) = 81.757.
    const odds = (z: number) => 100 / (1 + Math.exp(-z));
    expect(fitted(logistic, series([50, odds(1), odds(1)]), 100).at(dayAfter(3))).toBeCloseTo(81.757_448, 6);
  });

  it('never comes to its ceiling', () => {
    const { at } = fitted(logistic, series([10, 200 / 11, 400 / 13]), 60);
    expect(at('2045-12-31')).toBeLessThanOrEqual(60);
    expect(at('2045-12-31')).toBeGreaterThan(59.9);
  });
});

describe('Gompertz growth', () => {
  it('goes on where −ln of the portion halves every step', () => {
    // Ceiling 200, shares e^−4, e^−2, e^−1; the next are e^−½ = 0.60653 and e^−¼ = 0.77880.
    const { at } = fitted(
      gompertz,
      series([200 * Math.exp(-4), 200 * Math.exp(-2), 200 * Math.exp(-1)]),
      200,
    );
    expect(at(dayAfter(3))).toBeCloseTo(121.306_132, 6);
    expect(at(dayAfter(4))).toBeCloseTo(155.760_157, 6);
  });
});

describe.each([logistic, gompertz])('$name, where it cannot be', (method) => {
  it('says that a ceiling is missing', () => {
    expect(method.fit(series([1, 2, 3]), undefined)).toMatchObject({
      applies: false,
      reason: expect.stringContaining('ceiling') as string,
    });
  });

  it.each([
    ['zero', [0, 1, 2]],
    ['below zero', [1, -1, 2]],
    ['the ceiling', [1, 2, 100]],
    ['beyond the ceiling', [1, 2, 120]],
  ])('says which value is %s', (_, values) => {
    expect(method.fit(series(values), 100)).toMatchObject({
      applies: false,
      reason: expect.stringMatching(/between 0 and the ceiling of 100, and the value of 20\d\d/) as string,
    });
  });
});

describe('every method', () => {
  it.each([persistence, drift, dampedTrend, theta, ets, logistic, gompertz])(
    '$name says of a constant series that it stays',
    (method) => {
      expect(fitted(method, series([5, 5, 5, 5, 5, 5, 5, 5]), 100).at('2040-12-31')).toBeCloseTo(5, 9);
    },
  );

  it.each([persistence, drift, dampedTrend])('$name goes on from zeros', (method) => {
    expect(fitted(method, series([0, 0])).at('2040-12-31')).toBe(0);
  });

  it.each([
    { method: drift, next: 30 },
    // 15 was expected. The first weight, 0.1, takes 0.5 of the extra 5; half of the slope of 10 is added.
    { method: theta, next: 20.5 },
    // 10 per step, of which the first weight, 0.8, leaves 8.
    { method: dampedTrend, next: 28 },
    // Odds 1/9, 1/4, and next 1/4 × 9/4 = 9/16: 100 × 9 / 25.
    { method: logistic, next: 36 },
    // −ln of the shares: 2.302585, 1.609438, and next 1.609438² / 2.302585 = 1.124949: 100 e^−1.124949.
    { method: gompertz, next: 32.4669 },
  ])('$method.name goes on from two points, 10 and 20', ({ method, next }) => {
    expect(fitted(method, series([10, 20]), 100).at(dayAfter(2))).toBeCloseTo(next, 4);
  });

  it.each([persistence, drift, dampedTrend, theta, ets, logistic, gompertz])(
    '$name refuses one point',
    (method) => {
      expect(() => method.fit(series([10]), 100)).toThrow(RangeError);
    },
  );
});
