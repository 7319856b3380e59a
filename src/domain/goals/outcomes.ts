import type { Automaker } from '../state/automaker.js';
import type { ChoosingRule } from '../measures/flows.js';
import type { Unit } from '../measures/measures.js';
import { dayNumber, daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import type { TargetTerms, TargetVersion } from '../state/records.js';
import { judge, saidFirst } from './judge.js';
import type { Status } from './status.js';

/** How a goal ended, or stands, by the terms of one of its versions. */
export interface Outcome {
  /** The event that said these terms first. */
  readonly event: string;
  readonly saidOn: EdtfDate;
  readonly threshold: number;
  readonly unit: Unit;
  readonly deadline?: EdtfDate;
  readonly status: Status;
  readonly asOf?: Day;
}

/** How far a deadline moved, against the time that went by. */
export interface Slip {
  readonly from: EdtfDate;
  readonly to: EdtfDate;
  /** Months from the first deadline that was given to the last one; below zero where it came nearer. */
  readonly monthsMoved: number;
  /** Months between the days on which the two were said. */
  readonly monthsGone: number;
  /**
   * Months moved per month gone by: 1 is a goal that stays as far away as it was. Absent before a year has gone by: a goal
   * that moves by two years within three months does not go on so. Absent too where an end lies anywhere within more than a year.
   */
  readonly rate?: number;
}

const DAYS_A_MONTH = 365.25 / 12;

/** So many months have to go by before a deadline has a pace; two days less are a year still. */
const LEAST_MONTHS_GONE = 11.9;

/** What a goal came to in each of its versions that had other terms than the one before; none where it never changed. */
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

/** Whether two versions of a goal promise the same, in whatever words. */
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

/** An end that is told as a span of more days than that has no pace. */
const MOST_DAYS_OF_AN_END = 366;

/** Whether the company gave the terms: no headline, nobody else, and no talk of which nobody says whose it is. */
const isOwnWord = ({ saidBy, firmness }: TargetTerms): boolean =>
  saidBy === undefined ? firmness !== 'mooted' : saidBy === 'automaker' || saidBy === 'executive';

/**
 * How the deadline slipped from the first version that gave one to the last; undefined where it was given once only. What a
 * headline or a rumour gave counts only where the company gave none.
 */
export function slipOf(versions: readonly TargetVersion[]): Slip | undefined {
  const now = versions.at(-1)?.terms;
  const given = versions.flatMap(({ type, occurredOn, terms }) =>
    // Withdrawing a goal gives it no deadline anew.
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
  const monthsMoved = months(daysOf(first.deadline).last, daysOf(last.deadline).last);
  return {
    from: first.deadline,
    to: last.deadline,
    monthsMoved,
    monthsGone,
    ...(monthsGone >= LEAST_MONTHS_GONE &&
      isOneEnd(first) &&
      isOneEnd(last) && { rate: monthsMoved / monthsGone }),
  };
}

function isOneEnd({ deadline }: { readonly deadline: EdtfDate }): boolean {
  const { first, last } = daysOf(deadline);
  return dayNumber(last) - dayNumber(first) < MOST_DAYS_OF_AN_END;
}
