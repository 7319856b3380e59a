import { Injectable } from '@nestjs/common';
import { inTurns, mapInTurns, outsideOfQuestions, Turns } from '../../api/in-turns.js';
import { Clock } from '../../clock/clock.js';
import { headlineOn } from '../../domain/goals/headline.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { dayOf, type Day } from '../../domain/ledger/edtf.js';
import type { Automaker } from '../../domain/state/automaker.js';
import { ReadModel } from '../../read-model/read-model.js';
import { AutomakerIds } from '../automaker-ids.js';
import { AutomakerReader } from '../automaker-reader.js';
import { missingOfAutomaker, MOST_TRIED, USUAL_MONTHS } from '../coverage/missing-of-automaker.js';
import { namesToFind, type NameToFind } from '../search/names-to-find.js';
import { KeptOutlines } from './kept-outlines.js';
import { areAllRecorded, KeptPasts } from './kept-pasts.js';
import type { PastOutline } from './past-days.js';
import { memoizedProgress } from './memoized-progress.js';
import { workedOut, type Outline, type WorkedOut } from './outline.js';

/** The outline of an automaker, with its id. */
export interface IndexedAutomaker extends Outline {
  readonly id: string;
}

/** The ids of some automakers, the one with the most records first. */
export interface MostRecorded {
  readonly ids: readonly string[];
  readonly leftOut: number;
}

const NOW: Clocks = {};

interface Standing {
  readonly rows: unknown;
  readonly position: number;
  readonly parked: number;
}

/**
 * The outlines of all current automakers, cached in memory and in rows. Only automakers with new events are
 * read again, so that a list costs no more than what it shows.
 */
@Injectable()
export class AutomakerIndex {
  private entries = new Map<string, IndexedAutomaker>();
  private inOrder: readonly IndexedAutomaker[] = [];
  private stands: Standing | undefined;
  private updating: Promise<readonly IndexedAutomaker[]> | undefined;
  /** Outlines not yet stored in rows; undefined for an automaker that no longer exists. */
  private unkept = new Map<string, WorkedOut | undefined>();
  /** Outlines that are being stored. */
  private beingKept: ReadonlyMap<string, WorkedOut | undefined> = new Map();
  private isKeeping = false;

  constructor(
    private readonly states: AutomakerReader,
    private readonly ids: AutomakerIds,
    private readonly views: ReadModel,
    private readonly clock: Clock,
    private readonly kept: KeptOutlines,
    private readonly keptPasts: KeptPasts,
  ) {}

  /** Whether outlines are ready but for recent events. False while all are being computed. */
  get isAtHand(): boolean {
    return this.stands?.rows === this.views.rows;
  }

  /** Whether outlines need only be read from rows, if that: a start does so in any case. */
  async isNear(): Promise<boolean> {
    return this.isAtHand || (await this.kept.stored())?.position === this.views.status.position;
  }

  /** Ordered by id, by bytes as in every list. They include all that the views have at the time of the call. */
  async all(): Promise<readonly IndexedAutomaker[]> {
    const { position } = this.views.status;
    const all = await this.updated();
    // The update may have begun before the last event. The next one cannot.
    return (this.stands?.position ?? 0) < position ? this.updated() : all;
  }

  private updated(): Promise<readonly IndexedAutomaker[]> {
    // The client that started the update may disconnect, but others still need the result.
    this.updating ??= outsideOfQuestions(() => this.update()).finally(() => (this.updating = undefined));
    this.updating.catch(() => undefined);
    return this.updating;
  }

  /** The current automakers with the most records, in that order, and the number of others. */
  async mostRecorded(limit: number): Promise<MostRecorded> {
    return mostOf(await this.all(), limit);
  }

  /**
   * Reads the automakers with the most records in advance, and computes the progress on their goals and which
   * figures they lack, because the first question that needs many of them would take long.
   */
  async readAhead(limit: number): Promise<void> {
    const { ids } = await this.mostRecorded(limit);
    const on = dayOf(this.clock.now());
    for (const [index, automaker] of (await this.states.readAhead(ids)).entries()) {
      await mapInTurns(automaker.targets, (target) => memoizedProgress(automaker, target, on));
      if (index < MOST_TRIED) await missingOfAutomaker(automaker, { months: USUAL_MONTHS }, on);
    }
  }

