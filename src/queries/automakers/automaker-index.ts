import { Injectable } from '@nestjs/common';
import type { Automaker } from '../../domain/state/automaker.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { headlineOf, urgencyOf } from '../../domain/goals/headline.js';
import { tallyOf, type GoalTally } from '../../domain/goals/tally.js';
import { dayOf, type Day } from '../../domain/ledger/edtf.js';
import { Clock } from '../../clock/clock.js';
import { ReadModel } from '../../read-model/read-model.js';
import { quietGoalsOf, type QuietGoal } from '../audit/quiet-goals.js';
import { AutomakerIds } from '../automaker-ids.js';
import { outsideOfQuestions } from '../../api/in-turns.js';
import { marketsOf, presenceOf, type MarketPresence } from '../markets/market-presence.js';
import { relativesWanted } from '../relatives.js';
import { AutomakerReader } from '../automaker-reader.js';
import { memoizedProgress } from './memoized-progress.js';

/** What lists and maps of all automakers take from each, in a few hundred bytes. */
export interface IndexedAutomaker {
  readonly id: string;
  readonly name: string;
  /** Of the target that says most about it; what calls for attention comes first in order. */
  readonly urgency: string;
  readonly quiet: readonly QuietGoal[];
  /** How its goals stand, counted. */
  readonly goals: GoalTally;
  readonly presence: MarketPresence;
  /** Every market of which anything is recorded, its own too. */
  readonly markets: ReadonlySet<string>;
  /** Whose events its verdicts follow from as well. */
  readonly relatives: readonly string[];
  /** How much is recorded of it: figures, targets, stays, partners and sites. */
  readonly records: number;
}

/** The ids of some automakers, that of which most is recorded first. */
export interface MostRecorded {
  readonly ids: readonly string[];
  readonly leftOut: number;
}

const NOW: Clocks = {};

/**
 * All automakers as they are now, kept in mind: what was recorded since is read again, and no more, so that a list costs
 * what it shows and not all that there is. Worked out anew when the day ends, because verdicts follow from the day.
 */
@Injectable()
export class AutomakerIndex {
  private entries = new Map<string, IndexedAutomaker>();
  private stands:
    | { readonly rows: unknown; readonly position: number; readonly parked: number; readonly day: Day }
    | undefined;
  private inOrder: readonly IndexedAutomaker[] = [];
  private updating: Promise<readonly IndexedAutomaker[]> | undefined;

  constructor(
    private readonly states: AutomakerReader,
    private readonly ids: AutomakerIds,
    private readonly views: ReadModel,
    private readonly clock: Clock,
  ) {}

  /** In the order of their ids, as in every list: by their bytes. */
  all(): Promise<readonly IndexedAutomaker[]> {
    // Whoever waits for it may go away: the others, and the next, still want it.
    this.updating ??= outsideOfQuestions(() => this.update()).finally(() => (this.updating = undefined));
    return this.updating;
  }

  /** Those of which most is recorded now, the first of them first, and how many others there are. */
  async mostRecorded(limit: number): Promise<MostRecorded> {
    return mostOf(await this.all(), limit);
  }

  private async update(): Promise<readonly IndexedAutomaker[]> {
    const { rows, status } = this.views;
    const { position, parked } = status;
    const now = { rows, position, parked, day: dayOf(this.clock.now()) };
    const then = this.stands;
    if (then?.rows !== rows || then.parked !== parked || then.day !== now.day) {
      const entries = new Map<string, IndexedAutomaker>();
      for await (const automaker of this.states.every(NOW))
        entries.set(automaker.id, indexed(automaker, now.day));
      this.take(entries);
    } else if (then.position !== position) {
      // What is projected while they are read is read again the next time.
      const changed = this.withRelativesOf(await this.ids.withNewsSince(then.position));
      for (let start = 0; start < changed.length; start += IDS_AT_ONCE)
        await this.readAgain(changed.slice(start, start + IDS_AT_ONCE), now.day);
    }
    this.stands = now;
    return this.inOrder;
  }

  /** Some automakers, and those whose group or brand is among them. */
  private withRelativesOf(ids: readonly string[]): string[] {
    const changed = new Set(ids);
    const related = this.inOrder.filter(({ relatives }) => relatives.some((id) => changed.has(id)));
    return [...new Set([...ids, ...related.map(({ id }) => id)])];
  }

  private async readAgain(ids: readonly string[], day: Day): Promise<void> {
    const found = new Map((await this.states.some(ids, NOW)).map((automaker) => [automaker.id, automaker]));
    const entries = new Map(this.entries);
    for (const id of ids) {
      const automaker = found.get(id);
      if (automaker) entries.set(id, indexed(automaker, day));
      else entries.delete(id);
    }
    this.take(entries);
  }

  private take(entries: Map<string, IndexedAutomaker>): void {
    this.entries = entries;
    this.inOrder = [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }
}

const IDS_AT_ONCE = 200;

function indexed(automaker: Automaker, day: Day): IndexedAutomaker {
  const { id, profile, targets } = automaker;
  const progress = targets.map((target) => memoizedProgress(automaker, target, day));
  const headline = headlineOf(progress);
  return {
    id,
    name: profile.name,
    urgency: urgencyOf(headline),
    quiet: quietGoalsOf(automaker, day),
    goals: tallyOf(progress),
    presence: presenceOf(automaker),
    markets: marketsOf(automaker),
    relatives: relativesWanted(automaker),
    records: recordsOf(automaker),
  };
}

/** How much is recorded of an automaker. */
export const recordsOf = ({ targets, markets, partnerships, sites, figures }: Automaker): number =>
  [targets, markets, partnerships, sites, figures].reduce((sum, { length }) => sum + length, 0);

/** Of some automakers so many of which most is recorded; as many of two, the one that came first. */
export function mostOf(
  automakers: readonly Pick<IndexedAutomaker, 'id' | 'records'>[],
  limit: number,
): MostRecorded {
  const most = [...automakers].sort((a, b) => b.records - a.records).slice(0, limit);
  return { ids: most.map(({ id }) => id), leftOut: automakers.length - most.length };
}
