import { setMaxListeners } from 'node:events';
import type { NewEvent, RecordedEvent } from '../../domain/ledger/event.js';
import { recordedFrom, rowOf, type EventRow } from '../event-row.js';
import {
  EventIdInUse,
  LedgerReplaced,
  EventStoreClosed,
  StoreUnreachable,
  StreamDeleted,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
  type ExpectedRevision,
  type HarmedStream,
  type ReadAllOptions,
  type ReadStreamOptions,
} from '../event-store.js';
import { KurrentAppends } from './appends.js';
import type { KurrentConnection } from './connection.js';
import { credentialsAreIgnored, credentialsOf } from './url.js';
import { KurrentReads } from './reads.js';
import { StreamNames } from './stream-names.js';
import { KurrentSubscription } from './subscription.js';
import { harmedStreams } from './harmed-streams.js';
import { CountedEvents } from './counted-events.js';
import type { KurrentPositionIndex } from './position-index.js';
import { backOff, unlessAborted } from '../waiting.js';

export interface KurrentOptions {
  /** Connection string, with credentials and TLS. */
  readonly url: string;
  /** Folder of the index of positions, `kurrentdb-positions.sqlite`: derived, and one process's alone. */
  readonly directory: string;
  /** Open beside the process that keeps the index of the folder. */
  readonly readOnly?: boolean;
  /** What the names of the ledger's streams begin with on a server that keeps more than one. */
  readonly streamPrefix?: string;
  /**
   * Bytes of the largest append. It must not be above the server's MaxAppendSize, whose default is 1 MiB up to version
   * 25.0 and 256 MiB from 25.1.
   */
  readonly largestAppend?: number;
  /** How long the server may take for an append with its position, or for a page, attempts again included. */
  readonly timeoutMs?: number;
  /** Hears of every failure that is dealt with here: a subscription that broke, a page that has to be read again. */
  readonly onError?: (error: Error) => void;
}

/** The server's default limit up to version 25.0. */
const LARGEST_APPEND = 1024 * 1024;
/** Short enough that a recording that first reads its stream is answered within twelve seconds, whatever hangs. */
const TIMEOUT_MS = 5500;
const PAGE = 500;

/**
 * Streams of the ledger are streams on the server; an event's data there is the event as JSON, without what the server
 * keeps of it anyway (id and type).
 *
 * Ids: the server knows an event again where it already stands at the revision at which it is to go. That an id is not
 * in use elsewhere is checked against the index, which knows everything but the last moments of other processes: two
 * processes that give one id to two streams at the same moment both succeed.
 */
export class KurrentEventStore implements EventStore {
  /** Each append is a call of its own, and the server takes them as they come. */
  readonly keepsOrder = false;
  private readonly closing = new AbortController();
  private closed: Promise<void> | undefined;
  private readonly reads: KurrentReads;
  private readonly appends: KurrentAppends;
  private readonly follower: KurrentSubscription;
  private readonly counted: CountedEvents;
  private readonly pending = new Set<Promise<unknown>>();
  /** Where the events of appends under way are to go. */
  private readonly underWay = new Map<string, string>();
  private readonly timeoutMs: number;
  private readonly largestAppend: number;
  private readonly onError: (error: Error) => void;

  constructor(
    private readonly options: KurrentOptions,
    private readonly index: KurrentPositionIndex,
    connection: KurrentConnection,
    private readonly freeing: readonly (() => unknown)[],
  ) {
    const { signal } = this.closing;
    // Everybody who waits listens to it.
    setMaxListeners(0, signal);
    const names = new StreamNames(options.streamPrefix ?? '');
    this.onError = options.onError ?? (() => undefined);
    this.timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.largestAppend = options.largestAppend ?? LARGEST_APPEND;
    this.reads = new KurrentReads(connection, names, {
      timeoutMs: this.timeoutMs,
      credentials: credentialsAreIgnored(options.url) ? undefined : credentialsOf(options.url),
      closing: signal,
    });
    this.appends = new KurrentAppends(connection, this.reads, names, index, {
      largestAppend: this.largestAppend,
      timeoutMs: this.timeoutMs,
      closing: signal,
    });
    this.follower = new KurrentSubscription(connection, index, this.reads, names, this.onError);
    this.counted = new CountedEvents(this.reads, index, this.follower.recent);
  }

  /** Makes sure that the index is of this log, and follows. */
  async start(): Promise<void> {
    if (this.options.readOnly) {
      this.follower.startBesideWriter();
      return;
    }
    try {
      await this.follower.verify();
    } catch (error) {
      if (!(error instanceof LedgerReplaced)) throw error;
      this.onError(error);
      this.index.clear();
    }
    this.follower.start();
    await this.countedByNow();
  }

