import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { GoalTally } from '../../domain/goals/tally.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { Automaker } from '../../domain/state/automaker.js';
import { AutomakerIds } from '../automaker-ids.js';
import { AutomakerReader } from '../automaker-reader.js';
import { KeptAutomakers } from '../kept-automakers.js';

/** How an automaker stood: what orders it in a list, and what is counted of it. */
export interface PastStanding {
  readonly id: string;
  readonly urgency: string;
  readonly goals: GoalTally;
}

/** So many take about ten megabytes: of five thousand automakers on four days. */
const MOST_KEPT = 20_000;

/**
 * How automakers stood as of days in the past that were asked for lately, until something is recorded. To work it out of all of
 * them can take longer than anybody waits: whoever asks again goes on where the last one had to stop.
 */
@Injectable()
export class PastStandings {
  private readonly kept = new LRUCache<string, Known>({ max: MOST_KEPT });
  private stands: unknown;

  constructor(
    private readonly automakers: KeptAutomakers,
    private readonly ids: AutomakerIds,
    private readonly states: AutomakerReader,
  ) {}

  /** Of all automakers that were registered by then, in the order of their ids. */
  async all(clocks: Clocks, workOut: (automaker: Automaker) => PastStanding): Promise<PastStanding[]> {
    const stands = await this.automakers.standing();
    if (stands !== this.stands) this.kept.clear();
    this.stands = stands;
    const { trueOn = '', knownOn = '', publicOn = '' } = clocks;
    const keyOf = (id: string): string => `${id} ${trueOn} ${knownOn} ${publicOn}`;
    const all: PastStanding[] = [];
    for (let after = '', hasMore = true; hasMore;) {
      const ids = await this.ids.after(after, clocks, AT_ONCE);
      const missing = ids.filter((id) => !this.kept.has(keyOf(id)));
      const worked = new Map(
        (await this.states.some(missing, clocks)).map((each) => [each.id, workOut(each)]),
      );
      for (const id of ids) {
        const known = this.kept.get(keyOf(id)) ?? { standing: worked.get(id) };
        if (known.standing) all.push(known.standing);
        // What was recorded meanwhile may be in it, or not.
        if (this.stands === stands) this.kept.set(keyOf(id), known);
      }
      hasMore = ids.length === AT_ONCE;
      after = ids.at(-1) ?? after;
    }
    return all;
  }
}

/** So many are read together: no more than that is lost where whoever asked gives up. */
const AT_ONCE = 10;

interface Known {
  /** Undefined of an automaker that was not registered by then. */
  readonly standing: PastStanding | undefined;
}
