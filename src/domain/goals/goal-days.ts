import type { Unit } from '../measures/measures.js';
import { atLeastInWords, atMostInWords, roundedNumber } from '../words/amounts.js';
import type { Reading } from '../measures/readings.js';
import { addDays, dayNumber, daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import { MONTH_NAMES } from '../ledger/month-names.js';

/** Formats a day: "30 September 2026". */
export function dayInWords(day: Day): string {
  const [year, month, date] = day.split('-').map(Number);
  return `${date ?? ''} ${MONTH_NAMES[(month ?? 1) - 1] ?? ''} ${year ?? ''}`;
}

/** A period in words: "2026", "September 2025", "1 January 2026 to 30 September 2026". */
export function periodInWords({ first, last }: { readonly first: Day; readonly last: Day }): string {
  const [year, month] = [last.slice(0, 4), Number(last.slice(5, 7))];
  if (first === `${year}-01-01` && last === `${year}-12-31`) return year;
  if (first === last) return dayInWords(last);
  if (first === `${last.slice(0, 7)}-01` && addDays(last, 1).endsWith('-01'))
    return `${MONTH_NAMES[month - 1] ?? ''} ${year}`;
  return `${dayInWords(first)} to ${dayInWords(last)}`;
}

/** A period with a preposition: "in 2026", "from 1 January 2026 to 30 September 2026". */
export function withinPeriod(period: { readonly first: Day; readonly last: Day }): string {
  const words = periodInWords(period);
  return words.includes(' to ') ? `from ${words}` : `in ${words}`;
}

/** The possible days of a date, in words. */
export const dateInWords = (date: EdtfDate): string => periodInWords(daysOf(date));

/** A deadline within a sentence: "by 2030", "between 2029 and 2036". */
export function byDeadline(date: EdtfDate): string {
  const [from = '', to] = date.split('/');
  return to === undefined || from === '..'
    ? `by ${dateInWords(date)}`
    : `between ${dateInWords(from)} and ${dateInWords(to)}`;
}

/** The number of days from the first to the last day, both included. */
export const daysIn = ({ first, last }: { readonly first: Day; readonly last: Day }): number =>
  dayNumber(last) - dayNumber(first) + 1;

/** The months from a day to the last day of a period, including fractions. */
export function monthsLeft(asOf: Day, last: Day): number {
  return (dayNumber(last) - dayNumber(asOf)) / (365.25 / 12);
}

const PRINTED_SHARE = 0.1 + 1e-9;
const AMOUNT = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

/** Bounds in words: "45,008", "12.1 to 12.2", "at least 81"; 50 to 100 % is "at least 50". */
export function boundsInWords({ lo, hi }: { readonly lo: number; readonly hi: number }, unit?: Unit): string {
  const of = (value: number): string => AMOUNT.format(value);
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

export const numberInWords = (value: number): string => AMOUNT.format(value);

/** The time of an event, within a sentence: "in 2025", "in January 2025", "on 1 March 2026". */
export function whenInWords(date: EdtfDate): string {
  return onDays(daysOf(date));
}

/** The same for exact days. */
export const onDays = ({ first, last }: { readonly first: Day; readonly last: Day }): string =>
  first === last ? `on ${dayInWords(last)}` : withinPeriod({ first, last });

/** The time of a value, within a sentence: "in 2025", "in September 2022", "by 31 December 2025". */
export function timeOfValue({ first, last, told }: Pick<Reading, 'first' | 'last' | 'told'>): string {
  if (told !== undefined) return isVague(told) ? `by ${dayInWords(last)}` : whenInWords(told);
  return onDays({ first, last });
}

const isVague = (date: EdtfDate): boolean => /[~?%/]/.test(date);
