import type { Automaker } from '../state/automaker.js';
import type { ChoosingRule } from '../measures/flows.js';
import { daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import type { GoalKind, TargetRecord, TargetTerms, TargetVersion } from '../state/records.js';
import { completionOf, type Completion } from './completion.js';
import { judge, saidFirst } from './judge.js';
import type { KindKnown } from './kinds.js';
import { isSamePromise, type Slip } from './outcomes.js';
import type { Progress } from './progress.js';
import { voiceOf, type Voice } from './quiet.js';
import type { Age } from './staleness.js';
import type { Status } from './status.js';
import { changeClasses, type ChangeClass } from './target-history.js';

/** The ways in which an automaker can change a goal after setting it. */
export const GOAL_MOVES = [
  'raised',
  'cut',
  'postponed',
  'brought-forward',
  'dated',
  'undated',
  'redefined',
  'withdrawn',
] as const;
export type GoalMove = (typeof GOAL_MOVES)[number];

const MOVE_OF: Readonly<Partial<Record<ChangeClass, GoalMove>>> = {
  stronger: 'raised',
  weaker: 'cut',
  'deadline-set': 'dated',
  'deadline-dropped': 'undated',
  'measure-moved': 'redefined',
  'perimeter-moved': 'redefined',
  'market-scope-moved': 'redefined',
  withdrawn: 'withdrawn',
};

/** One change of a goal. */
export interface MovedGoal {
  readonly event: string;
  readonly saidOn: EdtfDate;
  readonly moves: readonly GoalMove[];
  readonly before: TargetTerms;
  readonly after: TargetTerms;
  readonly reason?: string;
}

/** The terms of one version, and the result of the figures against them. */
export interface TermsAndCompletion {
  readonly event: string;
  readonly saidOn: EdtfDate;
  readonly terms: TargetTerms;
  readonly status: Status;
  readonly asOf?: Day;
  /** Absent if there is no relevant figure, or only figures counted in a way that is not comparable. */
  readonly completion?: Completion;
}

/** A goal in the book of all goals. */
export interface GoalEntry {
  readonly automaker: string;
  readonly name: string;
  readonly target: string;
  readonly kind: GoalKind;
  readonly kindKnown: KindKnown;
  readonly first: TermsAndCompletion;
  readonly current: TermsAndCompletion;
  /** How many versions had other terms than the previous one, not counting withdrawals. */
  readonly revisions: number;
  /** Every change, oldest first. */
  readonly moved: readonly MovedGoal[];
  /** The current terms compared with the first; empty if they are the same. */
  readonly direction: readonly GoalMove[];
  readonly slip?: Slip;
  /** The verdict on the current terms, in sentences that can be published as they are. */
  readonly summary: string;
  readonly age?: Age;
  readonly voice?: Voice;
}

/** The entry of a goal, from its record and its progress on the day of the question. */
export function goalEntryOf(
  automaker: Automaker,
  record: TargetRecord,
  progress: Progress,
  rule?: ChoosingRule,
): GoalEntry {
  const { versions } = record;
  const [first, last] = [versions[0], versions.at(-1)];
  if (!first || !last) throw new Error(`target ${record.target} has no version`);
  const current = currentOf(automaker, last, progress, rule);
  const same = isSamePromise(first.terms, last.terms);
  const voice = voiceOf(record, progress.on)?.voice;
  const { kind, kindKnown, slip, summary, staleness } = progress;
  return {
    automaker: automaker.id,
    name: automaker.profile.name,
    target: record.target,
    kind,
    kindKnown,
    first: same
      ? { ...current, event: first.event, saidOn: first.occurredOn, terms: first.terms }
      : firstOf(automaker, versions, first, rule),
    current,
    revisions: revisionsOf(versions),
    moved: movedOf(versions),
    direction: movesBetween(first.terms, last.terms),
    ...(slip && { slip }),
    summary,
    ...(staleness && { age: staleness.age }),
    ...(voice !== undefined && { voice }),
  };
}

function currentOf(
  automaker: Automaker,
  { event, occurredOn, terms }: TargetVersion,
  { value, status, statusAsOf }: Progress,
  rule?: ChoosingRule,
): TermsAndCompletion {
  const bounds = value && { lo: value.lo ?? 0, hi: value.hi ?? Number.POSITIVE_INFINITY };
  const completion =
    value && bounds && value.isProxy !== true
      ? completionOf(automaker, terms, { ...value, bounds }, rule)
      : undefined;
  return {
    event,
    saidOn: occurredOn,
    terms,
    status,
    ...(statusAsOf !== undefined && { asOf: statusAsOf }),
    ...(completion && { completion }),
  };
}

function firstOf(
  automaker: Automaker,
  versions: readonly TargetVersion[],
  { event, occurredOn, terms }: TargetVersion,
  rule?: ChoosingRule,
): TermsAndCompletion {
  const { finding } = judge(automaker, terms, saidFirst(versions, 0), rule);
  const { reading, isProxy, status, asOf } = finding;
  const completion = reading && isProxy !== true ? completionOf(automaker, terms, reading, rule) : undefined;
  return {
    event,
    saidOn: occurredOn,
    terms,
    status,
    ...(asOf !== undefined && { asOf }),
    ...(completion && { completion }),
  };
}

const revisionsOf = (versions: readonly TargetVersion[]): number =>
  versions.filter(({ type, terms }, index) => {
    const before = versions[index - 1]?.terms;
    return before !== undefined && type !== 'TargetWithdrawn' && !isSamePromise(before, terms);
  }).length;

function movesBetween(before: TargetTerms, after: TargetTerms): GoalMove[] {
  const moves = changeClasses(before, after).flatMap((each) => MOVE_OF[each] ?? []);
  return [...new Set([...moves, ...deadlineMoves(before, after)])];
}

/** Compares the last possible days: changing "2018" to "the end of 2018" postpones nothing. */
function deadlineMoves({ deadline: before }: TargetTerms, { deadline: after }: TargetTerms): GoalMove[] {
  if (before === undefined || after === undefined) return [];
  const [was, is] = [daysOf(before).last, daysOf(after).last];
  if (is === was) return [];
  return is > was ? ['postponed'] : ['brought-forward'];
}

/** Every change of a goal, oldest first. */
function movedOf(versions: readonly TargetVersion[]): MovedGoal[] {
  return versions.flatMap((version, index): MovedGoal[] => {
    const before = versions[index - 1]?.terms;
    if (!before) return [];
    const { event, occurredOn, type, terms, reason } = version;
    const moves: GoalMove[] = type === 'TargetWithdrawn' ? ['withdrawn'] : movesBetween(before, terms);
    if (moves.length === 0) return [];
    return [
      {
        event,
        saidOn: occurredOn,
        moves,
        before,
        after: terms,
        ...(reason !== undefined && { reason }),
      },
    ];
  });
}

/**
 * Whether a goal was changed in one of the given ways (in any way if none is given), on a day that is
 * certainly not before `since`.
 */
export const wasMoved = (
  versions: readonly TargetVersion[],
  wanted: readonly GoalMove[],
  since: Day | undefined,
): boolean =>
  movedOf(versions).some(
    ({ moves, saidOn }) =>
      (wanted.length === 0 || moves.some((move) => wanted.includes(move))) &&
      (since === undefined || daysOf(saidOn).first >= since),
  );
