import { Inject, Injectable } from '@nestjs/common';
import { automakerFromInSteps, type Automaker } from '../domain/state/automaker.js';
import type { RecordedEvent } from '../domain/ledger/event.js';
import { dayAsked, isNow, knownBy, type Clocks } from '../domain/ledger/clocks.js';
import { dayOf, type Day } from '../domain/ledger/edtf.js';
import type { RecordKind } from '../domain/state/records.js';
import { stateAsOfInSteps } from '../domain/state/state-as-of.js';
import { effective, type LoggedEvent } from '../domain/state/logged-event.js';
import { isUndated } from '../domain/state/public-events.js';
import { hasHappened, type StreamState } from '../domain/state/stream-state.js';
import { automakerStream } from '../domain/ledger/streams.js';
import { Clock } from '../clock/clock.js';
import { inSlices } from '../event-store/in-slices.js';
import { StreamStateCache } from '../event-store/stream-state-cache.js';
import { EVENT_STORE, type EventStore } from '../event-store/event-store.js';
import { ReadModel } from '../read-model/read-model.js';
import { AutomakerIds } from './automaker-ids.js';
import { KeptAutomakers } from './kept-automakers.js';
import { RecordingSoFar, type BeforeRecording } from './recording-so-far.js';
import { Turns } from '../api/in-turns.js';
import { relativesWanted, withRelatives } from './relatives.js';
import { PastRecords } from './past-records.js';
import { ParkedStreams } from './parked-streams.js';
import { NotFound } from '../problems/not-found.js';
import { InvalidRequest } from '../problems/request-problems.js';

/** The number of automakers read at a time when all are wanted. */
const PAGE = 50;
/** The size of the first batch. Batches double, because most lists end after the first few automakers. */
const FIRST_PAGE = 4;
/** The number of automakers whose rows are read with one statement. */
const STREAMS_AT_ONCE = 10;
/** The number of automakers named in the error for an unknown one. */
const MOST_NAMED = 20;

/**
 * The basis of an answer: the three clocks, and the position of the last event that the ledger had by then.
 */
export interface AsOf {
  readonly trueOn: Day;
  /** Absent for everything recorded. */
  readonly knownOn?: string;
  /** Absent for everything, published or not dated. */
  readonly publicOn?: Day;
  /** On the public clock: the number of events left out because none of their evidence is dated. */
  readonly undated?: number;
  /** If nothing was recorded yet: since when there are records, and the clock that has an answer. */
  readonly beforeRecording?: BeforeRecording;
  readonly position: number;
  /** Streams with events that this version cannot read. The answer lacks everything in them from there on. */
  readonly parked?: readonly string[];
}

/** The records of one automaker as of three clocks. */
export interface AutomakerState {
  readonly automaker: Automaker;
  readonly asOf: AsOf;
}

/**
 * The source of all answers about automakers: the records of one. Without clocks they come from the
 * stored views; with a clock they are folded from the ledger. For the present, both give the same records.
 */
