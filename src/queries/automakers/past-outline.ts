import type { GoalTally } from '../../domain/goals/tally.js';
import type { Status } from '../../domain/goals/status.js';
import type { Day } from '../../domain/ledger/edtf.js';
import type { Steps } from '../../domain/state/steps.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { recordOf } from '../../domain/state/subject-state.js';
import type { Presence } from '../markets/market-presence.js';
import { presenceDaysInSteps } from './past-presence.js';
import { standingDaysInSteps } from './past-goals.js';

/** A headline goal of an automaker, as far as the order of a list needs it. */
export interface PastHeadline {
  readonly status: Status;
  /** The last possible day of its deadline. */
  readonly late?: Day;
}

/** What stands from a day on: the goals counted by standing, and the places in `headlines` of those to choose from. */
export type StandingDay = readonly [from: Day, tally: GoalTally, headlines: readonly number[]];

/** The presence in a market from a day on; null where no record names the market any more. */
export type PresenceDay = readonly [from: Day, presence: readonly Presence[] | null];

/**
 * What lists as of past days need of an automaker, for every day: how its goals stood, and where it was. A list as of
 * a past day then costs a row for each automaker, and not a fold of all of its events. It is made from everything
 * recorded by now, so it holds for questions with no other clock.
 */
export interface PastOutline {
  readonly headlines: readonly PastHeadline[];
  /** Oldest first, and the same for presence. */
  readonly standings: readonly StandingDay[];
  readonly presence: readonly (readonly [market: string, days: readonly PresenceDay[]])[];
}

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
