import type { Unit } from '../measures/measures.js';

/** How a number is written; pages use another format than plain sentences. */
type Format = (value: number) => string;

/**
 * An amount whose upper end is open. Of whole things, 300,001 and more is what a source puts as "more than 300,000"; 81 that
 * were logged one by one are "at least 81".
 */
export function atLeastInWords(lo: number, unit: Unit | undefined, of: Format): string {
  return isWhole(unit) && isRound(lo - 1) ? `more than ${of(lo - 1)}` : `at least ${of(lo)}`;
}

/** An amount of which nothing but the upper end is known: "fewer than 60,000" of whole things, "at most 15 %". */
export function atMostInWords(hi: number, unit: Unit | undefined, of: Format): string {
  return isWhole(unit) && isRound(hi + 1) ? `fewer than ${of(hi + 1)}` : `at most ${of(hi)}`;
}

const isWhole = (unit: Unit | undefined): boolean => unit !== undefined && unit !== 'percent';

/** Under a hundred every number is as likely as its neighbours; from there on two digits and zeros are a rounding. */
const LEAST_ROUND = 100;

function isRound(value: number): boolean {
  if (!Number.isInteger(value) || value < LEAST_ROUND) return false;
  const place = 10 ** (String(value).length - 2);
  return value % place === 0;
}
