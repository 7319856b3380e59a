import type { NewEvent, RecordedEvent } from '../domain/ledger/event.js';

/** Injection token of the event store. */
export const EVENT_STORE = Symbol('EventStore');

/** What an append expects of its stream: that it does not exist, or that its last event has this revision. */
export type ExpectedRevision = 'no-stream' | number;

export interface Appended {
  /** Revision of the last event of the append. */
  readonly revision: number;
  /** Position of the last event of the append. */
  readonly position: number;
}

export interface ReadStreamOptions {
  /** First revision to read. Default 0. */
  readonly from?: number;
  /** At most so many events. Default all. */
  readonly limit?: number;
  /** Once it aborts, the iteration throws its reason before the next event. */
  readonly signal?: AbortSignal;
}

export interface ReadAllOptions {
  /** Read what comes after this position. Default 0: from the start. */
  readonly after?: number;
  readonly limit?: number;
  /** Once it aborts, the iteration throws its reason before the next event. */
  readonly signal?: AbortSignal;
}

/**
 * Where events are kept: streams with exact expectations, read one by one or all in ledger order.
 *
 * Every adapter passes the contract suite in `test/event-store/contract.ts`.
 */
export interface EventStore {
  /** Whether appends that do not wait for each other come into the ledger in the order in which they are given, also those of different streams. */
  readonly keepsOrder: boolean;

  /**
   * Appends all events or none, durably: once it resolves they survive a crash.
   *
   * Idempotent: where the events after the expected revision are these very ids already, it answers as the first
   * time. Appends to one stream are written in the order in which they are given, also when they do not wait for each
   * other. Throws WrongExpectedRevision where the stream is elsewhere, EventIdInUse where an id is taken by another
   * event, EventTooLarge, StoreClosed. Any other error means that the outcome is unknown: read the stream and
   * compare ids before retrying. An empty list is refused with RangeError.
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;

  /** The events of a stream by revision, as of when the iteration starts. A stream that does not exist has none. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;

  /** The events of the ledger by position, as of when the iteration starts. */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  /**
   * All events after a position, first those that are there, then each batch as it is recorded, in ledger order and
   * without gaps, until the signal aborts (the iteration then ends without an error) or the store closes. Yields arrays
   * of at most `batchSize` events so that a reader can handle many at once; an empty array says "nothing more
   * for now" and comes once when the reader has first caught up.
   */
  subscribe(options: {
    readonly after: number;
    readonly batchSize?: number;
    readonly signal: AbortSignal;
  }): AsyncIterable<readonly RecordedEvent[]>;

  /** The streams of the events that have these ids, by id; those that no event has are left out. */
  streamsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** Position of the last event of the ledger, 0 where it is empty. */
  head(): Promise<number>;

  /** Streams that were deleted for good behind the ledger's back, where the store knows such a thing. */
  readonly deletedStreams?: readonly string[];

  /** What somebody did to streams behind the ledger's back, with what helps; looks at every stream. */
  harmedStreams?(): Promise<readonly HarmedStream[]>;

  /**
   * Resolves where something could be recorded now. Throws NotWritable with why not, StoreUnreachable, StoreClosed. Costs at
   * most a small write, shared by all who ask within a second.
   */
  checkWritable(): Promise<void>;

  /** Ends subscriptions, lets appends that wait finish, and frees what is held. */
  close(): Promise<void>;
}

/** A stream to which something was done that the ledger itself does not show. */
export interface HarmedStream {
  readonly stream: string;
  /** As the rest of a sentence that begins with the stream. */
  readonly harm: string;
}

/** The stream is not where the append expected it. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';
  constructor(
    readonly stream: string,
    readonly expected: ExpectedRevision,
    readonly actual: ExpectedRevision,
  ) {
    super(
      `stream ${stream} was expected ${describe(expected)} but ${actual === 'no-stream' ? 'does not exist' : `is at revision ${actual}`}`,
    );
  }
}

function describe(expected: ExpectedRevision): string {
  return expected === 'no-stream' ? 'not to exist' : `at revision ${expected}`;
}

/** An id of the append belongs to another event already. */
export class EventIdInUse extends Error {
  override readonly name = 'EventIdInUse';
  constructor(readonly eventId: string) {
    super(`event id ${eventId} is in use by another event`);
  }
}

/** An event is larger than the store takes. */
export class EventTooLarge extends Error {
  override readonly name = 'EventTooLarge';
  constructor(
    readonly eventId: string,
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`event ${eventId} has ${bytes} bytes, the store takes at most ${limit}`);
  }
}

/** The events of an append are together larger than the store takes. */
export class AppendTooLarge extends EventTooLarge {
  constructor(eventId: string, bytes: number, limit: number) {
    super(eventId, bytes, limit);
    this.message = `the append has ${bytes} bytes, the store takes at most ${limit} at once; record it in smaller parts`;
  }
}

/** The store did not answer, or not in time. Of an append it says that the outcome is unknown. */
export class StoreUnreachable extends Error {
  override readonly name = 'StoreUnreachable';
}

/** What a tombstone means for a stream, and what helps. */
export const DELETED =
  'was deleted (tombstoned) in KurrentDB, which cannot be undone there. Nothing can be recorded in it; restore the server from a backup of before';

/**
 * A stream of the ledger was deleted behind the ledger's back, for good. What it held may still be in the log; nothing can
 * be added to it.
 */
export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';
  constructor(readonly stream: string) {
    super(`stream ${stream} ${DELETED}`);
  }
}

/** The log is not the one that positions were counted on: an older backup was restored, or it is another server's. */
export class LedgerReplaced extends Error {
  override readonly name = 'LedgerReplaced';
}

/** The store does not know the user of the settings, or does not let it do this. */
export class StoreAccessRefused extends Error {
  override readonly name = 'StoreAccessRefused';
}

/** The store was closed. */
export class EventStoreClosed extends Error {
  override readonly name = 'EventStoreClosed';
  constructor() {
    super('the event store is closed');
  }
}

/** Another process writes to this ledger already. */
export class LedgerInUse extends Error {
  override readonly name = 'LedgerInUse';
}
