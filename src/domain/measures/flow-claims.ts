import { addDays, dayNumber, type Day } from '../ledger/edtf.js';
import { grouped } from '../state/grouped.js';
import type { FlowConstraint } from './flow-graph.js';
import type { Weighed } from './hitting-sets.js';
import { roundingBounds, type PrintedFigure, type WholeBounds } from './rounding.js';
import { wireOf } from './wires.js';

/** A report of the units of one measure and perimeter over a period. */
export interface FlowReport extends PrintedFigure {
  /** The event that contains it. An event has one report. */
  readonly event: string;
  readonly first: Day;
  /** Inclusive. */
  readonly last: Day;
  readonly grade: 'confirmed' | 'reported' | 'rumoured';
  /** No source states it: the analyst derived it. */
  readonly isDerived?: true;
  readonly publishedOn?: Day;
  /** Who stated it. A report without known publishers counts as one publisher. */
  readonly publishers?: readonly string[];
  /** Position in the order of recording. */
  readonly position: number;
}

/** The rules for choosing between contradictory reports. */
export const CHOOSING_RULES = [
  'least-repair',
  'best-evidence-first',
  'latest-first',
  'most-conservative',
] as const;
export type ChoosingRule = (typeof CHOOSING_RULES)[number];
export const DEFAULT_RULE: ChoosingRule = 'least-repair';

/** A report as a constraint on C: lo ≤ C(to) − C(from) ≤ hi, with days as numbers. */
export interface Claim extends WholeBounds {
  readonly report: FlowReport;
  readonly from: number;
  readonly to: number;
}

export type Order = (a: Claim, b: Claim) => number;

const GRADE_RANK = { confirmed: 0, reported: 1, rumoured: 2 } as const;

/** Derived figures rank below all stated ones. */
const DERIVED_RANK = 3;
const rankOf = ({ report: { grade, isDerived } }: Claim): number =>
  isDerived ? DERIVED_RANK : GRADE_RANK[grade];

const byGrade: Order = (a, b) => rankOf(a) - rankOf(b);

const laterFirst = (a: string, b: string): number => (a === b ? 0 : a > b ? -1 : 1);

/** Latest published first, then latest recorded. Reports without a publication date come last. */
const byNewness: Order = (a, b) =>
  laterFirst(a.report.publishedOn ?? '', b.report.publishedOn ?? '') ||
  b.report.position - a.report.position ||
  laterFirst(a.report.event, b.report.event);

const unitsADay = ({ hi, from, to }: Claim): number => hi / (to - from);

/** Compares by content, so that the order of recording does not matter. */
const byContent: Order = (a, b) =>
  a.from - b.from ||
  a.to - b.to ||
  a.lo - b.lo ||
  a.hi - b.hi ||
  byGrade(a, b) ||
  laterFirst(a.report.publishedOn ?? '', b.report.publishedOn ?? '') ||
  laterFirst(b.report.event, a.report.event);

/**
 * least-repair: by content; the rule leaves out the lightest set that makes the rest consistent.
 * best-evidence-first: stated figures first, by grade, then latest published, then latest recorded.
 * latest-first: latest published, then latest recorded.
 * most-conservative: the fewest units per day first (upper bound / days of the period), then the widest
 * bounds, then best evidence. Units that a lower claim denies do not count.
 */
export const ORDERS: Record<ChoosingRule, Order> = {
  'least-repair': byContent,
  'best-evidence-first': (a, b) => byGrade(a, b) || byNewness(a, b),
  'latest-first': byNewness,
  'most-conservative': (a, b) =>
    unitsADay(a) - unitsADay(b) || b.hi - b.lo - (a.hi - a.lo) || byGrade(a, b) || byNewness(a, b),
};

export function claimOf(report: FlowReport): Claim {
  return { report, ...dayNumbers(report.first, report.last), ...roundingBounds(report) };
}

/** A period as two day numbers of C: its first day, and the day after its last. */
export function dayNumbers(first: Day, last: Day): { readonly from: number; readonly to: number } {
  const from = dayNumber(first);
  const to = dayNumber(last) + 1;
  if (!(from < to)) throw new RangeError(`${first} to ${last} is no period`);
  return { from, to };
}

/** Reports that say the same about the same days. They are kept or left out together. */
export interface Witness extends Weighed, FlowConstraint {
  readonly claims: readonly [Claim, ...Claim[]];
}

/**
 * The weight of a report by its best evidence: two press reports outweigh one company report, and five
 * rumours weigh as much as one press report.
 */
const GRADE_WEIGHT = { confirmed: 5.5, reported: 5, rumoured: 1 } as const;
/** Less than a rumour, regardless of how many publishers' figures it is derived from. */
const DERIVED_WEIGHT = 0.9;
/**
 * Each publisher beyond the first adds one, up to this number, if they are on different wires: reprints are
 * not independent observations.
 */
const MOST_OTHER_PUBLISHERS = 3;

/** Turns claims into witnesses, in order. If `isMerged`, equal claims share a witness. */
export function witnessesOf(claims: readonly Claim[], isMerged: boolean): readonly Witness[] {
  const alike = grouped(claims, ({ from, to, lo, hi, report }) =>
    isMerged ? `${from} ${to} ${lo} ${hi}` : report.event,
  );
  return [...alike.values()].flatMap(([first, ...rest]) => (first ? [witnessOf([first, ...rest])] : []));
}

/** The witnesses after adding a claim. Unaffected witnesses stay the same objects. */
export function withClaim(
  witnesses: readonly Witness[],
  claim: Claim,
  rule: ChoosingRule,
): readonly Witness[] {
  const order = ORDERS[rule];
  const alike = rule === 'least-repair' ? witnesses.findIndex((each) => isAlike(each, claim)) : -1;
  const known = witnesses[alike];
  if (known) {
    const [first, ...rest] = [...known.claims, claim].sort(order);
    return first ? witnesses.with(alike, witnessOf([first, ...rest])) : witnesses;
  }
  const place = witnesses.findIndex((other) => order(claim, other.claims[0]) < 0);
  return witnesses.toSpliced(place < 0 ? witnesses.length : place, 0, witnessOf([claim]));
}

const isAlike = (a: Claim | Witness, b: Claim): boolean =>
  a.from === b.from && a.to === b.to && a.lo === b.lo && a.hi === b.hi;

function witnessOf(claims: readonly [Claim, ...Claim[]]): Witness {
  const [{ from, to, lo, hi, report }] = claims;
  const stated = claims.filter((claim) => claim.report.isDerived !== true);
  const publishers = new Set(
    stated.flatMap(({ report: { publishers = [], event } }) =>
      publishers.length > 0 ? publishers.map(wireOf) : [event],
    ),
  );
  const heaviest = Math.max(...stated.map((claim) => GRADE_WEIGHT[claim.report.grade]));
  return {
    claims,
    from,
    to,
    lo,
    hi,
    weight:
      stated.length === 0 ? DERIVED_WEIGHT : heaviest + Math.min(MOST_OTHER_PUBLISHERS, publishers.size - 1),
    terms: (end) => [{ event: report.event, sign: 1, end, units: end === 'lo' ? lo : hi }],
  };
}

export const dayOfNumber = (day: number): Day => addDays('1970-01-01', day);
