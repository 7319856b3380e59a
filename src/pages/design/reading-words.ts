import type { ExpansionNumber } from '../../domain/expansion/expansion-reading.js';
import { RUNGS } from '../../domain/expansion/localisation-depth.js';
import { formulaInWords, numberInWords, slugInWords, valueInWords } from './words.js';

/** Names of numbers whose codes are not understandable. */
const NAMES: Readonly<Record<string, string>> = {
  'partner-hhi': 'Concentration on partners, as a Herfindahl index',
  'capital-per-unit': 'Investment per unit of yearly capacity, both as stated at once',
};

/** "capital-per-unit.medea-dz.USD" as "Capital per unit: Médéa, USD"; rungs of the ladder by their names. */
export function readingNumberName(name: string, siteName: (site: string) => string): string {
  const rung = /^rung-(\d)$/.exec(name)?.[1];
  if (rung !== undefined) return `${rung}: ${RUNGS[Number(rung)] ?? 'rung'}`;
  const [first = '', ...rest] = name.split('.');
  const words = NAMES[first] ?? slugInWords(first);
  const parts = rest.map((part) => partInWords(first, part, siteName));
  return parts.length === 0 ? words : `${words}: ${parts.join(', ')}`;
}

/** A currency, a step of the expansion, or a plant. */
function partInWords(of: string, part: string, siteName: (site: string) => string): string {
  if (/^[A-Z]{3}$/.test(part)) return part;
  return of === 'median-days' ? valueInWords(part) : siteName(part);
}

/** The formula of a reading in words, with grouped digits. */
export const readingFormula = (formula: string): string =>
  formulaInWords(formula)
    .replace(/\b\d{5,}\b/g, (digits) => numberInWords(Number(digits)))
    .replace(/; (lo|hi): /g, (_, end: 'lo' | 'hi') => `; ${END_WORDS[end]}: `)
    .replace(/\bhhi\b/, valueInWords('hhi'));

/** The bounds of a number, in a formula that says how each comes about. */
const END_WORDS = { lo: 'the lower bound', hi: 'the upper bound' } as const;

/** The unit after a number of a reading. */
const READING_UNITS: Readonly<Record<ExpansionNumber['unit'], string>> = {
  percent: '%',
  hhi: '',
  markets: 'markets',
  points: 'points',
  days: 'days',
  'money-per-unit': '',
};

/** The unit of one number; counts of other conditions have none. */
export function readingUnit({ name, unit, lo, hi }: ExpansionNumber): string {
  if (name === 'other-conditions') return '';
  return unit === 'markets' && lo === 1 && hi === 1 ? 'market' : READING_UNITS[unit];
}

/**
 * Whether the bounds are so wide that they are useless: most of a percentage scale, or many times the lower
 * end.
 */
export const saysNothing = ({ lo = 0, hi, unit }: ExpansionNumber): boolean =>
  hi === undefined ? lo === 0 : unit === 'percent' ? hi - lo > 75 : lo > 0 ? hi / lo > 20 : hi > 20;

/** A number of a reading with its bounds, as plain text. */
export function readingNumberInWords(number: ExpansionNumber): string {
  const { lo, hi } = number;
  if (saysNothing(number)) return 'the ledger cannot tell';
  const amount =
    lo === undefined
      ? `up to ${numberInWords(hi ?? 0)}`
      : hi === undefined
        ? `${numberInWords(lo)} or more`
        : lo === hi
          ? numberInWords(lo)
          : `${numberInWords(lo)} to ${numberInWords(hi)}`;
  return `${amount} ${readingUnit(number)}`.trim();
}
