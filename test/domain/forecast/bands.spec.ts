import { bandsOf, chanceOf, disjoint, errorsAhead, quantile } from '../../../src/domain/forecast/bands.js';
import type { PastError } from '../../../src/domain/forecast/past-errors.js';

/** An error of a forecast made at the end of a year about the end of the next, or of so many months. */
const error = (size: number, year: number, over: Partial<PastError> = {}): PastError => ({
  knownOn: `${year + 1}-01-15T00:00:00.000Z`,
  from: `${year}-12-31`,
  day: `${year + 1}-12-31`,
  yearsAhead: 1,
  forecast: 0,
  error: size,
  ...over,
});
const anything = (value: number): number => value;
/** −4 to 4, one for each of the years 2010 to 2018, in no order. */
const NINE = [3, -4, 0, 2, -1, 4, -3, 1, -2].map((size, i) => error(size, 2010 + i));

describe('the bands of nine past errors', () => {
  it('are their least and greatest for 80 %, and ranks 2.5 and 7.5 for 50 %', () => {
    // 0.1 × 10 = rank 1: −4; 0.9 × 10 = rank 9: 4. 0.25 × 10 = rank 2.5: −2.5. Errors are in units of 2: 100 ± 8, 100 ± 5.
    expect(bandsOf(100, NINE, 2, anything)).toEqual([
      { percent: 50, lo: 95, hi: 105, given: 0, held: 0 },
      { percent: 80, lo: 92, hi: 108, given: 0, held: 0 },
    ]);
  });

  it('tell how such bands did, once there are more than nine', () => {
    // The tenth error is judged by the nine before it, the eleventh by ten.
    const [half, most] = bandsOf(100, [...NINE, error(0, 2019), error(9, 2020)], 2, anything);
    expect(half).toMatchObject({ percent: 50, given: 2, held: 1 });
    expect(most).toMatchObject({ percent: 80, given: 2, held: 1 });
  });

  it('end where values end', () => {
    const [, wide] = bandsOf(3, NINE, 2, (value) => Math.max(0, value));
    expect(wide).toMatchObject({ lo: 0, hi: 11 });
  });

  it('are not given of eight', () => {
    expect(bandsOf(100, NINE.slice(1), 2, anything)).toEqual([]);
  });

  it('of nine errors that overlap are not given: they are of much the same surprises', () => {
    const overlapping = NINE.map((each) => ({ ...each, from: '2010-12-31', day: '2011-12-31' }));
    expect(disjoint(overlapping)).toBe(1);
    expect(bandsOf(100, overlapping, 2, anything)).toEqual([]);
  });

  it('are left out where such bands did not hold what they say', () => {
    // Errors that grow from year to year: no band of earlier ones ever held the next.
    const growing = Array.from({ length: 30 }, (_, i) => error(2 ** i, 1980 + i));
    expect(bandsOf(100, growing, 2, anything)).toEqual([]);
  });
});

describe('quantiles', () => {
  it.each([
    // Ranks p(n + 1) of 1, 2, 4, 8: 0.5 × 5 = 2.5, between 2 and 4; 0.2 × 5 = 1; 0.05 × 5 is before the first.
    [0.5, 3],
    [0.2, 1],
    [0.05, 1],
    [0.7, 6],
    [0.99, 8],
  ])('at %d of 1, 2, 4, 8 is %d', (p, value) => {
    expect(quantile([1, 2, 4, 8], p)).toBeCloseTo(value, 12);
  });
});

describe('the chance to be at a threshold', () => {
  it('is between k and k + 1 of n + 1', () => {
    // 100 + 2 × error is 106 or more for 3 and 4: two of nine. 2/10 to 3/10.
    const chance = chanceOf(100, NINE, 2, 106);
    expect(chance?.lo).toBeCloseTo(0.2, 12);
    expect(chance?.hi).toBeCloseTo(0.3, 12);
  });

  it('is never nothing and never certain', () => {
    expect(chanceOf(100, NINE, 2, 1000)).toEqual({ lo: 0, hi: 0.1 });
    expect(chanceOf(100, NINE, 2, 0)).toEqual({ lo: 0.9, hi: 1 });
  });

  it('counts errors that overlap for as many as do not', () => {
    // The same nine, but each of three years: 2 of 9 of three is 2/3: (2/3)/4 = 0.1667 to (2/3 + 1)/4 = 0.4167.
    const three = NINE.map((each, i) => ({ ...each, ...pick(error(0, 2010 + (i % 3))) }));
    const chance = chanceOf(100, three, 2, 106);
    expect(chance?.lo).toBeCloseTo(1 / 6, 12);
    expect(chance?.hi).toBeCloseTo(5 / 12, 12);
  });

  it('is not known of eight errors', () => {
    expect(chanceOf(100, NINE.slice(1), 2, 106)).toBeUndefined();
  });
});

const pick = ({ from, day }: PastError) => ({ from, day });

describe('errors of forecasts about as far ahead', () => {
  it('are those up to a quarter nearer or farther, of each origin the nearest', () => {
    const near = error(1, 2010, { yearsAhead: 0.8, day: '2011-10-19' });
    const nearer = error(2, 2010, { yearsAhead: 1.1, day: '2012-02-05' });
    const tooFar = error(3, 2011, { yearsAhead: 1.3 });
    expect(errorsAhead([near, nearer, tooFar], 1)).toEqual([nearer]);
  });
});
