import type { GoalTally } from '../../domain/goals/tally.js';
import type { Day } from '../../domain/ledger/edtf.js';
import type { Steps } from '../../domain/state/steps.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { recordOf } from '../../domain/state/subject-state.js';
import type { Presence } from '../markets/market-presence.js';
import type { PastHeadline, PastOutline } from './past-days.js';
import { presenceDaysInSteps } from './past-presence.js';
import { standingDaysInSteps } from './past-goals.js';

/**
 * The past of an automaker without relatives, from the state of all recorded events. Undefined if nothing is registered,
 * or if its goals would have to be judged too often.
 */
export function* pastOutlineInSteps(id: string, state: StreamState): Steps<PastOutline | undefined> {
  const profile = state.automaker && recordOf<'automaker'>(state.automaker);
  if (!profile) return undefined;
  const goals = yield* standingDaysInSteps(id, profile, state);
  return goals && { ...goals, presence: yield* presenceDaysInSteps(profile, state) };
}

/** The headline goal on a day: deadlines pass between the days of events. */
export function headlineThen({ headlines, standings }: PastOutline, on: Day): PastHeadline | undefined {
  const [, , places] = latestBy(standings, on) ?? ['', undefined, []];
  const chosen = places.flatMap((place) => headlines[place] ?? []);
  return chosen.find(({ late }) => late === undefined || late >= on) ?? chosen[0];
}

/** The goals on a day, counted by standing; undefined if it had none. */
export const tallyThen = ({ standings }: PastOutline, on: Day): GoalTally | undefined =>
  latestBy(standings, on)?.[1];

/** The presence on a day, in each market that a record names. */
export const presenceThen = ({ presence }: PastOutline, on: Day): [string, readonly Presence[]][] =>
  presence.flatMap(([market, days]): [string, readonly Presence[]][] => {
    const then = latestBy(days, on)?.[1];
    return then ? [[market, then]] : [];
  });

function latestBy<T extends readonly [from: Day, ...unknown[]]>(days: readonly T[], on: Day): T | undefined {
  let [low, high] = [0, days.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    const from = days[middle]?.[0];
    if (from !== undefined && from <= on) low = middle + 1;
    else high = middle;
  }
  return days[low - 1];
}
