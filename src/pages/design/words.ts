import type { Measure, Unit } from '../../domain/measures/measures.js';
import type { Status } from '../../domain/goals/status.js';
import { CAUSES } from '../../domain/audit/differences.js';
import { marketName } from '../../queries/names.js';
import type { Ownership, SiteRecord } from '../../domain/state/records.js';

/** What a measure counts, in the words of a chart's title. */
export const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  'overseas-sales-share': 'share of sales outside the home market',
  'overseas-units': 'units sold overseas',
  'total-units': 'units sold in all',
  'market-units': 'units sold in the market',
  'local-production-units': 'units built locally',
  'overseas-markets': 'overseas markets',
  'market-presence': 'presence in the market',
  'overseas-service-centers': 'overseas service centers',
  'overseas-stores': 'overseas stores',
  'overseas-sales-and-service-points': 'overseas sales and service points',
  'production-sites': 'production sites',
};

/** What a target or figure counts, with its place and brand: "units sold in Germany", "overseas stores of Lynk". */
export function countedInWords({
  measure,
  market,
  entity,
}: {
  readonly measure: Measure;
  readonly market?: string;
  readonly entity?: string;
}): string {
  const words = MEASURE_WORDS[measure];
  const place = market === undefined ? '' : ` in ${marketName(market)}`;
  return `${place === '' ? words : words.replace(/ in the market$/, '')}${place}${entity === undefined ? '' : ` of ${slugInWords(entity)}`}`;
}

const UNIT_WORDS: Readonly<Record<Unit, readonly [string, string]>> = {
  percent: ['%', '%'],
  units: ['unit', 'units'],
  markets: ['market', 'markets'],
  'service-centers': ['service center', 'service centers'],
  stores: ['store', 'stores'],
  points: ['point', 'points'],
  sites: ['site', 'sites'],
};

/** How a status looks and reads: its tone, its shape, its words. */
export interface StatusLook {
  readonly tone: 'good' | 'fair' | 'poor' | 'bad' | 'none';
  readonly words: string;
}

export const STATUS_LOOKS: Readonly<Record<Status, StatusLook>> = {
  achieved: { tone: 'good', words: 'Achieved' },
  'met-when-set': { tone: 'good', words: 'Met when it was set' },
  'on-track': { tone: 'good', words: 'On track' },
  'acceleration-needed': { tone: 'fair', words: 'Acceleration needed' },
  'between-bands': { tone: 'fair', words: 'Between two ratings' },
  limited: { tone: 'poor', words: 'Limited progress' },
  deteriorating: { tone: 'bad', words: 'Deteriorating' },
  missed: { tone: 'bad', words: 'Missed' },
  withdrawn: { tone: 'none', words: 'Withdrawn' },
  'not-comparable': { tone: 'none', words: 'Not comparable' },
  'not-enough-evidence': { tone: 'none', words: 'Not enough evidence' },
};

export const CAUSE_WORDS: Readonly<Record<(typeof CAUSES)[number], string>> = {
  time: 'time passed',
  'new fact': 'new fact',
  'late fact': 'late fact',
  evidence: 'more evidence',
  correction: 'correction',
  retraction: 'retraction',
};

const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const SMALL = new Intl.NumberFormat('en', { maximumSignificantDigits: 2 });

/** A number as people read it: one decimal at most, two figures where it is small. */
export function numberInWords(value: number): string {
  return Math.abs(value) > 0 && Math.abs(value) < 1 ? SMALL.format(value) : NUMBERS.format(value);
}

/** A number with its unit: "10.5 %", "45,008 units", "1 market". */
export function amountInWords(value: number, unit: Unit): string {
  const [one, many] = UNIT_WORDS[unit];
  return `${numberInWords(value)}\u00a0${value === 1 ? one : many}`;
}

export const unitInWords = (unit: Unit): string => UNIT_WORDS[unit][1];

/** A number with its bounds: "45,008 units", "28,500 to 29,499 units", "at least 72 points". */
export function boundsInWords(
  { value, lo, hi }: { readonly value: number; readonly lo?: number; readonly hi?: number },
  unit: Unit,
): string {
  if (hi === undefined) return `at least ${amountInWords(lo ?? value, unit)}`;
  if (lo === undefined || numberInWords(lo) === numberInWords(hi)) return amountInWords(value, unit);
  return `${numberInWords(lo)} to ${amountInWords(hi, unit)}`;
}

const ABBREVIATIONS = /\b(ckd|skd|hhi)\b/g;

/** "joint-venture-plant" as "joint venture plant": within a sentence. */
export const slugInSentence = (slug: string): string =>
  slug.replaceAll('-', ' ').replace(ABBREVIATIONS, (letters) => letters.toUpperCase());

/** "half-overseas" as "Half overseas": slugs name things, people read words. */
export function slugInWords(slug: string): string {
  return withCapital(slugInSentence(slug));
}

export const withCapital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);

/** The name of a target from its slug, its market written as a name: "enter-hong-kong" as "Enter Hong Kong". */
export function targetInSentence(target: string, market: string | undefined): string {
  const words = slugInSentence(target);
  if (market === undefined) return words;
  const name = marketName(market);
  const proper = new Map(name.split(' ').map((word) => [word.toLowerCase(), word]));
  return words
    .split(' ')
    .map((word) => (word === market.toLowerCase() ? name : (proper.get(word) ?? word)))
    .join(' ');
}

export const targetInWords = (target: string, market: string | undefined): string =>
  withCapital(targetInSentence(target, market));

const OWNERSHIP_WORDS: Readonly<Record<Ownership, string>> = {
  own: 'own plant',
  joint: 'joint venture plant',
  contract: 'contract manufacturer',
};

/** How a site builds and whose it is: "CKD, joint venture plant"; empty where nobody says. */
export function siteInWords({ process, ownership }: Pick<SiteRecord, 'process' | 'ownership'>): string {
  const made = process === 'full' ? 'full production' : process?.toUpperCase();
  return [made, ownership && OWNERSHIP_WORDS[ownership]].filter(Boolean).join(', ');
}

/** "MarketEntered" as "Market entered". */
export function eventTypeInWords(type: string): string {
  return withCapital(type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`));
}
