import { monthCalled } from './month-names.js';
import { partOfYear } from './parts-of-years.js';
import { byDate, daySpan } from './edtf.js';
import { identityOf } from './text.js';

/** Longer texts are no dates. */
const LONGEST = 100;

/**
 * Converts a date as people write it to EDTF: "14.09.2022", "12. November 2026", "Nov 2026", "11/2025", "3Q25",
 * "about May 2025", "2025年11月", "13/11/2025", "Apr 2025 to Jun 2025". Undefined for unknown or ambiguous dates.
 */
export function dateFromWords(given: string): string | undefined {
  if (given.length > LONGEST) return undefined;
  const text = given.trim();
  const vague = /^(?:about|around|circa|ca\.?|c\.) +(.+)$/i.exec(text)?.[1];
  if (vague !== undefined) {
    const exact = /^\d{4}(?:-\d\d){0,2}$/.test(vague) ? vague : dateFromWords(vague);
    return exact === undefined || exact.includes('/') ? undefined : `${exact}~`;
  }
  return inDigits(text) ?? inWords(text) ?? spanFromWords(text);
}

/** Both readings of a date whose day and month can be exchanged, "03/04/2025", day first; otherwise undefined. */
export function bothReadings(text: string): readonly [string, string] | undefined {
  const found = YEAR_LAST.exec(text.trim());
  if (!found || dateFromWords(text) !== undefined) return undefined;
  const [, first = '', , second = '', year] = found;
  const readings = [isoDate(year, Number(second), first), isoDate(year, Number(first), second)];
  const [dayFirst, monthFirst] = readings;
  return dayFirst !== undefined && monthFirst !== undefined && daySpan(dayFirst) && daySpan(monthFirst)
    ? [dayFirst, monthFirst]
    : undefined;
}

/** An interval or a latest date as pages write them: "Apr 2025 to Jun 2025", "Jun 2025 or earlier". */
function spanFromWords(text: string): string | undefined {
  const latest = /^(.+) or (?:earlier|before)$/i.exec(text)?.[1];
  if (latest !== undefined) {
    const end = exactDate(latest);
    return end === undefined ? undefined : byDate(end.slice(end.indexOf('/') + 1));
  }
  const found =
    /^between (.+) and (.+)$/i.exec(text) ?? /^(?:from )?(.+?) (?:to|until|[-–—]) (.+)$/i.exec(text);
  const [from, to] = [exactDate(found?.[1]), exactDate(found?.[2])];
  if (from === undefined || to === undefined) return undefined;
  const span = `${from.split('/')[0]}/${to.slice(to.indexOf('/') + 1)}`;
  return daySpan(span) ? span : undefined;
}

/** A single date in either notation; a part of a year as its first and last month. */
function exactDate(text = ''): string | undefined {
  const date = daySpan(text) ? text : (inDigits(text) ?? inWords(text));
  return date === undefined || /[~?%X]|^\.\./.test(date) ? undefined : date;
}

const CHINESE = /^(\d{4}) ?年(?: ?(\d{1,2}) ?月(?: ?(\d{1,2}) ?[日号])?)?$/;
const YEAR_FIRST = /^(\d{4})([./-])(\d{1,2})(?:\2(\d{1,2}))?$/;
const YEAR_LAST = /^(\d{1,2})([./-])(\d{1,2})\2(\d{4})$/;
const MONTH_AND_YEAR = /^(\d{1,2})[./-](\d{4})$/;
/** No other order of day, month and year makes a date of eight digits in these centuries. */
const WITHOUT_MARKS = /^(1[89]\d\d|20\d\d)(\d\d)(\d\d)$/;

/** Accepts year first. Accepts day first only when dots or a number above 12 make it unambiguous. */
function inDigits(given: string): string | undefined {
  const text = given.normalize('NFKC');
  const chinese = CHINESE.exec(text);
  if (chinese)
    return chinese[2] === undefined ? chinese[1] : isoDate(chinese[1], Number(chinese[2]), chinese[3]);
  const yearFirst = YEAR_FIRST.exec(text);
  if (yearFirst)
    return isTwoYears(yearFirst) ? undefined : isoDate(yearFirst[1], Number(yearFirst[3]), yearFirst[4]);
  const plain = WITHOUT_MARKS.exec(text);
  if (plain) return isoDate(plain[1], Number(plain[2]), plain[3]);
  const month = MONTH_AND_YEAR.exec(text);
  if (month) return isoDate(month[2], Number(month[1]));
  const yearLast = YEAR_LAST.exec(text);
  if (!yearLast) return undefined;
  const [, first = '', mark, second = '', year] = yearLast;
  if (mark === '.' || Number(first) > 12 || first === second) return isoDate(year, Number(second), first);
  return Number(second) > 12 ? isoDate(year, Number(first), second) : undefined;
}

/** Whether "2010/11" can be a financial year. */
const isTwoYears = ([, year, mark, next, day]: readonly (string | undefined)[]): boolean =>
  mark === '/' && day === undefined && (Number(year) + 1) % 100 === Number(next);

const WEEKDAY = /^(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.? /;
/** Words between the parts of a date, in the languages of the month names. */
const BETWEEN = /\b(?:the|of|de|del|le|el|den) /g;
const DAY_FIRST = /^(\d{1,2})(?:st|nd|rd|th|er|o|\.)?[ -]?([a-z]{3,10})(?:\. ?|[ -])(\d{4})$/;
const MONTH_FIRST = /^([a-z]{3,10})\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/;
const NAMED_MONTH = /^([a-z]{3,10})(?:\. ?|[ -])(?:(\d{4})|['’](\d\d))$/;

function inWords(text: string): string | undefined {
  const plain = identityOf(text)
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .replace(/,/g, ' ')
    .replace(/\s+/g, ' ')
    .replace(WEEKDAY, '')
    .replace(BETWEEN, '');
  const part = partOfYear(plain);
  if (part !== undefined) return part;
  const dayFirst = DAY_FIRST.exec(plain);
  if (dayFirst) return isoDate(dayFirst[3], monthCalled(dayFirst[2]), dayFirst[1]);
  const monthFirst = MONTH_FIRST.exec(plain);
  if (monthFirst) return isoDate(monthFirst[3], monthCalled(monthFirst[1]), monthFirst[2]);
  const month = NAMED_MONTH.exec(plain);
  return month ? isoDate(month[2] ?? `20${month[3]}`, monthCalled(month[1])) : undefined;
}

function isoDate(year = '', month = 0, day?: string): string | undefined {
  if (month < 1 || month > 12) return undefined;
  const parts = [year, String(month).padStart(2, '0'), ...(day === undefined ? [] : [day.padStart(2, '0')])];
  return parts.join('-');
}
