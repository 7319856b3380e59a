import { LARGEST_FIGURE, roundingBounds } from '../../../src/domain/measures/rounding.js';

const plain = (value: number) => roundingBounds({ value, approximate: false });
const about = (value: number) => roundingBounds({ value, approximate: true });

describe('rounding of a printed figure', () => {
  it.each([
    [29_000, 28_500, 29_500],
    [30_100, 30_050, 30_150],
    [60_000, 59_500, 60_500],
    [1_000, 950, 1_050],
    [500_000, 495_000, 505_000],
    [1_000_000, 950_000, 1_050_000],
    [2_000_000, 1_950_000, 2_050_000],
  ])('%d is rounded to its last digit that is no padding, of two at least (R11)', (value, lo, hi) => {
    expect(plain(value)).toEqual({ lo, hi });
  });

  it.each([429_445, 45_008, 13_340, 10, 7, 0])('%d is counted: fewer than two trailing zeros', (value) => {
    expect(plain(value)).toEqual({ lo: value, hi: value });
  });

  it.each([
    [500_000, 490_000, 510_000],
    [29_000, 28_000, 30_000],
    [45_008, 45_007, 45_009],
    [13_340, 13_330, 13_350],
    [8, 7, 9],
    [0, 0, 0],
  ])('about %d is twice as wide', (value, lo, hi) => {
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

  it.each([
    ['more-than', { value: 40_000, qualifier: 'more-than' }, 40_001, Infinity],
    ['less-than', { value: 40_000, qualifier: 'less-than' }, 0, 39_999],
    ['between', { value: 45_000, qualifier: 'between', from: 40_000, to: 50_000 }, 40_000, 50_000],
  ] as const)('claims what %s says', (_, figure, lo, hi) => {
    expect(roundingBounds({ ...figure, approximate: false })).toEqual({ lo, hi });
  });
});
