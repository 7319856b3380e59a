import type { Measure } from '../measures/measures.js';
import type { Status } from './status.js';
import { dayNumber, type Day } from '../ledger/edtf.js';
import type { Progress } from './progress.js';

/** Ordered by how much a measure says about an expansion abroad, most first. */
const TELLING: readonly Measure[] = [
  'overseas-sales-share',
  'overseas-units',
  'overseas-markets',
  'overseas-sales-and-service-points',
  'overseas-service-centers',
  'overseas-stores',
  'production-sites',
  'production-capacity',
];

/** Ordered by urgency, most urgent first. */
const URGENCY: readonly Status[] = [
  'missed',
  'deteriorating',
  'limited',
  'between-bands',
  'acceleration-needed',
  'on-track',
  'achieved',
  'met-when-set',
  'not-comparable',
  'not-enough-evidence',
  'withdrawn',
];

/** The criteria for choosing the one goal to show. The day of the question is applied to them. */
export interface HeadlineGoal {
  readonly target: string;
  readonly status: Status;
  /** The goal concerns the whole automaker, not a market or a brand. */
  readonly isWhole: boolean;
  readonly isMooted: boolean;
  readonly hasValue: boolean;
  readonly saidOn: Day;
  readonly measure: Measure;
  /** The last possible day of its deadline. */
  readonly late?: Day;
}

export function headlineGoalOf({
  target,
  status,
  terms,
  deadline,
  value,
  saidOn,
}: Pick<Progress, 'target' | 'status' | 'terms' | 'deadline' | 'value' | 'saidOn'>): HeadlineGoal {
  return {
    target,
    status,
    isWhole: terms.entity === undefined && terms.market === undefined,
    isMooted: terms.firmness === 'mooted',
    hasValue: value !== undefined && value.isProxy !== true,
    saidOn,
    measure: terms.measure,
    ...(deadline && { late: deadline.late }),
  };
}

/**
 * The target that represents an automaker if there is room for one. It prefers goals of the whole automaker
 * to those of a market or brand, announced to mooted ones, goals with a future deadline, and goals with
 * figures of their own period; among those the most recently stated one, and for the same day the most
 * telling measure.
 */
export function headlineOf(progress: readonly Progress[]): Progress | undefined {
  const ranked = progress.map((each) => ({ each, rank: rank(headlineGoalOf(each), each.on) }));
  return ranked.sort(compareBy((one) => one.rank))[0]?.each;
}

/** The same choice on a given day, among the criteria of goals. */
export function headlineOn(goals: readonly HeadlineGoal[], on: Day): HeadlineGoal | undefined {
  return [...goals].sort(compareBy((goal) => rank(goal, on)))[0];
}

/**
 * The goals that are the choice on some day, given that only deadlines pass over time: the first in order,
 * and each one whose deadline is later than those of all before it.
 */
export function lastingHeadlines(goals: readonly HeadlineGoal[]): HeadlineGoal[] {
  const inOrder = [...goals].sort(compareBy((goal) => rank(goal, NEVER_OVER)));
  const [best] = inOrder;
  const kept: HeadlineGoal[] = [];
  let latest = '';
  for (const goal of inOrder) {
    if (goal.isWhole !== best?.isWhole || (goal.status === 'withdrawn') !== (best.status === 'withdrawn'))
      break;
    const late = goal.late ?? NO_DEADLINE;
    if (kept.length > 0 && late <= latest) continue;
    kept.push(goal);
    latest = late;
  }
  return kept;
}

/** A day before all deadlines, and a text after them. */
const NEVER_OVER = '';
const NO_DEADLINE = '~';

function rank(
  { status, isWhole, isMooted, hasValue, saidOn, measure, late }: HeadlineGoal,
  on: Day,
): readonly (number | string)[] {
  const telling = TELLING.indexOf(measure);
  return [
    status === 'withdrawn' ? 1 : 0,
    isWhole ? 0 : 1,
    late !== undefined && late < on ? 1 : 0,
    isMooted ? 1 : 0,
    hasValue ? 0 : 1,
    // The newest first: the negative makes later days sort first.
    0 - dayNumber(saidOn),
    telling < 0 ? TELLING.length : telling,
    late ?? '9999',
  ];
}

/**
 * A sort key for the urgency of a target: the most urgent sorts first, an automaker without a target last.
 */
export function urgencyOf(goal: Pick<HeadlineGoal, 'status' | 'late'> | undefined): string {
  const order = goal ? URGENCY.indexOf(goal.status) : URGENCY.length;
  // Padded to a fixed length, since the keys are compared as texts.
  return `${String(order).padStart(2, '0')} ${goal?.late ?? '9999'}`;
}

function compareBy<T>(keys: (item: T) => readonly (number | string)[]): (a: T, b: T) => number {
  return (a, b) => {
    const [of, to] = [keys(a), keys(b)];
    for (const [index, key] of of.entries()) {
      const other = to[index] ?? key;
      if (key !== other) return key < other ? -1 : 1;
    }
    return 0;
  };
}
