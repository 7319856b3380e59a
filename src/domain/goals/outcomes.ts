import type { Automaker } from '../state/automaker.js';
import type { ChoosingRule } from '../measures/flows.js';
import type { Unit } from '../measures/measures.js';
import { dayNumber, daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import type { TargetTerms, TargetVersion } from '../state/records.js';
import { judge, saidFirst } from './judge.js';
import type { Status } from './status.js';

/** How a goal ended, or stands, by the terms of one of its versions. */
export interface Outcome {
  /** The event that first stated these terms. */
  readonly event: string;
  readonly saidOn: EdtfDate;
  readonly threshold: number;
  readonly unit: Unit;
  readonly deadline?: EdtfDate;
  readonly status: Status;
  readonly asOf?: Day;
}

/** How far a deadline moved, compared with the time elapsed. */
export interface Slip {
  readonly from: EdtfDate;
  readonly to: EdtfDate;
  /**
   * Months from the first to the last stated deadline; negative if it moved closer. Absent if one of them spans
   * more than a year: then only `monthsMovedBetween` is known.
   */
  readonly monthsMoved?: number;
  /** The months between the early ends of the two deadlines and between their late ends, in ascending order. */
  readonly monthsMovedBetween?: { readonly lo: number; readonly hi: number };
  /** Months between the days on which the two were stated. */
  readonly monthsGone: number;
  /**
   * Months moved per month elapsed; at 1, the goal stays as far away as it was. Absent within the first year,
   * because a move of two years within three months will not continue at that rate. Also absent if a deadline
   * spans more than a year.
   */
  readonly rate?: number;
}

const DAYS_A_MONTH = 365.25 / 12;

/** The months before a deadline has a pace. A year that lacks a few days still counts. */
const LEAST_MONTHS_GONE = 11.9;

/** The outcome of each version whose terms differ from the previous one; empty if the terms never changed. */
export function outcomesOf(
  automaker: Automaker,
  versions: readonly TargetVersion[],
  rule?: ChoosingRule,
): Outcome[] {
  const distinct = versions
    .map((version, index) => ({ version, index }))
    .filter(({ version, index }) => {
      const before = versions[index - 1]?.terms;
      return version.type !== 'TargetWithdrawn' && (!before || !isSamePromise(before, version.terms));
    });
  if (distinct.length < 2) return [];
  return distinct.map(({ version: { event, occurredOn, terms }, index }) => {
    const { finding } = judge(automaker, terms, saidFirst(versions, index), rule);
    return {
      event,
      saidOn: occurredOn,
      threshold: terms.threshold,
      unit: terms.unit,
      ...(terms.deadline !== undefined && { deadline: terms.deadline }),
      status: finding.status,
      ...(finding.asOf !== undefined && { asOf: finding.asOf }),
    };
  });
}

/** Whether two versions of a goal promise the same, regardless of wording. */
export function isSamePromise(a: TargetTerms, b: TargetTerms): boolean {
  return (
    a.measure === b.measure &&
    a.threshold === b.threshold &&
    a.deadline === b.deadline &&
    a.period === b.period &&
    a.basis === b.basis &&
    a.entity === b.entity &&
    a.market === b.market
  );
}

/** A deadline that spans more days than this has no pace. */
const MOST_DAYS_OF_AN_END = 366;

/** Whether the company gave the terms: no headline, nobody else, no unattributed rumour. */
const isOwnWord = ({ saidBy, firmness }: TargetTerms): boolean =>
  saidBy === undefined ? firmness !== 'mooted' : saidBy === 'automaker' || saidBy === 'executive';

/**
 * How the deadline moved from the first version that stated one to the last; undefined if it was stated only
 * once. Deadlines from headlines or rumours count only if the company gave none.
 */
export function slipOf(versions: readonly TargetVersion[]): Slip | undefined {
  const now = versions.at(-1)?.terms;
  const given = versions.flatMap(({ type, occurredOn, terms }) =>
    // A withdrawal does not state a deadline.
    type !== 'TargetWithdrawn' && terms.deadline !== undefined && terms.measure === now?.measure
      ? [{ deadline: terms.deadline, said: daysOf(occurredOn).last, isOwn: isOwnWord(terms) }]
      : [],
  );
  const own = given.filter(({ isOwn }) => isOwn);
  const dated = own.length > 0 ? own : given;
  const [first, last] = [dated[0], dated.at(-1)];
  if (!first || !last || first.deadline === last.deadline) return undefined;
  const months = (from: Day, to: Day): number => (dayNumber(to) - dayNumber(from)) / DAYS_A_MONTH;
  const monthsGone = months(first.said, last.said);
  if (monthsGone <= 0) return undefined;
  const [before, after] = [daysOf(first.deadline), daysOf(last.deadline)];
  const monthsMoved = months(before.last, after.last);
  const about = { from: first.deadline, to: last.deadline };
  if (!isOneEnd(first) || !isOneEnd(last)) {
    const early = months(before.first, after.first);
    const [lo, hi] = [Math.min(early, monthsMoved), Math.max(early, monthsMoved)];
    return { ...about, monthsMovedBetween: { lo, hi }, monthsGone };
  }
  return {
    ...about,
    monthsMoved,
    monthsGone,
    ...(monthsGone >= LEAST_MONTHS_GONE && { rate: monthsMoved / monthsGone }),
  };
}

function isOneEnd({ deadline }: { readonly deadline: EdtfDate }): boolean {
  const { first, last } = daysOf(deadline);
  return dayNumber(last) - dayNumber(first) < MOST_DAYS_OF_AN_END;
}
