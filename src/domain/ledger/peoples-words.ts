import { isISO31661Alpha2 } from 'class-validator';
import { identityOf } from './text.js';
import { REGIONS } from './regions.js';

/** Names that people write and no list of names has. */
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

let names: ReadonlyMap<string, string> | undefined;

/** The code of a market by what people call it, and the names that there are. */
function marketNames(): ReadonlyMap<string, string> {
  if (names) return names;
  const english = new Intl.DisplayNames('en', { type: 'region', fallback: 'none' });
  const found = new Map<string, string>();
  for (let first = 65; first <= 90; first++)
    for (let second = 65; second <= 90; second++) {
      const code = String.fromCharCode(first, second);
      const name = isISO31661Alpha2(code) || code === 'XK' ? english.of(code) : undefined;
      if (name !== undefined) found.set(identityOf(name), code);
    }
  for (const [code, { name }] of REGIONS) found.set(identityOf(name), code);
  for (const [name, code] of Object.entries(VARIANTS)) found.set(name, code);
  names = found;
  return found;
}

/** The code of a market that a text names in words: "Germany", "UK"; undefined where it names none. */
export const marketFromWords = (text: string): string | undefined => marketNames().get(identityOf(text));

const MONTHS = 'january february march april may june july august september october november december'.split(
  ' ',
);

/** A date as people write it as one of EDTF: "14.09.2022", "12 November 2026", "Nov 2026", "Q4 2025"; undefined for what is none, or could be two. */
export function dateFromWords(text: string): string | undefined {
  const dotted = /^(\d{1,2})\.(\d{1,2})\.(\d{4})$/.exec(text);
  if (dotted) return isoDate(dotted[3], Number(dotted[2]), dotted[1]);
  const plain = identityOf(text).replace(/,/g, ' ').replace(/\s+/g, ' ');
  const dayFirst = /^(\d{1,2})(?:st|nd|rd|th)? ([a-z]{3,9})\.? (\d{4})$/.exec(plain);
  if (dayFirst) return isoDate(dayFirst[3], monthOf(dayFirst[2]), dayFirst[1]);
  const monthFirst = /^([a-z]{3,9})\.? (\d{1,2})(?:st|nd|rd|th)? (\d{4})$/.exec(plain);
  if (monthFirst) return isoDate(monthFirst[3], monthOf(monthFirst[1]), monthFirst[2]);
  const month = /^([a-z]{3,9})\.? (\d{4})$/.exec(plain);
  return month ? isoDate(month[2], monthOf(month[1])) : partOfYear(plain);
}

/** A quarter or a half of a year: "Q4 2025", "2025-Q4", "H1 2026". */
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

/** The id of an automaker or a company that is written as a name: "XPENG" is xpeng, "Great Wall" great-wall. */
export const slugFromWords = (text: string): string => identityOf(text).replace(/\s+/g, '-');
