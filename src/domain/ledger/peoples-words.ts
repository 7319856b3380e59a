import { isISO31661Alpha2 } from 'class-validator';
import { byDate, daySpan } from './edtf.js';
import { identityOf } from './text.js';
import { REGIONS } from './regions.js';
import { nearest } from './resemblance.js';

/** Common names that no standard list contains. */
const VARIANTS: Readonly<Record<string, string>> = {
  uk: 'GB',
  'u.k.': 'GB',
  'great britain': 'GB',
  britain: 'GB',
  usa: 'US',
  'u.s.': 'US',
  'u.s.a.': 'US',
  'united states of america': 'US',
  america: 'US',
  uae: 'AE',
  emirates: 'AE',
  korea: 'KR',
  'republic of korea': 'KR',
  'czech republic': 'CZ',
  holland: 'NL',
  'the netherlands': 'NL',
  turkey: 'TR',
  'russian federation': 'RU',
  'viet nam': 'VN',
  'ivory coast': 'CI',
  'hong kong': 'HK',
  macau: 'MO',
  macao: 'MO',
  burma: 'MM',
  palestine: 'PS',
  macedonia: 'MK',
  'european union': 'EU',
};

const english = (): Intl.DisplayNames => new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });

let names: ReadonlyMap<string, string> | undefined;

/** Market codes by name. */
function marketNames(): ReadonlyMap<string, string> {
  if (names) return names;
  const inEnglish = english();
  const found = new Map<string, string>();
  for (let first = 65; first <= 90; first++)
    for (let second = 65; second <= 90; second++) {
      const code = String.fromCharCode(first, second);
      const name = isISO31661Alpha2(code) || code === 'XK' ? inEnglish.of(code) : undefined;
      if (name !== undefined) found.set(identityOf(name), code);
    }
  for (const [code, { name }] of REGIONS) found.set(identityOf(name), code);
  for (const [name, code] of Object.entries(VARIANTS)) found.set(name, code);
  names = found;
  return found;
}

/** The code of a market written in words, such as "Germany" or "UK"; undefined for unknown names. */
export const marketFromWords = (text: string): string | undefined => marketNames().get(identityOf(text));

/**
 * Languages of releases. Market names in these languages are not accepted, but they identify the market to
 * suggest.
 */
const LANGUAGES = 'de es fr it pt nl da nb sv fi pl cs hu tr ru uk ar th id vi ko ja zh'.split(' ');

/**
 * The market to suggest for an unknown name, as "Norway (NO)": after a typing error, or for a name in another
 * language.
 */
export function marketMeant(text: string): string | undefined {
  const code = inAnotherLanguage(identityOf(text));
  const near = code === undefined ? nearest(text, [...marketNames().keys()]) : undefined;
  const found = code ?? (near === undefined ? undefined : marketFromWords(near));
  if (found === undefined) return undefined;
  return marketInWords(found);
}

/** A market with its code, as "Norway (NO)". */
export const marketInWords = (code: string): string =>
  `${REGIONS.get(code)?.name ?? english().of(code) ?? code} (${code})`;

let foreignNames: ReadonlyMap<string, string> | undefined;

/** Computed once, because all lines of a large file may need it. */
function inAnotherLanguage(wanted: string): string | undefined {
  if (!foreignNames) {
    const codes = [...new Set(marketNames().values())].filter((code) => !REGIONS.has(code));
    const found = LANGUAGES.flatMap((language) => {
      const names = new Intl.DisplayNames(language, { type: 'region', fallback: 'none' });
      return codes.map((code) => [identityOf(names.of(code) ?? ''), code] as const);
    });
    foreignNames = new Map(found);
  }
  return foreignNames.get(wanted);
}

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);

/** Common names of currencies that differ from their codes. */
const CURRENCIES: Readonly<Record<string, string>> = { rmb: 'CNY', 人民币: 'CNY', '€': 'EUR', '£': 'GBP' };

