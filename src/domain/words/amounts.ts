import type { Unit } from '../measures/measures.js';

/** A number as it is printed: below zero with a minus sign, which is no hyphen. */
export const printedBy =
  (format: Intl.NumberFormat) =>
  (value: number): string =>
    format.format(value).replace(/^-/, '\u2212');

/** Formats a number. Pages use a different format than plain sentences. */
type Format = (value: number) => string;

/**
 * An amount with a lower bound only. For whole things, a bound of 300,001 comes from a source that said "more
 * than 300,000"; a bound of 81, counted one by one, is "at least 81".
 */
export function atLeastInWords(lo: number, unit: Unit | undefined, of: Format): string {
  return isWhole(unit) && isRound(lo - 1) ? `more than ${of(lo - 1)}` : `at least ${of(lo)}`;
}

/** An amount with an upper bound only: "fewer than 60,000" of whole things, "at most 15 %". */
export function atMostInWords(hi: number, unit: Unit | undefined, of: Format): string {
  return isWhole(unit) && isRound(hi + 1) ? `fewer than ${of(hi + 1)}` : `at most ${of(hi)}`;
}

/** A range wider than this fraction of its midpoint is stated by both ends. */
const WIDEST_ROUNDING = 1 / 20;

/**
 * The rounded number behind some bounds: 349,500 to 350,500 comes from 350,000, rounded to thousands.
 * Undefined if no rounding explains the bounds.
 */
export function roundedNumber(lo: number, hi: number, unit: Unit | undefined): number | undefined {
  const width = hi - lo;
  const middle = (lo + hi) / 2;
  const place = 10 ** Math.round(Math.log10(width));
  const isPlace = Math.abs(width - place) < place * 1e-6;
  const isMultiple = Math.abs(middle / place - Math.round(middle / place)) < 1e-6;
  if (!isPlace || !isMultiple || width > middle * (unit === 'percent' ? 1 / 5 : WIDEST_ROUNDING))
    return undefined;
  return place * Math.round(middle / place);
}

const isWhole = (unit: Unit | undefined): boolean => unit !== undefined && unit !== 'percent';

/** Below a hundred any number may be exact. From there on, two digits followed by zeros count as rounded. */
const LEAST_ROUND = 100;

function isRound(value: number): boolean {
  if (!Number.isInteger(value) || value < LEAST_ROUND) return false;
  const place = 10 ** (String(value).length - 2);
  return value % place === 0;
}
