import { isISO31661Alpha2 } from 'class-validator';
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

/** The code of a country whose name in another language a text is. */
export const marketInAnotherLanguage = (text: string): string | undefined =>
  inAnotherLanguage(identityOf(text));

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

/** Common names of currencies that differ from their codes. */
const CURRENCIES: Readonly<Record<string, string>> = { rmb: 'CNY', 人民币: 'CNY', '€': 'EUR', '£': 'GBP' };

/** The code of a currency, such as CNY for "RMB"; undefined for unknown names. */
export const currencyFromWords = (text: string): string | undefined => {
  const known = identityOf(text);
  return Object.hasOwn(CURRENCIES, known) ? CURRENCIES[known] : undefined;
};

/** The id of an automaker or company written as a name: "XPENG" is xpeng, "Great Wall" great-wall. */
export const slugFromWords = (text: string): string => identityOf(text).replace(/\s+/g, '-');
