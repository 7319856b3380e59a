import {
  atRank,
  bandsOf,
  chanceOf,
  disjoint,
  errorsAhead,
  LEAST_RECORD,
  pastBands,
  rankOf,
} from '../../../src/domain/forecast/bands.js';
import type { PastError } from '../../../src/domain/forecast/past-errors.js';
import { LOGARITHMS } from '../../../src/domain/forecast/scale.js';
import { randomFrom } from './growing-ledger.js';

/** The error, in logarithms, of a forecast made at the end of a year for the end of the next year. */
const error = (size: number, year: number, over: Partial<PastError> = {}): PastError => ({
  at: `${year + 1}-01-15`,
  from: `${year}-12-31`,
  day: `${year + 1}-12-31`,
  yearsAhead: 1,
  forecast: 1,
  outcome: Math.exp(size),
  error: size,
  ...over,
});
/** Errors from −0.4 to 0.4, one for each of the years 2010 to 2018, unordered. */
const NINE = [3, -4, 0, 2, -1, 4, -3, 1, -2].map((size, i) => error(size / 10, 2010 + i));
/** Random errors, one per year. */
const draws = (count: number, seed = 1): PastError[] => {
  const { normal } = randomFrom(seed);
  return Array.from({ length: count }, (_, i) => error(normal() / 10, 1900 + i));
};
const percents = (errors: readonly PastError[]): number[] =>
  bandsOf(100, errors, LOGARITHMS).bands.map(({ percent }) => percent);

describe('the bands of past errors', () => {
  it('are not shown of nine errors, which were never scored', () => {
    const { bands, coverage } = bandsOf(100, NINE, LOGARITHMS);
    expect(bands).toEqual([]);
    expect(coverage).toEqual([50, 80, 95].map((percent) => ({ percent, given: 0, held: 0 })));
  });

  it('are scored from the tenth error on, by those that had come due', () => {
    // The tenth error is tested against the nine before it, the eleventh against ten.
    const { coverage } = bandsOf(100, [...NINE, error(0, 2019), error(0.9, 2020)], LOGARITHMS);
    expect(coverage.slice(0, 2)).toEqual([
      { percent: 50, given: 2, held: 1 },
      { percent: 80, given: 2, held: 1 },
    ]);
  });

  it('are the least and the greatest of nine for 80 %, and ranks 2.5 and 7.5 for 50 %', () => {
    // 0.1 × 10 = rank 1: −0.4; 0.25 × 10 = rank 2.5: −0.25. A band contains exactly the errors between its
    // ends.
    const [half] = [0.24, 0.26].map((size) => pastBands([...NINE, error(size, 2019)], 0.5)[0]?.holds);
    expect([half, pastBands([...NINE, error(0.26, 2019)], 0.5)[0]?.holds]).toEqual([true, false]);
    expect(pastBands([...NINE, error(0.39, 2019)], 0.8)[0]?.holds).toBe(true);
    expect(pastBands([...NINE, error(0.41, 2019)], 0.8)[0]?.holds).toBe(false);
  });

  it('are shown once enough of them were scored and held what they say', () => {
    const shown = Array.from({ length: 20 }, (_, seed) => percents(draws(9 + LEAST_RECORD, seed + 1)));
    expect(shown.filter((found) => found.includes(50)).length).toBeGreaterThan(3);
    const before = Array.from({ length: 20 }, (_, seed) => percents(draws(8 + LEAST_RECORD, seed + 1)));
    expect(before.flat()).toEqual([]);
  });

  it('are portions of the forecast, on logarithms', () => {
    const errors = draws(60, 4);
    const { bands } = bandsOf(100, errors, LOGARITHMS);
    const twice = bandsOf(200, errors, LOGARITHMS).bands;
    expect(bands.length).toBeGreaterThan(0);
    for (const [index, { lo, hi }] of bands.entries()) {
      expect(lo).toBeGreaterThan(0);
      expect(lo).toBeLessThan(hi);
      expect(twice[index]?.lo).toBeCloseTo(2 * lo, 8);
      expect(twice[index]?.hi).toBeCloseTo(2 * hi, 8);
    }
  });

  it('of errors that overlap are not scored: they are of much the same surprises', () => {
    const overlapping = draws(40).map((each) => ({ ...each, from: '2010-12-31', day: '2011-12-31' }));
    expect(disjoint(overlapping)).toBe(1);
    expect(bandsOf(100, overlapping, LOGARITHMS).coverage[0]?.given).toBe(0);
  });

  it('are left out where such bands did not hold what they say', () => {
    // Errors grow every year, so no band from earlier errors ever contained the next one.
    const growing = Array.from({ length: 40 }, (_, i) => error(1.2 ** i / 1000, 1980 + i));
    expect(percents(growing)).toEqual([]);
  });

  it('are left out where they always held: a series without surprises has no band of a half', () => {
    expect(percents(Array.from({ length: 40 }, (_, i) => error(0, 1980 + i)))).toEqual([]);
  });

  it('are left out where errors follow a line, whatever they held', () => {
    const wave = Array.from({ length: 60 }, (_, i) => error(Math.sin(i / 9), 1900 + i));
    expect(percents(wave)).toEqual([]);
  });
});

describe('the rank of a quantile', () => {
  it.each([
    [0.25, 9, 9, 2.5],
    [0.1, 9, 9, 1],
    // Rank 2.5 among nine errors, scaled to 36 errors: 36 × (2.5 − 0.5) / 9 + 0.5.
    [0.25, 36, 9, 8.5],
  ])('of %d among %d that tell as much as %d draws is %d', (p, count, independent, rank) => {
    expect(rankOf(p, count, independent)).toBeCloseTo(rank, 12);
  });

  it.each([
    // In 1, 2, 4, 8, rank 2.5 lies between 2 and 4; ranks below 1 give the first value.
    [2.5, 3],
    [1, 1],
    [0.25, 1],
    [3.5, 6],
    [9, 8],
  ])('%d of 1, 2, 4, 8 is %d', (rank, value) => {
    expect(atRank([1, 2, 4, 8], rank)).toBeCloseTo(value, 12);
  });
});

describe('the chance to be at a threshold', () => {
  it('is between k and k + 1 of n + 1', () => {
    // 100 × exp(error) is at least 130 for 0.3 and 0.4 (ln 1.3 = 0.262): two of nine. 2/10 to 3/10.
    const chance = chanceOf(100, NINE, LOGARITHMS, 130);
    expect(chance?.lo).toBeCloseTo(0.2, 12);
    expect(chance?.hi).toBeCloseTo(0.3, 12);
  });

  it('is never nothing and never certain', () => {
    expect(chanceOf(100, NINE, LOGARITHMS, 1000)).toEqual({ lo: 0, hi: 0.1 });
    expect(chanceOf(100, NINE, LOGARITHMS, 1)).toEqual({ lo: 0.9, hi: 1 });
  });

  it('counts errors that overlap for as many as do not', () => {
    // The same nine errors, but from only three years: 2 of 9, scaled to three, is 2/3: (2/3)/4 = 0.1667 to
    // (2/3 + 1)/4 = 0.4167.
    const three = NINE.map((each, i) => ({ ...each, ...pick(error(0, 2010 + (i % 3))) }));
    const chance = chanceOf(100, three, LOGARITHMS, 130);
    expect(chance?.lo).toBeCloseTo(1 / 6, 12);
    expect(chance?.hi).toBeCloseTo(5 / 12, 12);
  });

  it('is not known of eight errors', () => {
    expect(chanceOf(100, NINE.slice(1), LOGARITHMS, 130)).toBeUndefined();
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
