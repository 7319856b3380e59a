import type { Automaker } from '../state/automaker.js';
import type { Bounds } from '../measures/bounds.js';
import type { Day } from '../ledger/edtf.js';
import type { CompanyDirectory } from '../state/company-directory.js';
import type { ConditionRecord } from '../state/records.js';

/** What is read from an expansion: each tells an exporter from a global brand in one respect. */
export const EXPANSION_READINGS = [
  'asset-light',
  'partner-dependence',
  'market-concentration',
  'localisation-depth',
  'exposure',
  'speed',
] as const;
export type ExpansionReadingName = (typeof EXPANSION_READINGS)[number];

/** What a reading is worked out from: an automaker as of a day, and the conditions of all markets and the companies as of the same. */
export interface ExpansionContext {
  readonly automaker: Automaker;
  readonly conditions: readonly ConditionRecord[];
  readonly companies: CompanyDirectory;
  readonly on: Day;
}

/** A number with all the values that it can have, given what the ledger does not say. Open ends are left out. */
export interface ExpansionNumber {
  readonly name: string;
  readonly unit: 'percent' | 'hhi' | 'markets' | 'points' | 'days' | 'money-per-unit';
  readonly lo?: number;
  readonly hi?: number;
  /** How it comes about, in terms of the inputs. */
  readonly formula: string;
}

/** A thing that is counted or weighed, and the events that say so. What is not known has bounds. */
export interface ExpansionInput {
  readonly name: string;
  /** What it counts as, such as `partner-run`. */
  readonly group: string;
  readonly lo?: number;
  readonly hi?: number;
  /** Partners that it runs through; none where it is the automaker's own. */
  readonly partners?: readonly string[];
  /** Percent, in force on the day. */
  readonly rate?: { readonly lo: number; readonly hi: number };
  /** Whether what is waited for has happened; an open case is censored. */
  readonly happened?: boolean;
  readonly events: readonly string[];
}

export interface ExpansionReading {
  readonly reading: ExpansionReadingName;
  readonly automaker: string;
  readonly on: Day;
  /** The most telling first. None where the ledger has nothing to work them out from. */
  readonly numbers: readonly ExpansionNumber[];
  readonly inputs: readonly ExpansionInput[];
  /** What keeps the reading from saying more, in sentences. */
  readonly missing: readonly string[];
  /** Where the formula comes from. */
  readonly source: string;
  /** Goes up with every change that gives another number for the same events. */
  readonly version: number;
}

/** Part of a whole in percent, where neither is known exactly and the part is in the whole: all that part and rest allow. */
export function percentOf(part: Bounds, rest: Bounds): Bounds | undefined {
  if (part.hi + rest.hi <= 0) return undefined;
  return { lo: percent(part.lo, rest.hi), hi: percent(part.hi, rest.lo) };
}

function percent(part: number, rest: number): number {
  if (part === Number.POSITIVE_INFINITY) return 100;
  if (rest === Number.POSITIVE_INFINITY) return 0;
  return part + rest === 0 ? 0 : (100 * part) / (part + rest);
}

export const sum = (all: readonly Bounds[]): Bounds => ({
  lo: all.reduce((total, { lo }) => total + lo, 0),
  hi: all.reduce((total, { hi }) => total + hi, 0),
});
