import { MEASURES, type Measure, type Perimeter, type Unit } from '../measures/measures.js';
import type { TargetTerms } from '../state/records.js';
import { dateInWords, deadlineInWords } from './dates.js';
import { companyFromSlug, valueInWords, withoutCapital } from './values.js';

/** How a sentence names markets and companies. */
export interface Naming {
  place(market: string): string;
  /** The name of a brand, group or other company, given its slug. */
  company(slug: string): string;
}

/** What a measure counts, worded like the title of a chart. */
export const MEASURE_WORDS: Readonly<Record<Measure, string>> = {
  'overseas-sales-share': 'share of sales outside the home market',
  'overseas-units': 'vehicles sold abroad',
  'total-units': 'vehicles sold in all',
  'market-units': 'vehicles sold in the market',
  'local-production-units': 'vehicles built locally',
  'overseas-markets': 'markets abroad',
  'market-presence': 'presence in the market',
  'overseas-service-centers': 'service centers abroad',
  'overseas-stores': 'stores abroad',
  'overseas-sales-and-service-points': 'sales and service points abroad',
  'production-sites': 'plants abroad',
  'production-capacity': 'vehicles a year of plant capacity abroad',
};

/** What a measure counts if a market or region follows: "stores in Germany". */
const IN_A_MARKET: Readonly<Partial<Record<Measure, string>>> = {
  'overseas-sales-share': 'share of sales',
  'overseas-units': 'vehicles sold',
  'market-units': 'vehicles sold',
  'local-production-units': 'vehicles built',
  'total-units': 'vehicles sold',
  'overseas-markets': 'markets',
  'market-presence': 'presence',
  'overseas-service-centers': 'service centers',
  'overseas-stores': 'stores',
  'overseas-sales-and-service-points': 'sales and service points',
  'production-sites': 'plants',
  'production-capacity': 'vehicles a year of plant capacity',
};

/**
 * What a measure counts, in a sentence about a goal whose market is named beside it: "stores there", or
 * overall, "stores abroad".
 */
export const measureInWords = (measure: Measure, market: string | undefined): string =>
  market === undefined ? MEASURE_WORDS[measure] : `${IN_A_MARKET[measure] ?? MEASURE_WORDS[measure]} there`;

const ONE: Readonly<Partial<Record<Measure, string>>> = {
  'overseas-service-centers': 'a service center',
  'overseas-stores': 'a store',
  'overseas-sales-and-service-points': 'a sales and service point',
  'production-sites': 'a plant',
  'overseas-markets': 'a market',
};

const SHARES: ReadonlyMap<number, string> = new Map([
  [20, 'a fifth'],
  [25, 'a quarter'],
  [33.3, 'a third'],
  [50, 'half'],
  [75, 'three quarters'],
]);

/** A measure with its perimeter, in words: "stores in Germany", "vehicles sold abroad by Zeekr". */
export function countedInWords(
  {
    measure,
    market,
    entity,
    vehicles,
  }: Pick<Perimeter, 'market' | 'entity' | 'vehicles'> & { readonly measure: Measure },
  { place, company }: Naming,
): string {
  const where =
    market === undefined ? MEASURE_WORDS[measure] : `${IN_A_MARKET[measure] ?? ''} in ${place(market)}`;
  const what = vehicles === undefined || vehicles === 'all' ? '' : `, ${valueInWords(vehicles)} only`;
  if (entity === undefined) return `${where}${what}`;
  // A model is sold, and sells nothing itself.
  const whose = entity.startsWith('model-')
    ? `(${company(entity)})`
    : `${MEASURES[measure].nature === 'flow' ? 'by' : 'of'} ${company(entity)}`;
  return `${where} ${whose}${what}`;
}

const NUMBERS = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });

const UNIT_WORDS: Readonly<Record<Unit, readonly [string, string]>> = {
  percent: ['%', '%'],
  units: ['vehicle', 'vehicles'],
  markets: ['market', 'markets'],
  'service-centers': ['service center', 'service centers'],
  stores: ['store', 'stores'],
  points: ['point', 'points'],
  sites: ['plant', 'plants'],
  'units-a-year': ['vehicle a year', 'vehicles a year'],
};

/** The word for a unit, singular or plural to match the amount. */
export const unitInWords = (unit: Unit, amount = 2): string => UNIT_WORDS[unit][amount === 1 ? 0 : 1];

const QUALIFIERS: Readonly<Record<string, string>> = {
  about: 'about ',
  'at-least': 'at least ',
  'up-to': 'up to ',
  'more-than': 'more than ',
  'less-than': 'less than ',
};

/** The words before an amount: "about ", "more than "; empty if it is exact. */
export const qualifierInWords = (qualifier: string | undefined): string => QUALIFIERS[qualifier ?? ''] ?? '';

/** The amount to reach: "about 90,000", "80,000 to 100,000". */
export function thresholdInWords({ threshold, thresholdTo, qualifier }: TargetTerms): string {
  if (thresholdTo !== undefined) return `${NUMBERS.format(threshold)} to ${NUMBERS.format(thresholdTo)}`;
  return `${qualifierInWords(qualifier)}${NUMBERS.format(threshold)}`;
}

