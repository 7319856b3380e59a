import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { Automaker } from '../../domain/state/automaker.js';
import { AutomakerIds } from '../automaker-ids.js';
import { AutomakerReader } from '../automaker-reader.js';
import { headlineGoalOf, headlineOf, urgencyOf } from '../../domain/goals/headline.js';
import { NO_GOALS, tallyOf, type GoalTally } from '../../domain/goals/tally.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { KeptAutomakers } from '../kept-automakers.js';
import { AutomakerIndex } from './automaker-index.js';
import { memoizedProgress } from './memoized-progress.js';
import type { PastOutline } from './past-days.js';
import { headlineThen, tallyThen } from './past-outline.js';

/** The past standing of an automaker: its sort key in a list, and its goal counts. */
export interface PastStanding {
  readonly id: string;
  readonly urgency: string;
  readonly goals: GoalTally;
}

/** This many entries take about ten megabytes: five thousand automakers on four days. */
const MOST_KEPT = 20_000;

/**
 * The standing of automakers on past days: from their stored pasts, or else from all of their events. Those are cached for
 * recently requested days, until something is recorded: computing them for all can exceed the time limit, and a
 * repeated request continues where the last one stopped.
 */
@Injectable()
export class PastStandings {
  private readonly kept = new LRUCache<string, Known>({ max: MOST_KEPT });
  private stands: unknown;

  constructor(
    private readonly automakers: KeptAutomakers,
    private readonly ids: AutomakerIds,
    private readonly states: AutomakerReader,
    private readonly index: AutomakerIndex,
  ) {}

  /** The standing of all automakers registered by then, ordered by id. */
  async all(clocks: Clocks, on: Day): Promise<PastStanding[]> {
    const pasts = await this.index.pasts(clocks);
    const stands = await this.automakers.standing();
    if (stands !== this.stands) this.kept.clear();
    this.stands = stands;
    const { trueOn = '', knownOn = '', publicOn = '' } = clocks;
    const keyOf = (id: string): string => `${id} ${trueOn} ${knownOn} ${publicOn}`;
    const all: PastStanding[] = [];
    for await (const ids of this.someIds(clocks, pasts)) {
      const missing = ids.filter((id) => !pasts.has(id) && !this.kept.has(keyOf(id)));
      const worked = new Map<string, PastStanding>();
      for await (const each of this.states.inPassing(missing, clocks))
        worked.set(each.id, standingOf(each, on));
      for (const id of ids) {
        const past = pasts.get(id);
        if (past) {
          all.push(standingThen(id, past, on));
          continue;
        }
        const known = this.kept.get(keyOf(id)) ?? { standing: worked.get(id) };
        if (known.standing) all.push(known.standing);
        // Events recorded meanwhile may or may not be included.
        if (this.stands === stands) this.kept.set(keyOf(id), known);
      }
    }
    return all;
  }

  /** Few at a time of those that are worked out. */
  private async *someIds(
    clocks: Clocks,
    pasts: ReadonlyMap<string, PastOutline>,
  ): AsyncGenerator<readonly string[]> {
    for (let after = '', hasMore = true; hasMore;) {
      const ids = await this.ids.after(after, clocks, IDS_AT_ONCE);
      let some: string[] = [];
      let missing = 0;
      for (const id of ids) {
        some.push(id);
        if (pasts.has(id) || ++missing % AT_ONCE > 0) continue;
        yield some;
        some = [];
      }
      yield some;
      hasMore = ids.length === IDS_AT_ONCE;
      after = ids.at(-1) ?? after;
    }
  }
}

const IDS_AT_ONCE = 500;
/** The number of automakers worked out together. At most this much work is lost if a client gives up. */
const AT_ONCE = 10;

function standingOf(automaker: Automaker, on: Day): PastStanding {
  const progress = automaker.targets.map((target) => memoizedProgress(automaker, target, on));
  const headline = headlineOf(progress);
  return {
    id: automaker.id,
    urgency: urgencyOf(headline && headlineGoalOf(headline)),
    goals: tallyOf(progress),
  };
}

/** The same, from a stored past. */
const standingThen = (id: string, past: PastOutline, on: Day): PastStanding => ({
  id,
  urgency: urgencyOf(headlineThen(past, on)),
  goals: tallyThen(past, on) ?? NO_GOALS,
});

interface Known {
  /** Undefined for an automaker that was not registered by then. */
  readonly standing: PastStanding | undefined;
}
