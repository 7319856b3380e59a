import type { Measure } from '../measures/measures.js';
import type { Status } from './status.js';
import { dayNumber, type Day } from '../ledger/edtf.js';
import type { Progress } from './progress.js';

/** What says most about a move abroad first. */
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

/** What calls for attention first. */
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

/** What a goal is chosen by, where there is room for one. It follows from the records alone: the day of asking is applied to it. */
export interface HeadlineGoal {
  readonly target: string;
  readonly status: Status;
  /** Of the whole automaker, rather than of a market or a brand. */
  readonly isWhole: boolean;
  readonly isMooted: boolean;
  readonly hasValue: boolean;
  readonly saidOn: Day;
  readonly measure: Measure;
  /** The last day that its deadline can mean. */
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
 * The target that stands for an automaker where there is room for one: of the whole automaker rather than of a market or
 * a brand, announced rather than mooted, with its deadline ahead and figures of its own period; of those the newest that was said,
 * and of one day the most telling measure.
 */
export function headlineOf(progress: readonly Progress[]): Progress | undefined {
  const ranked = progress.map((each) => ({ each, rank: rank(headlineGoalOf(each), each.on) }));
  return ranked.sort(compareBy((one) => one.rank))[0]?.each;
}

/** The same among what goals are chosen by, on a day. */
export function headlineOn(goals: readonly HeadlineGoal[], on: Day): HeadlineGoal | undefined {
  return [...goals].sort(compareBy((goal) => rank(goal, on)))[0];
}

/**
 * Those of some goals that are chosen on one day or another: only deadlines pass. So the first of all is, and each one whose
 * deadline lies after those of all before it.
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

/** Before all deadlines, and after them. */
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
    // The newest first: later days sort before earlier ones.
    0 - dayNumber(saidOn),
    telling < 0 ? TELLING.length : telling,
    late ?? '9999',
  ];
}

/** How much a target calls for attention, as a text: what calls for most comes first in order; what has no target, last. */
export function urgencyOf(goal: Pick<HeadlineGoal, 'status' | 'late'> | undefined): string {
  const order = goal ? URGENCY.indexOf(goal.status) : URGENCY.length;
  // As long as each other, since it is a text that is compared.
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
