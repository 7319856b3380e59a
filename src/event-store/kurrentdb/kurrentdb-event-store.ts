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
  /**
   * Folder of the position index, `kurrentdb-positions.sqlite`. The index is derived data, and one process
   * owns it.
   */
  readonly directory: string;
  /** Opens the index read-only, beside the process that writes it. */
  readonly readOnly?: boolean;
  /** Prefix of the ledger's stream names on a server with several ledgers. */
  readonly streamPrefix?: string;
  /**
   * Size limit of an append, in bytes. It must not exceed the server's MaxAppendSize, which defaults to 1 MiB
   * up to version 25.0 and to 256 MiB from 25.1.
   */
  readonly largestAppend?: number;
  /**
   * How long the server may take for one append including its position, or for one page, retries included.
   */
  readonly timeoutMs?: number;
  /**
   * Receives every failure that the store handles itself, such as a broken subscription or a retried page.
   */
  readonly onError?: (error: Error) => void;
}

/** The server's default limit up to version 25.0. */
const LARGEST_APPEND = 1024 * 1024;
/** A recording that first reads its stream is answered within twelve seconds, even when calls hang. */
const TIMEOUT_MS = 5500;
const PAGE = 500;

/**
 * Each stream of the ledger is a stream on the server. The event's data there is the event as JSON, without
 * id and type, which the server stores anyway.
 *
 * Ids: the server recognises an event that already stands at its target revision. The index tells whether an
 * id is in use elsewhere. It lacks the last moments of other processes, so two processes that give one id to
 * two streams at the same moment both succeed.
 */
export class KurrentEventStore implements EventStore {
  /** Each append is a separate call, and the server processes calls in any order. */
  readonly keepsOrder = false;
  private readonly closing = new AbortController();
  private closed: Promise<void> | undefined;
  private readonly reads: KurrentReads;
  private readonly appends: KurrentAppends;
  private readonly follower: KurrentSubscription;
  private readonly counted: CountedEvents;
  private readonly pending = new Set<Promise<unknown>>();
  /** The target places of events in flight, by event id. */
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
    // Every waiting call adds a listener to this signal.
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

  /** Checks that the index belongs to this log, then follows the log. */
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

  /** Waits until all events that the server has now are counted, for as long as there is progress. */
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
      this.follower.throwIfItCannotCount();
      if (this.index.deleted.has(stream)) throw new StreamDeleted(stream);
      if (events.length === 0) throw new RangeError('an append needs at least one event');
      // Serialized now, so that later changes to the event objects have no effect.
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
      // If the first page is the last one, it is the stream as of now. Otherwise the read ends at the current
      // head.
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
      // The next page loads while the caller handles this one.
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
    /** The end of the ledger when the subscription began. It has caught up once it reaches this position. */
    let end: number | undefined;
    /** The next batch, which loads while the caller handles the current one. */
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
      // Aborted meanwhile. Nothing is lost: the next subscription starts after the last handled event.
      if (batch === undefined || end === undefined) return;
      const last = batch.at(-1);
      if (last) {
        after = last.position;
        // Loads ahead full batches only: a partial one would be outdated when the caller asks for it.
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

  /**
   * The true end of the ledger, including what other processes have just recorded. Asks the server, and waits
   * until this end is counted.
   */
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

  /** Reads go to the leader, which also accepts the appends, so one read is enough. */
  async checkWritable(): Promise<void> {
    await this.head();
    this.index.refuseFullDisk();
  }

  close(): Promise<void> {
    return (this.closed ??= this.end());
  }

  private async end(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.pending);
    await this.follower.stop();
    for (const free of [...this.freeing].reverse()) await free();
  }

  /** Refuses a negative expected revision, which no stream can have. */
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

  /** The original answer, if these same events already stand at their target revisions. */
  private earlierAnswer(stream: string, after: number, rows: readonly EventRow[]): Appended | undefined {
    const places = this.index.ofStream(stream, after + 1, rows.length);
    const last = places.at(-1);
    const same =
      places.length === rows.length &&
      places.every(({ id, revision }, offset) => id === rows[offset]?.id && revision === after + 1 + offset);
    return same && last ? { revision: last.revision, position: last.position } : undefined;
  }

  private refuseIdsInUse(stream: string, after: number, rows: readonly EventRow[]): void {
    // The index already knows more events of the stream, so the server will refuse the append.
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