  /** The progress on the headline goal of some automakers on a day, for those that have one. */
  async shown(automakers: readonly IndexedAutomaker[], on: Day): Promise<ReadonlyMap<string, Progress>> {
    const found = new Map<string, Progress>();
    const wanted = automakers.filter(({ headlines }) => headlines.length > 0);
    const stored = await this.kept.shown(
      wanted.flatMap(({ id }) => (this.fresh(id) ? [] : [id])),
      on,
    );
    const missing: string[] = [];
    for (const { id, headlines } of wanted) {
      const fresh = this.fresh(id);
      const progress = fresh ? fresh.shown : stored.get(id);
      // Deadlines pass, so another goal may be the headline by now.
      const isCurrent = progress?.on === on && progress.target === headlineOn(headlines, on)?.target;
      if (isCurrent) found.set(id, progress);
      else missing.push(id);
    }
    const turns = new Turns();
    const { entries } = this;
    for (const automaker of await this.states.some(missing, NOW)) {
      const outline = entries.get(automaker.id);
      const shown = outline && shownOf(automaker, outline, on);
      if (!shown) continue;
      found.set(automaker.id, shown);
      const names = await inTurns(namesToFind(automaker));
      // An outline recomputed meanwhile may be newer than what was read here.
      if (this.entries.get(automaker.id) === outline)
        this.unkept.set(automaker.id, { outline, shown, on, names });
      await turns.next();
    }
    if (missing.length > 0) void this.keep();
    return found;
  }

  /** The stored pasts that hold for a question, by automaker. The others have to be worked out from their events. */
  async pasts(clocks: Clocks): Promise<ReadonlyMap<string, PastOutline>> {
    if (!areAllRecorded(clocks)) return new Map();
    // What was recorded since ends pasts.
    await this.all();
    return this.keptPasts.on(clocks.trueOn);
  }

  /** The names of automakers whose names together may contain all words, ordered by automaker id. */
  async *names(words: readonly string[]): AsyncGenerator<readonly NameToFind[]> {
    await this.all();
    const fresh = new Map([...this.beingKept, ...this.unkept]);
    const ids = [...fresh.keys()].sort((a, b) => (a < b ? 1 : -1));
    for await (const { id, names } of this.kept.names(words)) {
      for (let next = ids.at(-1); next !== undefined && next < id; next = ids.at(-1)) {
        yield fresh.get(next)?.names ?? [];
        ids.pop();
      }
      if (!fresh.has(id)) yield names;
    }
    for (const id of ids.reverse()) yield fresh.get(id)?.names ?? [];
  }

  private async update(): Promise<readonly IndexedAutomaker[]> {
    const { rows, status } = this.views;
    const { position, parked } = status;
    const now: Standing = { rows, position, parked };
    const then = this.stands;
    if (then?.rows !== rows || then.parked !== parked || position < then.position) await this.begin(now);
    // Events projected during the read are read again next time.
    else if (then.position !== position) await this.readAgain(await this.ids.newsSince(then.position));
    this.stands = now;
    void this.keep();
    return this.inOrder;
  }

  /** Loads the stored outlines and reads newer events, or computes everything if nothing is stored. */
  private async begin({ position }: Standing): Promise<void> {
    this.unkept = new Map();
    const stored = await this.kept.find();
    if (stored && stored.position <= position) {
      this.take(new Map([...stored.outlines].map(([id, outline]) => [id, { id, ...outline }])));
      await this.readAgain(await this.ids.newsSince(stored.position));
      return;
    }
    const entries = new Map<string, IndexedAutomaker>();
    for (let ids = await this.idsAfter(''); ids.length > 0;) {
      for await (const automaker of this.states.inPassing(ids, NOW)) await this.workOut(automaker, entries);
      ids = await this.idsAfter(ids.at(-1) ?? '');
      // An incomplete set is stored: a server that finds it computes the rest, and these again. The last outlines
      // are stored with the position that all of them have reached.
      if (ids.length > 0) await this.keep(0);
    }
    this.take(entries);
  }

