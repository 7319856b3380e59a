import { automakerOfEntity } from '../domain/goals/one-promise.js';
import { Inject, Injectable } from '@nestjs/common';
import type { DataSource } from 'typeorm';
import { automakerFrom, type Automaker, type RecordSource } from '../domain/automaker.js';
import type { RecordedEvent } from '../domain/event.js';
import type { EventType } from '../domain/events/catalogue.js';
import { isNow, knownBy, lastInstantOf, type Clocks } from '../domain/clocks.js';
import { dayOf, type Day } from '../domain/occurred-on.js';
import type { ConditionRecord, RecordKind, Records } from '../domain/records.js';
import { stateAsOfInSteps } from '../domain/state/state-as-of.js';
import type { StreamState } from '../domain/state/stream-state.js';
import { automakerStream, marketStream, ownerOf, type StreamOwner } from '../domain/streams.js';
import { Clock } from '../operations/clock.js';
import { inSlices } from '../event-store/in-slices.js';
import { StreamStateCache } from '../event-store/stream-state-cache.js';
import { EVENT_STORE, type EventStore } from '../event-store/event-store.js';
import { LiveViews } from '../projections/live-views.js';
import { ParkedStreams } from './parked-streams.js';
import { NotFound } from '../problems/not-found.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { storedRecord } from '../projections/stored-record.js';
import { RecordRow, TimelineRow } from '../projections/view-rows.js';

/** So many automakers are kept as they were read last. */
const MOST_KEPT = 200;

