import type { Progress } from './progress.js';
import type { Status } from './status.js';

/** How goals stand, counted: what can be judged, and how much of that has ended. */
export interface GoalTally {
  readonly announced: number;
  /** Met, missed, or with a pace that can be rated. */
  readonly judged: number;
  /** Achieved, or met already when set. */
  readonly met: number;
  readonly missed: number;
}

const MET: readonly Status[] = ['achieved', 'met-when-set'];
const RATED: readonly Status[] = [
  'on-track',
  'acceleration-needed',
  'between-bands',
  'limited',
  'deteriorating',
];

export const NO_GOALS: GoalTally = { announced: 0, judged: 0, met: 0, missed: 0 };

export function tallyOf(progress: readonly Pick<Progress, 'status'>[]): GoalTally {
  const count = (statuses: readonly Status[]): number =>
    progress.filter(({ status }) => statuses.includes(status)).length;
  const [met, missed] = [count(MET), count(['missed'])];
  return { announced: progress.length, judged: met + missed + count(RATED), met, missed };
}

export const added = (a: GoalTally, b: GoalTally): GoalTally => ({
  announced: a.announced + b.announced,
  judged: a.judged + b.judged,
  met: a.met + b.met,
  missed: a.missed + b.missed,
});
