import type { Automaker } from '../state/automaker.js';
import type { Bounds } from '../measures/bounds.js';
import type { Day } from '../ledger/edtf.js';
import type { CompanyDirectory } from '../state/company-directory.js';
import type { ConditionRecord } from '../state/records.js';

/** The readings of an expansion. Each distinguishes an exporter from a global brand in one respect. */
export const EXPANSION_READINGS = [
  'asset-light',
  'partner-dependence',
  'market-concentration',
  'localisation-depth',
  'exposure',
  'speed',
] as const;
export type ExpansionReadingName = (typeof EXPANSION_READINGS)[number];

/** The input of a reading: an automaker, the conditions of all markets, and companies, as of a day. */
export interface ExpansionContext {
  readonly automaker: Automaker;
  readonly conditions: readonly ConditionRecord[];
  readonly companies: CompanyDirectory;
  readonly on: Day;
}

/** A number with its full range, given what the ledger does not say. Infinite ends are omitted. */
export interface ExpansionNumber {
  readonly name: string;
  readonly unit: 'percent' | 'hhi' | 'markets' | 'points' | 'days' | 'money-per-unit';
  readonly lo?: number;
  readonly hi?: number;
  /** How it follows from the inputs. */
  readonly formula: string;
}

/** Something that is counted or weighted, with its events. Unknown values have bounds. */
export interface ExpansionInput {
  readonly name: string;
  /** What it counts as, such as `partner-run`. */
  readonly group: string;
  readonly lo?: number;
  readonly hi?: number;
  /** The partners through which it runs; empty if it is the automaker's own. */
  readonly partners?: readonly string[];
  /** In percent, in force on the day. */
  readonly rate?: { readonly lo: number; readonly hi: number };
  /** Whether the awaited event has happened. An open case is censored. */
  readonly happened?: boolean;
  readonly events: readonly string[];
}

export interface ExpansionReading {
  readonly reading: ExpansionReadingName;
  readonly automaker: string;
  readonly on: Day;
  /** The most informative first. Empty if the ledger lacks the data. */
  readonly numbers: readonly ExpansionNumber[];
  readonly inputs: readonly ExpansionInput[];
  /** What keeps the reading from saying more, in sentences. */
  readonly missing: readonly string[];
  /** The source of the formula. */
  readonly source: string;
  /** Increased with every change that gives different numbers for the same events. */
  readonly version: number;
}

/**
 * A part in percent of the whole, if part and rest are known only within bounds: the full range that they
 * allow. Undefined if both are zero.
 */
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