/** What an answer stands on: the two clocks, and the position of the last event that the ledger had by then. */
export interface AsOf {
  readonly trueOn: Day;
  /** Absent: all that is recorded. */
  readonly knownOn?: string;
  readonly position: number;
  /** Streams that hold events which this version cannot read: what they hold from there on is not in the answer. */
  readonly parked?: readonly string[];
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
  private readonly kept = new Map<string, KeptAutomaker>();

  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly cache: StreamStateCache,
    private readonly views: LiveViews,
    private readonly clock: Clock,
    private readonly parkedStreams: ParkedStreams,
  ) {}

  /**
   * The clocks that an answer stands on. What was known on a day in the past is told as of that day, so that the same
   * question gets the same answer for ever. Throws InvalidRequest for a day to come: nobody knows yet what it brings.
   */
  async asOf(clocks: Clocks): Promise<AsOf> {
    const now = this.clock.now();
    const today = dayOf(now);
    const { trueOn, knownOn } = clocks;
    const problems = Object.entries({ trueOn, knownOn }).flatMap(([field, value]) =>
      value !== undefined && dayOf(value) > today
        ? [{ field, message: `must not lie in the future: it is ${today} (UTC)` }]
        : [],
    );
    if (problems.length > 0) throw new InvalidRequest(problems);
    const position = knownOn === undefined ? this.views.status.position : await this.positionBy(knownOn);
    return {
      trueOn: trueOn ?? (knownOn === undefined ? today : dayOf(knownOn)),
      ...(knownOn !== undefined && { knownOn }),
      position,
      ...(await this.parkedBy(knownOn)),
    };
  }

  /** Throws NotFound where no such automaker was registered by then. */
  async automaker(id: string, clocks: Clocks): Promise<AutomakerState> {
    const asOf = await this.asOf(clocks);
    const automaker = await this.find(id, clocks);
    if (automaker) return { automaker: await this.withRelatives(automaker, clocks), asOf };
    const known = (await this.automakers(clocks)).map((each) => each.id);
    const list = known.length > 0 ? `Registered are ${known.join(', ')}.` : 'None is registered yet.';
    throw new NotFound({
      detail: `There is no automaker ${id}${clocks.knownOn ? ` as known on ${clocks.knownOn}` : ''}. ${list}`,
    });
  }

  /** All automakers that are registered, by id. */
  async automakers(clocks: Clocks): Promise<Automaker[]> {
    const ids = isNow(clocks) ? await this.registered({ kind: 'automaker' }) : await this.everRegistered();
    const states = await Promise.all(ids.map((id) => this.find(id, clocks)));
    const found = states.filter((state) => state !== undefined);
    const byId = new Map(found.map((each) => [each.id, each]));
    return found.map((each) =>
      withRelatives(
        each,
        relativesWanted(each).flatMap((id) => byId.get(id) ?? []),
      ),
    );
  }

  private async withRelatives(automaker: Automaker, clocks: Clocks): Promise<Automaker> {
    const found = await Promise.all(relativesWanted(automaker).map((id) => this.find(id, clocks)));
    return withRelatives(
      automaker,
      found.filter((each) => each !== undefined),
    );
  }

  /** All automakers that were ever registered, even by an event that was retracted since; by id. */
  everRegistered(): Promise<string[]> {
    return this.registered({ type: 'AutomakerRegistered' });
  }

  async conditions(market: string, clocks: Clocks): Promise<ConditionRecord[]> {
    const stream = marketStream(market);
    const source: RecordSource = isNow(clocks) ? await this.stored(stream) : await this.state(stream, clocks);
    return [...source.entries('condition')].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, record]) => record);
  }

  /** The markets with conditions of their own, now or, with a clock, ever. */
  async marketsWithConditions(clocks: Clocks): Promise<string[]> {
    const owners = await this.owners(
      isNow(clocks) ? { kind: 'condition' } : { type: 'MarketConditionChanged' },
    );
    return owners.flatMap((owner) => (owner.owner === 'market' ? [owner.market] : []));
  }

  /** The state of a stream as of two clocks, with its events and all that was recorded about them. A parked one ends on every clock where the stored views of it end. */
  async state(stream: string, clocks: Clocks): Promise<StreamState> {
    return inSlices(stateAsOfInSteps(await this.cache.soFar(stream), clocks));
  }

  /** All events of a stream; of a parked one, those before the event that cannot be read here. */
  async recorded(stream: string): Promise<RecordedEvent[]> {
    const { revision } = await this.cache.soFar(stream);
    const events: RecordedEvent[] = [];
    for await (const event of this.store.readStream(stream, { limit: revision + 1 })) events.push(event);
    return events;
  }

  /** The parked streams that an answer is without, where there are any. */
  private async parkedBy(knownOn: string | undefined): Promise<Pick<AsOf, 'parked'>> {
    if (this.views.status.parked === 0) return {};
    const parked = await this.parkedStreams.list();
    const missed = parked.filter(({ recordedAt }) => knownBy(recordedAt, knownOn));
    return missed.length === 0 ? {} : { parked: missed.map(({ stream }) => stream) };
  }

  /** An automaker as of two clocks, kept for as long as the views stand where they stand. */
  private async find(id: string, clocks: Clocks): Promise<Automaker | undefined> {
    const { rows, status } = this.views;
    const key = `${id} ${clocks.trueOn ?? ''} ${clocks.knownOn ?? ''}`;
    const kept = this.kept.get(key);
    if (kept && kept.position === status.position && kept.rows === rows) return kept.automaker;
    // Of the moment before the reading: what is projected meanwhile makes it be read again.
    const { position } = status;
    const stream = automakerStream(id);
    const automaker = automakerFrom(
      id,
      isNow(clocks) ? await this.stored(stream) : await this.state(stream, clocks),
    );
    if (this.kept.size >= MOST_KEPT) this.kept.clear();
    this.kept.set(key, { position, rows, automaker });
    return automaker;
  }

  private async positionBy(knownOn: string): Promise<number> {
    const found = await this.views.rows
      .getRepository(TimelineRow)
      .createQueryBuilder('t')
      .select('MAX(t.position)', 'position')
      .where('t.recordedAt <= :limit', { limit: lastInstantOf(knownOn) })
      .getRawOne<{ position: number | null }>();
    return found?.position ?? 0;
  }

  private async registered(having: { kind: RecordKind } | { type: EventType }): Promise<string[]> {
    const owners = await this.owners(having);
    return owners.flatMap((owner) => (owner.owner === 'automaker' ? [owner.automaker] : []));
  }

  /** Whose streams have a record of a kind now, or an event of a type, even one that was retracted since; in order. */
  private async owners(having: { kind: RecordKind } | { type: EventType }): Promise<StreamOwner[]> {
    const rows: { stream: string }[] =
      'kind' in having
        ? await this.views.rows
            .getRepository(RecordRow)
            .createQueryBuilder('r')
            .select('DISTINCT r.stream', 'stream')
            .where('r.kind = :kind', having)
            .orderBy('r.stream')
            .getRawMany()
        : await this.views.rows
            .getRepository(TimelineRow)
            .createQueryBuilder('t')
            .select('DISTINCT t.stream', 'stream')
            .where('t.type = :type', having)
            .orderBy('t.stream')
            .getRawMany();
    return rows.flatMap(({ stream }) => ownerOf(stream) ?? []);
  }

  private async stored(stream: string): Promise<RecordSource> {
    const rows = await this.views.rows.getRepository(RecordRow).find({ where: { stream } });
    return new StoredRecords(rows);
  }
}

interface KeptAutomaker {
  readonly position: number;
  readonly rows: DataSource;
  readonly automaker: Automaker | undefined;
}

class StoredRecords implements RecordSource {
  constructor(private readonly rows: readonly RecordRow[]) {}

  *entries<K extends RecordKind>(kind: K): Generator<readonly [string, Records[K]]> {
    for (const row of this.rows) {
      // A row of a kind was written from a record of that kind.
      if (row.kind === kind) yield [row.key, storedRecord(row) as Records[K]] as const;
    }
  }
}

/** The group of an automaker, and the brands that its goals are about: whom the ledger may follow by themselves. */
function relativesWanted({ id, profile, targets }: Automaker): readonly string[] {
  const brands = targets.flatMap(({ versions }) =>
    versions.flatMap(({ terms: { entity } }) => (entity === undefined ? [] : [automakerOfEntity(entity)])),
  );
  const wanted = new Set([...(profile.group === undefined ? [] : [profile.group]), ...brands]);
  wanted.delete(id);
  return [...wanted];
}

function withRelatives(automaker: Automaker, found: readonly Automaker[]): Automaker {
  const relatives = found.filter(
    ({ id, profile }) => id === automaker.profile.group || profile.group === automaker.id,
  );
  return relatives.length > 0 ? { ...automaker, relatives } : automaker;
}
