import type { Unit } from '../measures/measures.js';
import { atLeastInWords, atMostInWords, printedBy, roundedNumber } from '../words/amounts.js';
import type { Reading } from '../measures/readings.js';
import { addDays, dayNumber, type Day, type EdtfDate } from '../ledger/edtf.js';
import { dateInWords, dayInWords, whenInWords } from '../words/dates.js';

/** A period in words: "2026", "Sept 2025", "1 Jan 2026 to 30 Sept 2026". */
export function periodInWords({ first, last }: { readonly first: Day; readonly last: Day }): string {
  const year = last.slice(0, 4);
  if (first === `${year}-01-01` && last === `${year}-12-31`) return year;
  if (first === last) return dayInWords(last);
  if (first === `${last.slice(0, 7)}-01` && addDays(last, 1).endsWith('-01'))
    return dateInWords(last.slice(0, 7));
  return `${dayInWords(first)} to ${dayInWords(last)}`;
}

/** A period with a preposition: "in 2026", "from 1 Jan 2026 to 30 Sept 2026". */
export function withinPeriod(period: { readonly first: Day; readonly last: Day }): string {
  const words = periodInWords(period);
  return words.includes(' to ') ? `from ${words}` : `in ${words}`;
}

/** The number of days from the first to the last day, both included. */
export const daysIn = ({ first, last }: { readonly first: Day; readonly last: Day }): number =>
  dayNumber(last) - dayNumber(first) + 1;

/** The months from a day to the last day of a period, including fractions. */
export function monthsLeft(asOf: Day, last: Day): number {
  return (dayNumber(last) - dayNumber(asOf)) / (365.25 / 12);
}

const PRINTED_SHARE = 0.1 + 1e-9;
export const numberInWords = printedBy(new Intl.NumberFormat('en', { maximumFractionDigits: 1 }));

/** Bounds in words: "45,008", "12.1 to 12.2", "at least 81"; 50 to 100 % is "at least 50". */
export function boundsInWords({ lo, hi }: { readonly lo: number; readonly hi: number }, unit?: Unit): string {
  const of = numberInWords;
  if (!Number.isFinite(hi) || (unit === 'percent' && hi === 100 && lo > 0 && lo < hi))
    return atLeastInWords(lo, unit, of);
  // A share printed as 39.7 % has the bounds 39.65 to 39.75.
  if (unit === 'percent' && hi - lo <= PRINTED_SHARE) return of((lo + hi) / 2);
  const [low, high] = [of(lo), of(hi)];
  if (low === high) return low;
  const rounded = roundedNumber(lo, hi, unit);
  if (rounded !== undefined) return `about ${of(rounded)}`;
  return lo === 0 ? atMostInWords(hi, unit, of) : `${low} to ${high}`;
}

/** The time of something known by its days, within a sentence: "in 2025", "on 1 Mar 2026". */
export const onDays = ({ first, last }: { readonly first: Day; readonly last: Day }): string =>
  first === last ? `on ${dayInWords(last)}` : withinPeriod({ first, last });

/** The time of a value, within a sentence: "in 2025", "in Sept 2022", "by 31 Dec 2025". */
export function timeOfValue({ first, last, told }: Pick<Reading, 'first' | 'last' | 'told'>): string {
  if (told !== undefined) return isVague(told) ? `by ${dayInWords(last)}` : whenInWords(told);
  return onDays({ first, last });
}

const isVague = (date: EdtfDate): boolean => /[~?%/]/.test(date);