@Injectable()
export class AutomakerReader {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    private readonly cache: StreamStateCache,
    private readonly views: ReadModel,
    private readonly clock: Clock,
    private readonly parkedStreams: ParkedStreams,
    private readonly ids: AutomakerIds,
    private readonly recording: RecordingSoFar,
    private readonly kept: KeptAutomakers,
    private readonly past: PastRecords,
  ) {}

  /**
   * The clocks of an answer. A question about what was known on a past day is answered as of that day, so
   * that it always gets the same answer. Undated events are counted in the given stream, or else in all
   * streams. Throws InvalidRequest for a day in the future.
   */
  async asOf(clocks: Clocks, stream?: string): Promise<AsOf> {
    const now = this.clock.now();
    const today = dayOf(now);
    const { trueOn, knownOn, publicOn } = clocks;
    const problems = Object.entries({ trueOn, knownOn, publicOn }).flatMap(([field, value]) =>
      value !== undefined && dayOf(value) > today
        ? [{ field, message: `must not lie in the future: it is ${today} (UTC)` }]
        : [],
    );
    if (problems.length > 0) throw new InvalidRequest(problems);
    const position =
      knownOn === undefined ? this.views.status.position : await this.recording.positionBy(knownOn);
    const on = dayAsked(clocks, today);
    return {
      trueOn: on,
      ...(knownOn !== undefined && { knownOn }),
      ...(publicOn !== undefined && { publicOn, undated: await this.undated(clocks, stream) }),
      ...(knownOn !== undefined && position === 0 && (await this.recording.before(knownOn))),
      position,
      ...(await this.parkedBy(knownOn)),
    };
  }

  /** Throws NotFound if the automaker was not registered by then. */
  async automaker(id: string, clocks: Clocks): Promise<AutomakerState> {
    const asOf = await this.asOf(clocks, automakerStream(id));
    const automaker = await this.find(id, clocks);
    if (automaker) return { automaker, asOf };
    const then = clocks.knownOn === undefined ? '' : ` as known on ${clocks.knownOn}`;
    const isRecordedSince = then !== '' && (await this.find(id, {})) !== undefined;
    const offer = isRecordedSince ? await this.recording.offer(id, clocks) : undefined;
    throw new NotFound({
      detail: `There is no automaker ${id}${then}. ${offer ?? (await this.known(clocks))}`,
    });
  }

  /** The automaker as of three clocks; undefined if it was not registered by then. */
  find(id: string, clocks: Clocks): Promise<Automaker | undefined> {
    return this.some([id], clocks).then(([found]) => found);
  }

  /**
   * All registered automakers after an id, ordered by id. They are read in batches, and other work can run in
   * between. `kinds` works as in `page`. Those that are `known` otherwise are left out.
   */
  async *every(
    clocks: Clocks,
    from = '',
    kinds?: readonly RecordKind[],
    known?: ReadonlyMap<string, unknown>,
  ): AsyncGenerator<Automaker> {
    const turns = new Turns();
    for (let after = from, size = FIRST_PAGE; ; size = Math.min(PAGE, 2 * size)) {
      const ids = await this.ids.after(after, clocks, size);
      const wanted = known ? ids.filter((id) => !known.has(id)) : ids;
      const some = kinds
        ? await this.partly(wanted, clocks, kinds)
        : await this.related(await this.own(wanted, clocks, 'as-room'), clocks);
      for (const automaker of some) {
        yield automaker;
        await turns.next();
      }
      const last = ids.at(-1);
      if (last === undefined || ids.length < size) return;
      after = last;
    }
  }

  /**
   * A page of registered automakers after an id, ordered by id, and whether there are more. With `kinds`,
   * other kinds of records, groups and brands may be missing.
   */
  async page(
    clocks: Clocks,
    after: string,
    limit: number,
    kinds?: readonly RecordKind[],
  ): Promise<{ readonly automakers: readonly Automaker[]; readonly hasMore: boolean }> {
    const found: Automaker[] = [];
    // One more than wanted shows whether there are more. Some ids may not be registered as of the clocks.
    for (let from = after; found.length <= limit;) {
      const wanted = Math.min(PAGE, limit + 1 - found.length);
      const ids = await this.ids.after(from, clocks, wanted);
      found.push(...(await (kinds ? this.partly(ids, clocks, kinds) : this.some(ids, clocks))));
      const last = ids.at(-1);
      if (last === undefined || ids.length < wanted) break;
      from = last;
    }
    return { automakers: found.slice(0, limit), hasMore: found.length > limit };
  }

  /** The registered ones among the given automakers, in the order of the ids. */
  async some(ids: readonly string[], clocks: Clocks): Promise<Automaker[]> {
    return this.related(await this.own(ids, clocks), clocks);
  }

  /**
   * The same one after the other, a few of them in memory at a time, and none of them cached: a walk through all
   * automakers would fill the cache with what nobody has asked for.
   */
  async *inPassing(ids: readonly string[], clocks: Clocks): AsyncGenerator<Automaker> {
    const turns = new Turns();
    for (let start = 0; start < ids.length; start += STREAMS_AT_ONCE) {
      const own = await this.own(ids.slice(start, start + STREAMS_AT_ONCE), clocks, 'never');
      // What is computed from an automaker hangs on it, so it must not be held longer than its turn.
      const open = (await this.related(own, clocks)).reverse();
      own.length = 0;
      for (let next = open.pop(); next; next = open.pop()) {
        yield next;
        await turns.next();
      }
    }
  }

  /** Reads current automakers in advance, as far as the cache has room. Returns the cached ones. */
  async readAhead(ids: readonly string[]): Promise<Automaker[]> {
    const found: Automaker[] = [];
    for (let start = 0; start < ids.length && this.kept.hasRoomAhead; start += FIRST_PAGE) {
      const some = ids.slice(start, start + FIRST_PAGE);
      const read = await this.related(await this.own(some, {}, 'as-room'), {});
      found.push(...read.filter(({ id }) => this.kept.find(id, {})));
    }
    return found;
  }

  private async partly(
    ids: readonly string[],
    clocks: Clocks,
    kinds: readonly RecordKind[],
  ): Promise<Automaker[]> {
    if (clocks.publicOn !== undefined) return this.some(ids, clocks);
    if (isNow(clocks)) return (await this.readRows(ids, kinds)).flatMap(({ automaker }) => automaker ?? []);
    const standing = await this.kept.standing();
    const found: Automaker[] = [];
    const turns = new Turns();
    for (const id of ids) {
      const known = this.kept.find(id, clocks, kinds);
      if (known) {
        if (known.automaker) found.push(known.automaker);
        continue;
      }
      const { records, bytes } = await this.past.of(automakerStream(id), clocks, kinds);
      const automaker = await inSlices(automakerFromInSteps(id, records));
      if (automaker) found.push(automaker);
      if (this.kept.hasRoom(bytes)) this.kept.keep(id, clocks, automaker, bytes, standing, kinds);
      await turns.next();
    }
    return found;
  }

  /** Adds the group and the brands to each automaker, if the ledger tracks them separately. */
  private async related(automakers: readonly Automaker[], clocks: Clocks): Promise<Automaker[]> {
    const byId = new Map(automakers.map((each) => [each.id, each]));
    const missing = new Set(automakers.flatMap(relativesWanted).filter((id) => !byId.has(id)));
    for (const relative of await this.own([...missing], clocks)) byId.set(relative.id, relative);
    return automakers.map((each) =>
      withRelatives(
        each,
        relativesWanted(each).flatMap((id) => byId.get(id) ?? []),
      ),
    );
  }

  private async own(ids: readonly string[], clocks: Clocks, keep: Keep = 'always'): Promise<Automaker[]> {
    // Taken before reading: events projected meanwhile then cause another read.
    const standing = await this.kept.standing();
    const held = new Map<string, Automaker | undefined>();
    for (const id of ids) {
      const found = this.kept.find(id, clocks);
      if (found) held.set(id, found.automaker);
    }
    const missing = ids.filter((id) => !held.has(id));
    for (const { id, automaker, bytes } of await this.read(missing, clocks, keep)) {
      held.set(id, automaker);
      // A list of the past is large and rarely requested again, so it evicts nothing.
      const isWanted = keep === 'always' && (isNow(clocks) || ids.length === 1);
      const isAsRoom = keep !== 'never' && this.kept.hasRoom(bytes);
      if (isWanted || isAsRoom) this.kept.keep(id, clocks, automaker, bytes, standing);
    }
    return ids.flatMap((id) => held.get(id) ?? []);
  }

  /** A sentence that names some known automakers, for the error about an unknown one. */
  async known(clocks: Clocks): Promise<string> {
    const { automakers, hasMore } = await this.page(clocks, '', MOST_NAMED);
    if (automakers.length === 0) return 'None is registered yet.';
    const more = hasMore ? ', and others: GET /api/automakers lists them' : '';
    return `Registered are ${automakers.map(({ id }) => id).join(', ')}${more}.`;
  }

  /**
   * The state of a stream as of three clocks, with its events and everything recorded about them. On every
   * clock, a parked stream ends where its stored views end.
   */
  async state(stream: string, clocks: Clocks): Promise<StreamState> {
    return inSlices(stateAsOfInSteps(await this.cache.soFar(stream), clocks));
  }

  /** The number of undated events that the public clock leaves out, in one stream or in all. */
  private async undated(clocks: Clocks, stream: string | undefined): Promise<number> {
    const { publicOn: _publicOn, ...others } = clocks;
    const amended = others.knownOn === undefined ? [] : await this.recording.amendedAfter(others.knownOn);
    // Later events about an event may have dated or retracted it.
    const past = amended.filter((each) => stream === undefined || each === stream);
    let count = await this.recording.undated(others, { stream, without: past });
    for (const each of past) {
      const state = await this.state(each, others);
      for (const entry of state.loggedEvents())
        if (isUndated(entry) && isInEffect(entry, state.trueOn)) count += 1;
    }
    return count;
  }

  /** All events of a stream; for a parked stream, those before the event that cannot be read here. */
  async recorded(stream: string): Promise<RecordedEvent[]> {
    const { revision } = await this.cache.soFar(stream);
    const events: RecordedEvent[] = [];
    for await (const event of this.store.readStream(stream, { limit: revision + 1 })) events.push(event);
    return events;
  }

  /** The parked streams that are missing from an answer, if any. */
  private async parkedBy(knownOn: string | undefined): Promise<Pick<AsOf, 'parked'>> {
    if (this.views.status.parked === 0) return {};
    const parked = await this.parkedStreams.list();
    const missed = parked.filter(({ recordedAt }) => knownBy(recordedAt, knownOn));
    return missed.length === 0 ? {} : { parked: missed.map(({ stream }) => stream) };
  }

  private async read(ids: readonly string[], clocks: Clocks, keep: Keep): Promise<ReadAutomaker[]> {
    if (ids.length === 0) return [];
    if (isNow(clocks)) return this.readRows(ids);
    const found: ReadAutomaker[] = [];
    const turns = new Turns();
    for (const id of ids) {
      // What a list takes is asked for once: records cost less than a state, and push no state out of the cache.
      const isOfList = keep !== 'always' || ids.length > 1;
      const isState = clocks.publicOn !== undefined || !isOfList || this.cache.holds(automakerStream(id));
      found.push(await (isState ? this.readState(id, clocks, isOfList) : this.readRecords(id, clocks)));
      await turns.next();
    }
    return found;
  }

  private async readState(id: string, clocks: Clocks, isOfList: boolean): Promise<ReadAutomaker> {
    const stream = automakerStream(id);
    const newest = isOfList ? this.cache.inPassing(stream) : this.cache.soFar(stream);
    const state = await inSlices(stateAsOfInSteps(await newest, clocks));
    return { id, automaker: await inSlices(automakerFromInSteps(id, state)), bytes: state.bytes };
  }

  private async readRecords(id: string, clocks: Clocks): Promise<ReadAutomaker> {
    const { records, bytes } = await this.past.of(automakerStream(id), clocks);
    return { id, automaker: await inSlices(automakerFromInSteps(id, records)), bytes };
  }

  private async readRows(ids: readonly string[], kinds?: readonly RecordKind[]): Promise<ReadAutomaker[]> {
    const found: ReadAutomaker[] = [];
    const turns = new Turns();
    for (let start = 0; start < ids.length; start += STREAMS_AT_ONCE) {
      const some = ids.slice(start, start + STREAMS_AT_ONCE);
      const records = await this.views.tables.recordsOf(some.map(automakerStream), kinds);
      for (const id of some) {
        const own = records.get(automakerStream(id));
        if (own)
          found.push({ id, automaker: await inSlices(automakerFromInSteps(id, own)), bytes: own.bytes });
        await turns.next();
      }
    }
    return found;
  }
}

/**
 * Which read automakers are cached: with `always`, new ones evict the oldest; with `as-room`, those that fit. Only with
 * `always` are the states cached that past ones are made from, since others belong to a walk through all.
 */
type Keep = 'always' | 'as-room' | 'never';

interface ReadAutomaker {
  readonly id: string;
  /** Undefined if it was not registered by then. */
  readonly automaker: Automaker | undefined;
  /** The size of its records as text, or of the events they were folded from. */
  readonly bytes: number;
}

function isInEffect(entry: LoggedEvent, trueOn: Day | undefined): boolean {
  const event = effective(entry);
  return event !== undefined && hasHappened(event, trueOn);
}