  /** Waits for what the server has by now, however long that takes, as long as it comes. */
  private async countedByNow(): Promise<void> {
    for (;;) {
      const before = this.index.position;
      try {
        await this.head();
        return;
      } catch (error) {
        const { longLook } = this.follower.uncounted;
        if (!(error instanceof StoreUnreachable) || (this.index.position === before && !longLook))
          throw error;
        await longLook;
      }
    }
  }

  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended> {
    const appended = new Promise<Appended>((resolve) => {
      this.throwIfClosed();
      if (this.options.readOnly) throw new Error('the ledger is open for reading only');
      this.follower.throwIfReplaced();
      if (this.index.deleted.has(stream)) throw new StreamDeleted(stream);
      if (events.length === 0) throw new RangeError('an append needs at least one event');
      // Written down now: nobody shall change an event on its way.
      const rows = events.map((event) => rowOf(event, this.largestAppend));
      resolve(
        expected === 'no-stream' || expected >= 0
          ? this.record(stream, expected, rows)
          : this.refuse(stream, expected),
      );
    });
    this.pending.add(appended);
    const settled = () => this.pending.delete(appended);
    appended.then(settled, settled);
    return appended;
  }

  async *readStream(stream: string, options: ReadStreamOptions = {}): AsyncGenerator<RecordedEvent> {
    const { from = 0, limit = Infinity, signal } = options;
    this.throwIfClosed();
    let next = from;
    let end = from + limit;
    let first = true;
    while (next < end) {
      signal?.throwIfAborted();
      this.throwIfClosed();
      const page = await this.reads.stream(stream, next, Math.min(PAGE, end - next));
      // A page that is all there is, is the stream as of now; where more come, they come up to the head of now.
      if (first && !page.isLast) end = Math.min(end, (await this.reads.headOf(stream)) + 1);
      first = false;
      const hidden = await this.counted.hiddenBefore(stream, next, page.events[0]?.revision ?? Infinity, end);
      for (const event of hidden) yield event;
      const last = page.events.at(-1);
      if (!last) return;
      next = page.events[0]?.revision ?? next;
      await this.follower.position(stream, last.revision, this.timeoutMs);
      const places = this.index.ofStream(stream, next, page.events.length);
      for (const [offset, { revision, id, type, body }] of page.events.entries()) {
        if (revision >= end) return;
        const place = places[offset];
        if (place?.revision !== revision || place.id !== id)
          throw new LedgerReplaced(`event ${revision} of ${stream} is not the one that was counted`);
        signal?.throwIfAborted();
        yield recordedFrom({ position: place.position, stream, revision, id, type }, body);
      }
      next = last.revision + 1;
      if (page.isLast) return;
    }
  }

  async *readAll(options: ReadAllOptions = {}): AsyncGenerator<RecordedEvent> {
    const { after = 0, limit = Infinity, signal } = options;
    signal?.throwIfAborted();
    this.throwIfClosed();
    const until = after + limit <= this.index.position ? after + limit : await this.head();
    const end = Math.min(until, after + limit);
    const page = (from: number) =>
      from < end ? this.counted.ahead(from, Math.min(PAGE, end - from)) : undefined;
    for (let coming = page(after); coming;) {
      const events = await coming;
      this.throwIfClosed();
      // Comes while these are worked on.
      coming = page(events.at(-1)?.position ?? end);
      for (const event of events) {
        signal?.throwIfAborted();
        yield event;
      }
    }
  }

  async *subscribe(options: {
    after: number;
    batchSize?: number;
    signal: AbortSignal;
  }): AsyncGenerator<readonly RecordedEvent[]> {
    const { batchSize = PAGE } = options;
    if (!(batchSize >= 1)) throw new RangeError('a batch holds at least one event');
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    let { after } = options;
    let caughtUp = false;
    /** The end of the ledger when the subscription began: until there it is catching up. */
    let end: number | undefined;
    /** The next batch, which comes while the one before it is worked on. */
    let coming: Promise<readonly RecordedEvent[]> | undefined;
    let failures = 0;
    while (!signal.aborted) {
      let batch: readonly RecordedEvent[] | undefined = [];
      try {
        end ??= await unlessAborted(signal, this.head());
        if (this.index.position > after)
          batch = await unlessAborted(signal, coming ?? this.counted.ahead(after, batchSize));
        coming = undefined;
        failures = 0;
      } catch (error) {
        coming = undefined;
        if (error instanceof LedgerReplaced) throw error;
        this.onError(error instanceof Error ? error : new Error(String(error)));
        await backOff(++failures, signal);
        continue;
      }
      // Aborted meanwhile; nothing that was read is lost, the next subscription starts at what was handled.
      if (batch === undefined || end === undefined) return;
      const last = batch.at(-1);
      if (last) {
        after = last.position;
        // Fewer would be followed by more of them meanwhile.
        if (this.index.position >= after + batchSize) coming = this.counted.ahead(after, batchSize);
        yield batch;
      } else if (!caughtUp && after >= end) {
        caughtUp = true;
        yield [];
      } else if (this.index.position <= after) {
        await this.follower.news(signal);
      }
    }
  }

  streamsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
    return Promise.resolve().then(() => {
      this.throwIfClosed();
      const found = ids.map(
        (id) => [id, this.index.ofId(id)?.stream ?? this.underWay.get(id)?.split(' ')[0]] as const,
      );
      return new Map(found.flatMap(([id, stream]) => (stream === undefined ? [] : [[id, stream] as const])));
    });
  }

  /** The true end of the ledger, also where another process has just recorded: it is asked for, and waited for here. */
  async head(): Promise<number> {
    this.throwIfClosed();
    this.follower.throwIfReplaced();
    const last = await this.follower.end.last();
    if (last) await this.follower.reached(last, this.timeoutMs);
    this.throwIfClosed();
    return this.index.position;
  }

  get deletedStreams(): readonly string[] {
    return [...this.index.deleted].sort();
  }

  harmedStreams(): Promise<readonly HarmedStream[]> {
    return harmedStreams(this.index, this.reads);
  }

  /** Reads ask the leader, which is also the one that takes appends. */
  async checkWritable(): Promise<void> {
    await this.head();
  }

  close(): Promise<void> {
    this.closed ??= this.end();
    return this.closed;
  }

  private async end(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.pending);
    await this.follower.stop();
    for (const free of [...this.freeing].reverse()) await free();
  }

  /** A revision that no stream can have. */
  private async refuse(stream: string, expected: number): Promise<never> {
    const head = await this.reads.headOf(stream);
    throw new WrongExpectedRevision(stream, expected, head < 0 ? 'no-stream' : head);
  }

  private async record(
    stream: string,
    expected: ExpectedRevision,
    rows: readonly EventRow[],
  ): Promise<Appended> {
    const after = expected === 'no-stream' ? -1 : expected;
    const earlier = this.earlierAnswer(stream, after, rows);
    if (earlier) return earlier;
    this.refuseIdsInUse(stream, after, rows);
    const places = rows.map(({ id }, offset) => [id, `${stream} ${after + 1 + offset}`] as const);
    for (const [id, place] of places) this.underWay.set(id, place);
    try {
      const until = Date.now() + this.timeoutMs;
      await this.follower.sure(this.timeoutMs);
      const revision = await this.appends.append(stream, after, rows, until);
      const left = Math.max(1, until - Date.now());
      return { revision, position: await this.follower.position(stream, revision, left) };
    } finally {
      for (const [id, place] of places) if (this.underWay.get(id) === place) this.underWay.delete(id);
    }
  }

  /** The first answer to an append that was written before: the very events stand where it would put them. */
  private earlierAnswer(stream: string, after: number, rows: readonly EventRow[]): Appended | undefined {
    const places = this.index.ofStream(stream, after + 1, rows.length);
    const last = places.at(-1);
    const same =
      places.length === rows.length &&
      places.every(({ id, revision }, offset) => id === rows[offset]?.id && revision === after + 1 + offset);
    return same && last ? { revision: last.revision, position: last.position } : undefined;
  }

  private refuseIdsInUse(stream: string, after: number, rows: readonly EventRow[]): void {
    // Where the stream is known to be elsewhere, that is what the server will say.
    if (this.index.headOf(stream) > after) return;
    const ids = new Set<string>();
    for (const [offset, { id }] of rows.entries()) {
      const place = this.index.ofId(id);
      const going = this.underWay.get(id);
      const isElsewhere = going !== undefined && going !== `${stream} ${after + 1 + offset}`;
      if (ids.has(id) || place !== undefined || isElsewhere) throw new EventIdInUse(id);
      ids.add(id);
    }
  }

  private throwIfClosed(): void {
    if (this.closing.signal.aborted) throw new EventStoreClosed();
  }
}