  private idsAfter(id: string): Promise<readonly string[]> {
    return this.ids.after(id, NOW, IDS_AT_ONCE);
  }

  private fresh(id: string): WorkedOut | undefined {
    return this.unkept.get(id) ?? this.beingKept.get(id);
  }

  /** The given automakers, and those that have one of them as group or brand. */
  private withRelativesOf(ids: readonly string[]): string[] {
    const changed = new Set(ids);
    const related = this.inOrder.filter(({ relatives }) => relatives.some((id) => changed.has(id)));
    return [...new Set([...ids, ...related.map(({ id }) => id)])];
  }

  private async readAgain(changed: ReadonlyMap<string, Day>): Promise<void> {
    const ids = this.withRelativesOf([...changed.keys()]);
    if (ids.length === 0) return;
    // Of relatives, any day may have changed.
    this.keptPasts.end(new Map(ids.map((id) => [id, changed.get(id) ?? ''])));
    const entries = new Map(this.entries);
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE) {
      const some = ids.slice(start, start + IDS_AT_ONCE);
      const found = new Set<string>();
      for await (const automaker of this.read(some)) {
        found.add(automaker.id);
        await this.workOut(automaker, entries);
      }
      for (const id of some) {
        if (found.has(id)) continue;
        entries.delete(id);
        this.unkept.set(id, undefined);
      }
    }
    this.take(entries);
  }

  /** A few with news are cached, since somebody is likely to ask for them. */
  private async *read(ids: readonly string[]): AsyncGenerator<Automaker> {
    if (ids.length <= MOST_WITH_NEWS) yield* await this.states.some(ids, NOW);
    else yield* this.states.inPassing(ids, NOW);
  }

  private async workOut(automaker: Automaker, entries: Map<string, IndexedAutomaker>): Promise<void> {
    const { id, targets } = automaker;
    const on = dayOf(this.clock.now());
    const progress = await mapInTurns(targets, (target) => memoizedProgress(automaker, target, on));
    const made = workedOut(automaker, progress, on, await inTurns(namesToFind(automaker)));
    entries.set(id, { id, ...made.outline });
    this.unkept.set(id, made);
  }

  private take(entries: Map<string, IndexedAutomaker>): void {
    this.entries = entries;
    this.inOrder = [...entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1));
  }

  /** Stores outlines in rows in the background. A failed write is repeated with the next one. */
  private async keep(position = this.stands?.position): Promise<void> {
    if (this.isKeeping || this.unkept.size === 0 || position === undefined) return;
    const { unkept, stands } = this;
    this.beingKept = unkept;
    this.unkept = new Map();
    this.isKeeping = true;
    const ended = this.keptPasts.unkept;
    const isKept = await this.kept.keep(unkept, position, ended);
    if (isKept) this.keptPasts.isKept(ended);
    this.isKeeping = false;
    this.beingKept = new Map();
    // If the views were switched meanwhile, their outlines are computed anew.
    if (!isKept && this.stands?.rows === stands?.rows) this.unkept = new Map([...unkept, ...this.unkept]);
  }
}

const IDS_AT_ONCE = 200;
const MOST_WITH_NEWS = 50;

/** The progress on the headline goal on a day. */
function shownOf(automaker: Automaker, { headlines }: Outline, on: Day): Progress | undefined {
  const chosen = headlineOn(headlines, on)?.target;
  const record = automaker.targets.find(({ target }) => target === chosen);
  return record && memoizedProgress(automaker, record, on);
}

/** The automakers with the most records. On a tie, the earlier one comes first. */
export function mostOf(
  automakers: readonly Pick<IndexedAutomaker, 'id' | 'records'>[],
  limit: number,
): MostRecorded {
  const most = [...automakers].sort((a, b) => b.records - a.records).slice(0, limit);
  return { ids: most.map(({ id }) => id), leftOut: automakers.length - most.length };
}