/** The code of a currency, such as CNY for "RMB"; undefined for unknown names. */
export const currencyFromWords = (text: string): string | undefined => {
  const known = identityOf(text);
  return Object.hasOwn(CURRENCIES, known) ? CURRENCIES[known] : undefined;
};

/**
 * Converts a date as people write it to EDTF: "14.09.2022", "12 November 2026", "Nov 2026", "Q4 2025", "about
 * May 2025", "2025/11/12", "13/11/2025", "Apr 2025 to Jun 2025". Undefined for unknown or ambiguous dates.
 */
export function dateFromWords(text: string): string | undefined {
  const vague = /^(?:about|around|circa|ca\.?|c\.) +(.+)$/i.exec(text.trim())?.[1];
  if (vague !== undefined) {
    const exact = /^\d{4}(?:-\d\d){0,2}$/.test(vague) ? vague : dateFromWords(vague);
    return exact === undefined || exact.includes('/') ? undefined : `${exact}~`;
  }
  return inDigits(text.trim()) ?? inWords(text) ?? spanFromWords(text.trim());
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

/** Accepts year first. Accepts day first only when dots or a number above 12 make it unambiguous. */
function inDigits(text: string): string | undefined {
  const chinese = /^(\d{4})年(?:(\d{1,2})月(?:(\d{1,2})日)?)?$/.exec(text);
  if (chinese)
    return chinese[2] === undefined ? chinese[1] : isoDate(chinese[1], Number(chinese[2]), chinese[3]);
  const yearFirst = /^(\d{4})([./-])(\d{1,2})\2(\d{1,2})$/.exec(text);
  if (yearFirst) return isoDate(yearFirst[1], Number(yearFirst[3]), yearFirst[4]);
  const yearLast = /^(\d{1,2})([./])(\d{1,2})\2(\d{4})$/.exec(text);
  if (!yearLast) return undefined;
  const [, first = '', mark, second = '', year] = yearLast;
  if (mark === '.' || Number(first) > 12 || first === second) return isoDate(year, Number(second), first);
  return Number(second) > 12 ? isoDate(year, Number(first), second) : undefined;
}

function inWords(text: string): string | undefined {
  const plain = identityOf(text).replace(/,/g, ' ').replace(/\s+/g, ' ');
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.? (\d{4})$/.exec(plain);
  if (dayFirst) return isoDate(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/.exec(plain);
  if (monthFirst) return isoDate(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]);
  const month = /^([a-z]{3,9})\.? (\d{4})$/.exec(plain);
  return month ? isoDate(month[2], monthOf(month[1])) : partOfYear(plain);
}

/** A quarter or half of a year: "Q4 2025", "2025-Q4", "H1 2026". */
function partOfYear(text: string): string | undefined {
  const found = /^(?:([qh])([1-4]) (\d{4})|(\d{4})[ -]?([qh])([1-4]))$/.exec(text);
  if (!found) return undefined;
  const [, kind = found[5], number = found[6], year = found[4]] = found;
  const months = kind === 'q' ? 3 : 6;
  const last = Number(number) * months;
  const first = isoDate(year, last - months + 1);
  const end = isoDate(year, last);
  return first !== undefined && end !== undefined ? `${first}/${end}` : undefined;
}

function monthOf(word = ''): number {
  return MONTHS.findIndex((name) => name.startsWith(word)) + 1;
}

function isoDate(year = '', month: number, day?: string): string | undefined {
  if (month < 1 || month > 12) return undefined;
  const parts = [year, String(month).padStart(2, '0'), ...(day === undefined ? [] : [day.padStart(2, '0')])];
  return parts.join('-');
}

/** The id of an automaker or company written as a name: "XPENG" is xpeng, "Great Wall" great-wall. */
export const slugFromWords = (text: string): string => identityOf(text).replace(/\s+/g, '-');
