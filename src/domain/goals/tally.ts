import type { Progress } from './progress.js';
import { listInWords } from '../words/values.js';
import type { Status } from './status.js';

/** Goals counted by status: how many can be judged, and how many of those have ended. */
export interface GoalTally {
  readonly announced: number;
  /** Met, missed, or with a pace that can be rated. */
  readonly judged: number;
  /** Achieved, or already met when set. */
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

/** Whether a status rates the pace of a goal, which is known as of its newest figure only. */
export const isRated = (status: Status): boolean => RATED.includes(status);

export const NO_GOALS: GoalTally = { announced: 0, judged: 0, met: 0, missed: 0 };

export function tallyOf(progress: readonly Pick<Progress, 'status'>[]): GoalTally {
  const count = (statuses: readonly Status[]): number =>
    progress.filter(({ status }) => statuses.includes(status)).length;
  const [met, missed] = [count(MET), count(['missed'])];
  return { announced: progress.length, judged: met + missed + count(RATED), met, missed };
}

/** The outcomes of some goals in words: "1 was met, 2 were missed and 1 cannot be judged". */
export function outcomesInWords(statuses: readonly Status[]): string {
  const { announced, judged, met, missed } = tallyOf(statuses.map((status) => ({ status })));
  const withdrawn = statuses.filter((status) => status === 'withdrawn').length;
  const running = judged - met - missed;
  const were = (count: number): string => `${count} ${count === 1 ? 'was' : 'were'}`;
  const parts = [
    ...(met > 0 ? [`${were(met)} met`] : []),
    ...(missed > 0 ? [`${were(missed)} missed`] : []),
    ...(withdrawn > 0 ? [`${were(withdrawn)} withdrawn`] : []),
    ...(running > 0 ? [`${running} ${running === 1 ? 'has' : 'have'} no end in the figures yet`] : []),
    ...(announced > judged + withdrawn ? [`${announced - judged - withdrawn} cannot be judged`] : []),
  ];
  return listInWords(parts);
}

export const added = (a: GoalTally, b: GoalTally): GoalTally => ({
  announced: a.announced + b.announced,
  judged: a.judged + b.judged,
  met: a.met + b.met,
  missed: a.missed + b.missed,
});
