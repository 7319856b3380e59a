import { LARGEST_FIGURE, roundingBounds } from '../../../src/domain/measures/rounding.js';

const plain = (value: number) => roundingBounds({ value, approximate: false });
const about = (value: number) => roundingBounds({ value, approximate: true });

describe('rounding of a printed figure', () => {
  it.each([
    [29_000, 28_500, 29_500],
    [30_100, 30_050, 30_150],
    [60_000, 55_000, 65_000],
    [1_000, 500, 1_500],
    [500_000, 450_000, 550_000],
    [2_000_000, 1_500_000, 2_500_000],
  ])('%d is rounded to its last significant place', (value, lo, hi) => {
    expect(plain(value)).toEqual({ lo, hi });
  });

  it.each([429_445, 45_008, 13_340, 10, 7, 0])('%d is counted: fewer than two trailing zeros', (value) => {
    expect(plain(value)).toEqual({ lo: value, hi: value });
  });

  it.each([
    [500_000, 450_000, 550_000],
    [29_000, 24_000, 34_000],
    [45_008, 45_003, 45_013],
    [13_340, 13_290, 13_390],
    [8, 8, 8],
    [0, 0, 0],
  ])('about %d is one place vaguer, never past its leading digit', (value, lo, hi) => {
    expect(about(value)).toEqual({ lo, hi });
  });

  it('takes the half-width that the source states before all else', () => {
    expect(roundingBounds({ value: 29_000, plusMinus: 0, approximate: true })).toEqual({
      lo: 29_000,
      hi: 29_000,
    });
    expect(roundingBounds({ value: 45_008, plusMinus: 500, approximate: false })).toEqual({
      lo: 44_508,
      hi: 45_508,
    });
  });

  it('counts whole units, none below zero', () => {
    expect(roundingBounds({ value: 3, plusMinus: 10, approximate: false })).toEqual({ lo: 0, hi: 13 });
    expect(roundingBounds({ value: 10, plusMinus: 0.5, approximate: false })).toEqual({ lo: 10, hi: 10 });
    expect(plain(10.5)).toEqual({ lo: 10, hi: 11 });
    expect(roundingBounds({ value: 10.5, plusMinus: 2, approximate: false })).toEqual({ lo: 9, hi: 12 });
  });

  it.each([-1, NaN, Infinity, LARGEST_FIGURE + 1])('refuses %d', (value) => {
    expect(() => plain(value)).toThrow(RangeError);
    expect(() => roundingBounds({ value: 1, plusMinus: value, approximate: false })).toThrow(RangeError);
  });
});
