import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { automakerFrom, automakerOf, type Automaker, type RecordSource } from '../domain/automaker.js';
import type { RecordedEvent } from '../domain/event.js';
import { Fold } from '../domain/fold.js';
import { knownBy, type Clocks } from '../domain/clocks.js';
import { dayOf, type Day } from '../domain/occurred-on.js';
import type { ConditionRecord, RecordKind, Records } from '../domain/records.js';
import { automakerStream, marketStream, ownerOf } from '../domain/streams.js';
import { Clock } from '../operations/clock.js';
import { EVENT_STORE, type EventStore } from '../event-store/event-store.js';
import { LiveViews } from '../projections/live-views.js';
import { NotFound } from '../problems/not-found.js';
import { RecordRow, TimelineRow } from '../projections/view-rows.js';

/** So many automakers are kept as they were read last. */
const MOST_KEPT = 200;

/** What an answer stands on: the two clocks, and the position of the last event that the ledger had by then. */
export interface AsOf {
  readonly trueOn: Day;
  /** Absent: all that is recorded. */
  readonly knownOn?: string;
  readonly position: number;
}

/** The records of one automaker as of two clocks. */
export interface AutomakerState {
  readonly automaker: Automaker;
  readonly asOf: AsOf;
}

/**
 * What questions are answered from: the records of an automaker or a market. Without clocks they come from the stored
 * views; with a clock they are folded from the ledger. Both are the same records where both stand at now.
 */
@Injectable()
export class States {
  private readonly kept = new Map<
    string,
    { position: number; rows: DataSource; automaker: Automaker | undefined }
  >();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly views: LiveViews,
    private readonly clock: Clock,
  ) {}

  /** The clocks that an answer stands on. */
  async asOf({ trueOn, knownOn }: Clocks): Promise<AsOf> {
    const today = dayOf(this.clock.now());
    const position = knownOn === undefined ? this.views.status.position : await this.positionBy(knownOn);
    return { trueOn: trueOn ?? today, ...(knownOn !== undefined && { knownOn }), position };
  }

  /** Throws NotFound where no such automaker was registered by then. */
  async automaker(id: string, clocks: Clocks): Promise<AutomakerState> {
    const automaker = await this.find(id, clocks);
    if (automaker) return { automaker, asOf: await this.asOf(clocks) };
    const known = (await this.automakers(clocks)).map((each) => each.id);
    const list = known.length > 0 ? `Registered are ${known.join(', ')}.` : 'None is registered yet.';
    throw new NotFound({
      detail: `There is no automaker ${id}${clocks.knownOn ? ` as known on ${clocks.knownOn}` : ''}. ${list}`,
    });
  }

  /** All automakers that are registered, by id. */
  async automakers(clocks: Clocks): Promise<Automaker[]> {
    const states = await Promise.all((await this.automakerIds()).map((id) => this.find(id, clocks)));
    return states.filter((state) => state !== undefined);
  }

  async conditions(market: string, clocks: Clocks): Promise<ConditionRecord[]> {
    const stream = marketStream(market);
    const source: RecordSource = isNow(clocks)
      ? await this.stored(stream)
      : await this.folded(stream, clocks);
    return [...source.entries('condition')].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  }

  /** The markets that have a stream of their own. */
  async marketsWithConditions(): Promise<string[]> {
    const rows = await this.views.rows
      .getRepository(RecordRow)
      .createQueryBuilder('r')
      .select('DISTINCT r.stream', 'stream')
      .where("r.kind = 'condition'")
      .orderBy('r.stream')
      .getRawMany<{ stream: string }>();
    return rows.flatMap(({ stream }) => {
      const owner = ownerOf(stream);
      return owner?.owner === 'market' ? [owner.market] : [];
    });
  }

  /** The fold of a stream as of two clocks, with its events and all that was recorded about them. */
  fold(stream: string, clocks: Clocks): Promise<Fold> {
    return this.folded(stream, clocks);
  }

  /** All events of a stream. */
  async recorded(stream: string): Promise<RecordedEvent[]> {
    const events: RecordedEvent[] = [];
    for await (const event of this.store.readStream(stream)) events.push(event);
    return events;
  }

  private async find(id: string, clocks: Clocks): Promise<Automaker | undefined> {
    const stream = automakerStream(id);
    if (isNow(clocks)) return this.storedAutomaker(id, stream);
    return automakerOf(id, await this.folded(stream, clocks));
  }

  /** The stored automaker, kept for as long as the views stand where they stand. */
  private async storedAutomaker(id: string, stream: string): Promise<Automaker | undefined> {
    const { rows, status } = this.views;
    const kept = this.kept.get(id);
    if (kept && kept.position === status.position && kept.rows === rows) return kept.automaker;
    const automaker = automakerFrom(id, await this.stored(stream));
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    // Of the moment before the reading: what is projected meanwhile makes it be read again.
    this.kept.set(id, { position: status.position, rows, automaker });
    return automaker;
  }

  private async positionBy(knownOn: string): Promise<number> {
    const limit = knownOn.length === 10 ? `${knownOn}T23:59:59.999Z` : knownOn;
    const found = await this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select('MAX(t.position)', 'position')
      .where('t.recordedAt <= :limit', { limit })
      .getRawOne<{ position: number | null }>();
    return found?.position ?? 0;
  }

  private async automakerIds(): Promise<string[]> {
    const rows = await this.views.rows
      .getRepository(RecordRow)
      .find({ where: { kind: 'automaker' }, select: { stream: true }, order: { stream: 'ASC' } });
    return rows.flatMap(({ stream }) => {
      const owner = ownerOf(stream);
      return owner?.owner === 'automaker' ? [owner.automaker] : [];
    });
  }

  private async folded(stream: string, { trueOn, knownOn }: Clocks): Promise<Fold> {
    const fold = Fold.of(stream, trueOn);
    for await (const event of this.store.readStream(stream)) {
      // Within a stream recordedAt never decreases, so nothing known comes after the first unknown event.
      if (!knownBy(event.recordedAt, knownOn)) break;
      fold.apply(event);
    }
    return fold;
  }

  private async stored(stream: string): Promise<RecordSource> {
    const rows = await this.views.rows.getRepository(RecordRow).find({ where: { stream } });
    return new StoredRecords(rows);
  }
}

/** Without clocks a question is about now, which is what the views hold. */
function isNow({ trueOn, knownOn }: Clocks): boolean {
  return trueOn === undefined && knownOn === undefined;
}

class StoredRecords implements RecordSource {
  constructor(private readonly rows: readonly RecordRow[]) {}

  *entries<K extends RecordKind>(kind: K): Generator<readonly [string, Records[K]]> {
    for (const row of this.rows) {
      // A row of a kind was written from a record of that kind.
      if (row.kind === kind) yield [row.key, JSON.parse(row.doc) as Records[K]] as const;
    }
  }
}