/** The title of a goal: its promise, just enough to tell it from others. "Half of sales abroad". */
export function goalTitle(terms: TargetTerms, naming: Naming): string {
  const words = promised(terms, naming);
  const who = terms.entity === undefined ? '' : ` (${naming.company(terms.entity)})`;
  const title = `${words}${who}`;
  return title.charAt(0).toUpperCase() + title.slice(1);
}

/** The title within a sentence, with its deadline: "half of sales abroad, by 2033". */
export function goalInSentence(terms: TargetTerms, naming: Naming): string {
  const title = goalTitle(terms, naming);
  const { deadline } = terms;
  const inTitle = deadline === undefined || yearOf(terms) !== undefined || terms.period !== undefined;
  // Names keep their capital letter.
  const first = /^(A|An|Half|Enter|About|At|Up|Three|Twice)\b/.test(title) ? withoutCapital(title) : title;
  return inTitle ? first : `${first}, ${deadlineInWords(deadline)}`;
}

function promised(terms: TargetTerms, { place }: Naming): string {
  const { measure, market, threshold, thresholdTo, relativeTo } = terms;
  if (measure === 'market-presence')
    return market === undefined ? 'enter a market' : `enter ${place(market)}`;
  const { nature } = MEASURES[measure];
  if (nature === 'share') {
    const share = thresholdTo === undefined ? SHARES.get(threshold) : undefined;
    const period = terms.period === undefined ? '' : ` in ${dateInWords(terms.period)}`;
    return `${share === undefined ? `${thresholdInWords(terms)} %` : share} of sales ${market === undefined ? 'abroad' : `in ${place(market)}`}${period}`;
  }
  if (threshold === 1 && thresholdTo === undefined && ONE[measure] !== undefined)
    return `${ONE[measure]} ${market === undefined ? 'abroad' : `in ${place(market)}`}`;
  const what =
    market === undefined ? MEASURE_WORDS[measure] : `${IN_A_MARKET[measure] ?? ''} in ${place(market)}`;
  const amount =
    relativeTo === undefined
      ? thresholdInWords(terms)
      : `${relativeTo.factor === 2 ? 'twice' : `${NUMBERS.format(relativeTo.factor)} times`} as many as in ${dateInWords(relativeTo.period)}:`;
  return `${amount} ${vehiclesIn(what, terms)}${timeOf(terms)}`;
}

function vehiclesIn(what: string, { vehicles }: TargetTerms): string {
  return vehicles === undefined || vehicles === 'all'
    ? what
    : what.replace('vehicles', valueInWords(vehicles));
}

/** Amounts refer to a period, and goals differ by it. */
function timeOf(terms: TargetTerms): string {
  const { measure, kind, period, deadline } = terms;
  if (MEASURES[measure].nature !== 'flow') return '';
  if (period !== undefined)
    return period.includes('/') ? `, ${dateInWords(period)}` : ` in ${dateInWords(period)}`;
  const year = yearOf(terms);
  if (year !== undefined) return ` in ${year}`;
  return kind === 'rate' || deadline !== undefined ? ' a year' : '';
}

/** The year of an amount whose deadline is the last day of a year. */
function yearOf({ measure, kind, deadline }: TargetTerms): string | undefined {
  if (MEASURES[measure].nature !== 'flow' || kind === 'rate') return undefined;
  return /^(\d{4})-12-31$/.exec(deadline ?? '')?.[1];
}

/** What a figure includes, in words: "deliveries of MG in Germany". */
export function perimeterInWords(
  { entity, market, basis, vehicles, countedBy }: Perimeter,
  { place, company }: Naming,
): string {
  const what = vehicles === undefined || vehicles === 'all' ? '' : ` of ${valueInWords(vehicles)}`;
  const scope = `${what}${entity ? ` of ${company(entity)}` : ''}${market ? ` in ${place(market)}` : ''}`;
  const by = countedBy ? ` by ${countedBy}` : '';
  if (basis !== undefined) return `${valueInWords(basis)}${scope}${by && `, counted${by}`}`;
  const how = `counted${by} in a way that the sources do not state`;
  return scope === '' ? how : `${scope.trim()}, ${how}`;
}

const MEASURE_NAME = new RegExp(`\\b(${Object.keys(MEASURE_WORDS).join('|')})\\b`, 'g');
const ISO_DAY = /\b\d{4}-\d\d(?:-\d\d)?\b/g;

/** Replaces the codes of measures and the ISO dates in a formula or remark by words. */
export function formulaInWords(formula: string): string {
  return formula
    .replace(MEASURE_NAME, (name) => MEASURE_WORDS[name as Measure])
    .replace(ISO_DAY, (day) => dateInWords(day));
}

const PLANT = /\b[a-z0-9]+(?:-[a-z0-9]+)*-[a-z]{2}\b/g;
const IN_CODE = /\bin ([A-Z]{2})\b/g;

/** Replaces the codes of plants, markets, measures and dates in a remark of a calculation by words. */
export function remarkInWords(remark: string, { place, company }: Naming): string {
  return formulaInWords(remark)
    .replace(PLANT, (slug) => company(slug.slice(0, -3)))
    .replace(IN_CODE, (_, code: string) => `in ${place(code)}`);
}

/** Names without looking them up in the ledger: companies are named by their slug. */
export const namingBySlug = (place: (market: string) => string): Naming => ({
  place,
  company: companyFromSlug,
});
