import { CAUSES } from '../../domain/audit/differences.js';
import type { ChangeClass } from '../../domain/goals/target-history.js';
import type { ProvenValue } from '../../domain/goals/progress.js';
import type { Status } from '../../domain/goals/status.js';
import type { ThesisVerdict } from '../../domain/theses/thesis.js';
import type { Perimeter, Unit } from '../../domain/measures/measures.js';
import type { TargetTerms, Ownership, SiteRecord } from '../../domain/state/records.js';
import { atLeastInWords, atMostInWords, printedBy, roundedNumber } from '../../domain/words/amounts.js';
import {
  countedInWords as counted,
  formulaInWords,
  goalTitle,
  perimeterInWords,
  qualifierInWords,
  remarkInWords,
  unitInWords,
} from '../../domain/words/goals.js';
import {
  listInWords,
  roleInWords,
  slugInSentence,
  valueInWords,
  withCapital,
} from '../../domain/words/values.js';
import { NAMING } from '../../queries/names.js';

export { MEASURE_WORDS } from '../../domain/words/goals.js';

/**
 * What a target or figure counts, with its place and brand: "vehicles sold in Germany", "stores abroad of
 * Lynk & Co".
 */
export const countedInWords = (terms: Parameters<typeof counted>[0]): string => counted(terms, NAMING);

/** What a goal counts, after its amount: "20 stores" goes on " in Austria", "30 %" goes on ", share of …". */
export function countedAfterAmount(terms: TargetTerms): string {
  const words = countedInWords(terms);
  const unit = unitInWords(terms.unit);
  return words.startsWith(`${unit} `) ? words.slice(unit.length) : `, ${words}`;
}

/** The title of a goal: "Half of sales abroad". */
export const titleOf = (terms: TargetTerms): string => goalTitle(terms, NAMING);

/** What a figure includes. */
export const perimeterOf = (perimeter: Perimeter): string => perimeterInWords(perimeter, NAMING);

/** How a value was counted: by its sources, or here, from events that are logged one by one. */
export const countedAs = ({ formula, perimeter }: Pick<ProvenValue, 'formula' | 'perimeter'>): string =>
  formula.startsWith('at least the') && formula.includes(LOGGED) ? LOGGED : perimeterOf(perimeter);

/** How what nobody reports is counted. */
const LOGGED = 'logged one by one';

/** The remark of a calculation about its cases, in words. */
export const remarkOf = (remark: string): string => remarkInWords(remark, NAMING);

const SLUG = /(?<![\w-])[a-z0-9]+(?:-[a-z0-9]+)+(?![\w-])/g;
const MARKET = /\b(entered|into) ([A-Z]{2})\b/g;

/** A recorded warning in words, without the identifiers for programs. */
export const warningInWords = (message: string): string =>
  remarkOf(message)
    .replace(MARKET, (_, verb: string, code: string) => `${verb} ${NAMING.place(code)}`)
    .replace(SLUG, (slug) => NAMING.company(slug));

/** The name of a brand or group, by its slug. */
export const companyName = NAMING.company;

/** How a status is shown: its tone, its shape and its words. */
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

/** How a verdict on a thesis is shown. */
export const THESIS_LOOKS: Readonly<Record<ThesisVerdict, StatusLook>> = {
  supported: { tone: 'good', words: 'Supported' },
  contradicted: { tone: 'bad', words: 'Contradicted' },
  'could-be-chance': { tone: 'fair', words: 'Could be chance' },
  'not-tested': { tone: 'none', words: 'Not tested' },
  'not-enough-evidence': { tone: 'none', words: 'Not enough evidence' },
};

/** Statuses from best to worst, then those without a verdict. */
export const STATUS_ORDER: readonly string[] = Object.keys(STATUS_LOOKS);

export const CAUSE_WORDS: Readonly<Record<(typeof CAUSES)[number], string>> = {
  time: 'time passed',
  'new fact': 'new fact',
  'late fact': 'late fact',
  evidence: 'more evidence',
  correction: 'correction',
  retraction: 'retraction',
  move: 'move',
};

const numbers = printedBy(new Intl.NumberFormat('en', { maximumFractionDigits: 1 }));
const small = printedBy(new Intl.NumberFormat('en', { maximumSignificantDigits: 2 }));

const large = printedBy(new Intl.NumberFormat('en', { maximumFractionDigits: 0 }));

/**
 * A number in words: with at most one decimal, or two significant digits if it is small. From a thousand on,
 * a fraction only comes from the middle of bounds, and no source knows it.
 */
export function numberInWords(value: number): string {
  if (Math.abs(value) >= 1000) return large(value);
  return Math.abs(value) > 0 && Math.abs(value) < 1 ? small(value) : numbers(value);
}

const COMPACT = new Intl.NumberFormat('en', { notation: 'compact', maximumSignificantDigits: 3 });

/** The shortest form, for charts with little room: "3.03m", "500k", "12.1 %". */
export const compactInWords = (value: number, unit: Unit): string =>
  unit === 'percent'
    ? amountInWords(value, unit)
    : value < 10_000
      ? numberInWords(value)
      : COMPACT.format(value).toLowerCase();

