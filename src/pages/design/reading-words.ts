import type { ExpansionNumber } from '../../domain/expansion/expansion-reading.js';
import { RUNGS } from '../../domain/expansion/localisation-depth.js';
import { companyFromSlug } from '../../domain/words/values.js';
import { numberInWords, slugInWords, valueInWords } from './words.js';

/** "capital-per-unit.medea-dz.USD" as "Capital per unit: Medea, USD"; rungs of the ladder by their names. */
export function readingNumberName(name: string): string {
  const rung = /^rung-(\d)$/.exec(name)?.[1];
  if (rung !== undefined) return `${rung}: ${RUNGS[Number(rung)] ?? 'rung'}`;
  const [first = '', ...rest] = name.split('.');
  const words = slugInWords(first);
  return rest.length === 0 ? words : `${words}: ${rest.map((part) => partInWords(first, part)).join(', ')}`;
}

/** A currency, a step of the way abroad, or a plant or partner by its slug, which may end with its market. */
function partInWords(of: string, part: string): string {
  if (/^[A-Z]{3}$/.test(part)) return part;
  return of === 'median-days' ? valueInWords(part) : companyFromSlug(part.replace(/-[a-z]{2}$/, ''));
}

/** What follows a number of a reading. */
export const READING_UNITS: Readonly<Record<ExpansionNumber['unit'], string>> = {
  percent: '%',
  hhi: '',
  markets: 'markets',
  points: 'points',
  days: 'days',
  'money-per-unit': '',
};

/** Bounds so far apart that they say nothing: nearly all of a share, or many times the lower end. */
export const saysNothing = ({ lo = 0, hi, unit }: ExpansionNumber): boolean =>
  hi === undefined ? lo === 0 : unit === 'percent' ? hi - lo > 75 : lo > 0 ? hi / lo > 20 : hi > 20;

/** A number of a reading with its bounds, in plain text. */
export function readingNumberInWords(number: ExpansionNumber): string {
  const { lo, hi, unit } = number;
  if (saysNothing(number)) return 'the ledger cannot tell';
  const unitWords = unit === 'markets' && lo === 1 && hi === 1 ? 'market' : READING_UNITS[unit];
  const amount =
    lo === undefined
      ? `up to ${numberInWords(hi ?? 0)}`
      : hi === undefined
        ? `${numberInWords(lo)} or more`
        : lo === hi
          ? numberInWords(lo)
          : `${numberInWords(lo)} to ${numberInWords(hi)}`;
  return `${amount} ${unitWords}`.trim();
}
