import { addDays, dayNumber, type Day } from '../occurred-on.js';
import { roundingBounds, type PrintedFigure, type WholeBounds } from './rounding.js';

/** A report of the units of one measure and perimeter over a period. */
export interface FlowReport extends PrintedFigure {
  /** The event that it stands in; one report an event. */
  readonly event: string;
  readonly first: Day;
  /** Included. */
  readonly last: Day;
  readonly grade: 'confirmed' | 'reported' | 'rumoured';
  readonly publishedOn?: Day;
  /** Place in the order of recording. */
  readonly position: number;
}

/** The ways to choose between reports that contradict each other. */
export const CHOOSING_RULES = ['best-evidence-first', 'latest-first', 'most-conservative'] as const;
export type ChoosingRule = (typeof CHOOSING_RULES)[number];
export const DEFAULT_RULE: ChoosingRule = 'best-evidence-first';

/** A report as a constraint on C: lo ≤ C(to) − C(from) ≤ hi, days as numbers. */
export interface Claim extends WholeBounds {
  readonly report: FlowReport;
  readonly from: number;
  readonly to: number;
}

export type Order = (a: Claim, b: Claim) => number;

const GRADE_RANK = { confirmed: 0, reported: 1, rumoured: 2 } as const;

const byGrade: Order = (a, b) => GRADE_RANK[a.report.grade] - GRADE_RANK[b.report.grade];

const laterFirst = (a: string, b: string): number => (a === b ? 0 : a > b ? -1 : 1);

/** Later published first, then later recorded. What has no day of publication comes last. */
const byNewness: Order = (a, b) =>
  laterFirst(a.report.publishedOn ?? '', b.report.publishedOn ?? '') ||
  b.report.position - a.report.position ||
  laterFirst(a.report.event, b.report.event);

const unitsADay = ({ hi, from, to }: Claim): number => hi / (to - from);

/**
 * best-evidence-first: by grade, then later publication, then later recording.
 * latest-first: by later publication, then later recording.
 * most-conservative: what claims the fewest units a day (upper bound / days of the period), then what claims the least
 * about them (the widest bounds), then best evidence. No units count that a lower claim denies.
 */
export const ORDERS: Record<ChoosingRule, Order> = {
  'best-evidence-first': (a, b) => byGrade(a, b) || byNewness(a, b),
  'latest-first': byNewness,
  'most-conservative': (a, b) =>
    unitsADay(a) - unitsADay(b) || b.hi - b.lo - (a.hi - a.lo) || byGrade(a, b) || byNewness(a, b),
};

export function claimOf(report: FlowReport): Claim {
  return { report, ...dayNumbers(report.first, report.last), ...roundingBounds(report) };
}

/** A period as the days that C is taken at: its first, and the one after its last. */
export function dayNumbers(first: Day, last: Day): { readonly from: number; readonly to: number } {
  const from = dayNumber(first);
  const to = dayNumber(last) + 1;
  if (!(from < to)) throw new RangeError(`${first} to ${last} is no period`);
  return { from, to };
}

export const dayOfNumber = (day: number): Day => addDays('1970-01-01', day);
