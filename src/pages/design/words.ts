import type { Measure, Unit } from '../../domain/measures.js';
import type { Status } from '../../domain/pace.js';
import { CAUSES } from '../../domain/differences.js';

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
  'on-track': { tone: 'good', words: 'On track' },
  'acceleration-needed': { tone: 'fair', words: 'Acceleration needed' },
  limited: { tone: 'poor', words: 'Limited progress' },
  deteriorating: { tone: 'bad', words: 'Deteriorating' },
  missed: { tone: 'bad', words: 'Missed' },
  withdrawn: { tone: 'none', words: 'Withdrawn' },
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

/** "half-overseas" as "Half overseas": slugs name things, people read words. */
export function slugInWords(slug: string): string {
  const words = slug.replaceAll('-', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "MarketEntered" as "Market entered". */
export function eventTypeInWords(type: string): string {
  const words = type.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
