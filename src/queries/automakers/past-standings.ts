import { Injectable } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import type { GoalTally } from '../../domain/goals/tally.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { Automaker } from '../../domain/state/automaker.js';
import { AutomakerIds } from '../automaker-ids.js';
import { AutomakerReader } from '../automaker-reader.js';
import { KeptAutomakers } from '../kept-automakers.js';

/** The past standing of an automaker: its sort key in a list, and its goal counts. */
export interface PastStanding {
  readonly id: string;
  readonly urgency: string;
  readonly goals: GoalTally;
}

/** This many entries take about ten megabytes: five thousand automakers on four days. */
const MOST_KEPT = 20_000;

/**
 * Caches the standing of automakers on recently requested past days, until something is recorded. Computing
 * it for all can exceed the time limit; a repeated request continues where the last one stopped.
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

  /** The standing of all automakers registered by then, ordered by id. */
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
      const worked = new Map<string, PastStanding>();
      for await (const each of this.states.inPassing(missing, clocks)) worked.set(each.id, workOut(each));
      for (const id of ids) {
        const known = this.kept.get(keyOf(id)) ?? { standing: worked.get(id) };
        if (known.standing) all.push(known.standing);
        // Events recorded meanwhile may or may not be included.
        if (this.stands === stands) this.kept.set(keyOf(id), known);
      }
      hasMore = ids.length === AT_ONCE;
      after = ids.at(-1) ?? after;
    }
    return all;
  }
}

/** The number of automakers read together. At most this much work is lost if a client gives up. */
const AT_ONCE = 10;

interface Known {
  /** Undefined for an automaker that was not registered by then. */
  readonly standing: PastStanding | undefined;
}