/** A number with its unit: "10.5 %", "45,008 units", "1 market". */
export function amountInWords(value: number, unit: Unit): string {
  return `${numberInWords(value)}\u00a0${unitInWords(unit, value)}`;
}

export { unitInWords };

/** The qualifier of a goal's amount; "at least" is the default and is not written. */
export const goalQualifier = ({ qualifier, thresholdTo }: TargetTerms): string =>
  thresholdTo !== undefined || qualifier === 'at-least' ? '' : qualifierInWords(qualifier);

/** The amount of a goal with its stated precision: "about 90,000 vehicles", "3,000 to 3,500 vehicles". */
export function goalAmountInWords(terms: TargetTerms): string {
  const { threshold, thresholdTo, unit } = terms;
  const from = thresholdTo === undefined ? '' : `${numberInWords(threshold)} to `;
  return `${goalQualifier(terms)}${from}${amountInWords(thresholdTo ?? threshold, unit)}`;
}

interface ValueBounds {
  readonly value: number;
  readonly lo?: number;
  readonly hi?: number;
}

/**
 * A number with its bounds: "45,008 units", "28,500 to 29,499 units", "at least 72 points", "more than
 * 300,000 vehicles". Trivial bounds, 0 and for shares 100, are omitted.
 */
export function boundsInWords({ value, lo, hi }: ValueBounds, unit: Unit): string {
  const of = (number: number): string => amountInWords(number, unit);
  if (hi === undefined || isWholeAtMost(lo, hi, unit)) return atLeastInWords(lo ?? value, unit, of);
  if (lo === undefined || numberInWords(lo) === numberInWords(hi)) return amountInWords(value, unit);
  if (lo === 0) return atMostInWords(hi, unit, of);
  const rounded = roundedNumber(lo, hi, unit);
  if (rounded !== undefined) return `about ${of(rounded)}`;
  return `${numberInWords(lo)} to ${amountInWords(hi, unit)}`;
}

/** The same without the unit, if there is little room: "45,008", "72 or more". */
export function shortBoundsInWords({ value, lo, hi }: ValueBounds, unit: Unit): string {
  const of = (number: number): string =>
    unit === 'percent' ? amountInWords(number, unit) : numberInWords(number);
  if (hi === undefined || isWholeAtMost(lo, hi, unit)) return `${of(lo ?? value)} or more`;
  if (lo === undefined || numberInWords(lo) === numberInWords(hi)) return of(value);
  if (lo === 0) return `${of(hi)} or less`;
  const rounded = roundedNumber(lo, hi, unit);
  if (rounded !== undefined) return `about ${of(rounded)}`;
  return `${numberInWords(lo)} to ${of(hi)}`;
}

const isWholeAtMost = (lo: number | undefined, hi: number, unit: Unit): boolean =>
  unit === 'percent' && hi >= 100 && lo !== undefined && lo > 0 && lo < 100;

const CHANGES: Readonly<Record<ChangeClass, string>> = {
  set: 'set',
  stronger: 'more was promised',
  weaker: 'less was promised',
  'deadline-set': 'a deadline was given',
  'deadline-earlier': 'the deadline came nearer',
  'deadline-later': 'the deadline moved away',
  'deadline-dropped': 'the deadline was dropped',
  'measure-moved': 'something else is counted',
  'perimeter-moved': 'it is counted otherwise',
  'market-scope-moved': 'it is about another market',
  firmer: 'put more firmly',
  'less-firm': 'put less firmly',
  reworded: 'put in other words',
  restated: 'said again',
  withdrawn: 'withdrawn',
};

/** The kind of change of a goal's terms, in words. */
export const changeInWords = (change: ChangeClass): string => CHANGES[change];

export { formulaInWords, listInWords, roleInWords, slugInSentence, valueInWords, withCapital };

/** A slug in words: "half-overseas" as "Half overseas". */
export const slugInWords = (slug: string): string => withCapital(valueInWords(slug));

const OWNERSHIP_WORDS: Readonly<Record<Ownership, string>> = {
  own: 'own plant',
  joint: 'joint venture plant',
  contract: 'contract manufacturer',
};

/** The status of a site. Of one that started, nobody need have said that it still runs. */
export const siteStatusInWords = (status: SiteRecord['status']): string =>
  status === 'running' ? 'started' : status;

/** The process and ownership of a site: "CKD, joint venture plant"; empty if both are unknown. */
export function siteInWords({ process, ownership }: Pick<SiteRecord, 'process' | 'ownership'>): string {
  const made = process === 'full' ? 'full production' : process?.toUpperCase();
  return [made, ownership && OWNERSHIP_WORDS[ownership]].filter(Boolean).join(', ');
}

/** "MarketEntered" as "Market entered". */
export const eventTypeInWords = (type: string): string => withCapital(inSeparateWords(type));

/** A name of programs in separate words: "occurredOn" as "occurred on". */
export const inSeparateWords = (name: string): string =>
  name.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
