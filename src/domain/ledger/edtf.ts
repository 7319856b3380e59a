/**
 * Dates as sources state them: EDTF (ISO 8601-2) years, months, days and intervals, exact or vague.
 *
 * Supported: `2025`, `2025-09`, `2025-09-14`, `203X` (a decade), each with `~` (approximate), `?` (uncertain)
 * or `%` (both); intervals of two of them, `2030/2033`; and intervals with an open start, `../2023-03`: some
 * time up to and including March 2023. Open ends, seasons, sets and times of day are refused, because no
 * event or deadline can be ordered by them. The tracker has its own parser because the published `edtf`
 * parser takes 150 µs per date and reads `20250` as a timestamp. The tests compare both.
 */

/** A calendar day, `YYYY-MM-DD`. Days compare as strings. */
export type Day = string;

/** An EDTF date or interval as written by a person, such as `2025-09~`, `2030/2033` or `../2023-03`. */
export type EdtfDate = string;

/** The possible days of an EDTF date, both ends included. */
export interface DaySpan {
  /** For an open start, the first representable day. */
  readonly first: Day;
  readonly last: Day;
  /** Whether one of the dates is vague: it has `~`, `?` or `%`. */
  readonly vague: boolean;
}

const DATE = /^(\d{3}[\dX])(?:-(\d\d))?(?:-(\d\d))?([~?%])?$/;
const DAY = /^(?!0000)\d{4}-\d\d-\d\d$/;
const REMEMBERED = 50_000;
const remembered = new Map<string, DaySpan | undefined>();

/**
 * The possible days of a date, or undefined if `text` is not a supported date. Constant time: dates repeat,
 * so results are cached.
 */
export function daySpan(text: string): DaySpan | undefined {
  const known = remembered.get(text);
  if (known || remembered.has(text)) return known;
  const span = text.includes('/') ? parseInterval(text) : parseDate(text);
  if (remembered.size >= REMEMBERED) remembered.clear();
  remembered.set(text, span);
  return span;
}

/** Like `daySpan`, for validated text. Throws RangeError for anything else. */
export function daysOf(text: EdtfDate): DaySpan {
  const span = daySpan(text);
  if (!span) throw new RangeError(`"${text}" is no EDTF date`);
  return span;
}

const OPEN = '../';

/** Whether a date states only the latest possible time: `../2023-03`. */
export const hasOpenStart = (text: EdtfDate): boolean => text.startsWith(OPEN);

/** The end of a date with an open start; any other date unchanged. */
export const latestDate = (text: EdtfDate): EdtfDate => (hasOpenStart(text) ? text.slice(OPEN.length) : text);

/** Turns a date into one with an open start. */
export const byDate = (text: EdtfDate): EdtfDate => OPEN + text;

function parseInterval(text: string): DaySpan | undefined {
  if (hasOpenStart(text)) {
    const end = parseDate(latestDate(text));
    return end && end.last >= FIRST_OF_ALL ? { ...end, first: FIRST_OF_ALL } : undefined;
  }
  const [from = '', to = '', ...rest] = text.split('/');
  const start = parseDate(from);
  const end = parseDate(to);
  if (!start || !end || rest.length > 0 || start.first > end.last) return undefined;
  return { first: start.first, last: end.last, vague: start.vague || end.vague };
}

function parseDate(text: string): DaySpan | undefined {
  const match = DATE.exec(text);
  if (!match) return undefined;
  const [, year = '', month, day, qualifier] = match;
  const vague = qualifier !== undefined;
  if (year.endsWith('X')) {
    if (month !== undefined) return undefined;
    const decade = year.slice(0, 3);
    return { first: `${decade}0-01-01`, last: `${decade}9-12-31`, vague };
  }
  if (month === undefined) return { first: `${year}-01-01`, last: `${year}-12-31`, vague };
  if (month < '01' || month > '12') return undefined;
  const length = daysInMonth(Number(year), Number(month));
  if (day === undefined) return { first: `${year}-${month}-01`, last: `${year}-${month}-${length}`, vague };
  if (day < '01' || Number(day) > length) return undefined;
  return { first: `${year}-${month}-${day}`, last: `${year}-${month}-${day}`, vague };
}

const SHORT_MONTHS = [4, 6, 9, 11];

/** The days of a month, 1 to 12. Uses the Gregorian calendar for all years. */
export function daysInMonth(year: number, month: number): number {
  if (month !== 2) return SHORT_MONTHS.includes(month) ? 30 : 31;
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
}

/** The first and the last day of a year from 0 to 9999. */
export function daysOfYear(year: number): { readonly first: Day; readonly last: Day } {
  return daysOf(String(year).padStart(4, '0'));
}

/** Whether a text is a calendar day, `YYYY-MM-DD`. The year 0 does not exist. */
export function isDay(text: string): boolean {
  return DAY.test(text) && daySpan(text) !== undefined;
}

/** Whether two dates can mean the same day. */
export function overlap(a: EdtfDate, b: EdtfDate): boolean {
  const [one, other] = [daysOf(a), daysOf(b)];
  return one.first <= other.last && other.first <= one.last;
}

/** The UTC day of an instant. */
export function dayOf(instant: string): Day {
  return instant.slice(0, 10);
}

const DAY_MS = 86_400_000;

/** Days since 1970-01-01, for arithmetic. */
export function dayNumber(day: Day): number {
  return Date.parse(day) / DAY_MS;
}

/** The day `days` after (or, if negative, before) `day`, limited to the first and last representable days. */
export function addDays(day: Day, days: number): Day {
  return dayAt(dayNumber(day) + days);
}

/** The day `number` days after 1970-01-01, limited to the first and last representable days. */
export function dayAt(number: number): Day {
  const within = Math.min(Math.max(number, FIRST_NUMBER), LAST_NUMBER);
  return new Date(within * DAY_MS).toISOString().slice(0, 10);
}

/** The same day `years` later; 29 February becomes 28 February if necessary. */
export function addYears(day: Day, years: number): Day {
  return addMonths(day, 12 * years);
}

/** Years between two days, as days / 365.25. Negative if `to` comes first. */
export function yearsBetween(from: Day, to: Day): number {
  return (dayNumber(to) - dayNumber(from)) / 365.25;
}

/**
 * The same day of the month `months` later, or the last day of a shorter month, limited to the first and last
 * representable days.
 */
export function addMonths(day: Day, months: number): Day {
  const [year, month, date] = [Number(day.slice(0, 4)), Number(day.slice(5, 7)), Number(day.slice(8))];
  const count = year * 12 + (month - 1) + months;
  const [inYear, inMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  if (inYear < 0) return FIRST_DAY;
  if (inYear > 9999) return LAST_DAY;
  const inDate = Math.min(date, daysInMonth(inYear, inMonth));
  return `${String(inYear).padStart(4, '0')}-${String(inMonth).padStart(2, '0')}-${String(inDate).padStart(2, '0')}`;
}

/** The year 0 does not exist. */
const FIRST_OF_ALL: Day = '0001-01-01';
/** The first and last days that four digits can represent. */
const FIRST_DAY: Day = '0000-01-01';
const LAST_DAY: Day = '9999-12-31';
const [FIRST_NUMBER, LAST_NUMBER] = [dayNumber(FIRST_DAY), dayNumber(LAST_DAY)];
