import type { Status } from '../../domain/goals/status.js';
import type { GoalTally } from '../../domain/goals/tally.js';
import type { Day } from '../../domain/ledger/edtf.js';
import type { Presence } from '../markets/market-presence.js';

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
