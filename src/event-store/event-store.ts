import type { NewEvent, RecordedEvent } from '../domain/ledger/event.js';

/** Injection token of the event store. */
export const EVENT_STORE = Symbol('EventStore');

/** What an append expects of its stream: it does not exist yet, or its last event has this revision. */
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
  /** Maximum number of events. Default all. */
  readonly limit?: number;
  /** When this signal aborts, the iteration throws its reason before the next event. */
  readonly signal?: AbortSignal;
}

export interface ReadAllOptions {
  /** Reads the events after this position. Default 0: from the start. */
  readonly after?: number;
  readonly limit?: number;
  /** When this signal aborts, the iteration throws its reason before the next event. */
  readonly signal?: AbortSignal;
}

/**
 * Stores events in streams. Appends state the exact revision they expect; reads return one stream or all
 * events in ledger order.
 *
 * Every adapter passes the contract suite in `test/event-store/contract.ts`.
 */
export interface EventStore {
  /** Whether concurrent appends enter the ledger in the order of the calls, also across different streams. */
  readonly keepsOrder: boolean;

  /**
   * Appends all events or none, durably: once it resolves, they survive a crash.
   *
   * Idempotent: when these same ids already follow the expected revision, it returns the first answer again.
   * Appends to one stream are written in the order of the calls, also when the callers do not wait. Throws
   * WrongExpectedRevision when the stream has another revision, EventIdInUse when another event has the id,
   * EventTooLarge, StoreAccessRefused, StoreClosed, and RangeError for an empty list. Any other error means that the outcome is
   * unknown: read the stream and compare ids before retrying.
   */
  append(stream: string, expected: ExpectedRevision, events: readonly NewEvent[]): Promise<Appended>;

  /** The events of a stream by revision, as of the start of the iteration. A missing stream has no events. */
  readStream(stream: string, options?: ReadStreamOptions): AsyncIterable<RecordedEvent>;

  /** The events of the ledger by position, as of the start of the iteration. */
  readAll(options?: ReadAllOptions): AsyncIterable<RecordedEvent>;

  /**
   * All events after a position: first the existing ones, then each batch as it is recorded, in ledger order
   * and without gaps. Ends without an error when the signal aborts, and ends when the store closes. Yields
   * arrays of at most `batchSize` events so that a reader can handle many at once. An empty array says
   * "nothing more for now" and comes once, when the reader has first caught up.
   */
  subscribe(options: {
    readonly after: number;
    readonly batchSize?: number;
    readonly signal: AbortSignal;
  }): AsyncIterable<readonly RecordedEvent[]>;

  /** Maps event ids to the streams of their events. Ids without an event are left out. */
  streamsOf(ids: readonly string[]): Promise<ReadonlyMap<string, string>>;

  /** Position of the last event of the ledger; 0 when the ledger is empty. */
  head(): Promise<number>;

  /** Streams that somebody permanently deleted outside the tracker, if the store can tell. */
  readonly deletedStreams?: readonly string[];

  /** Finds streams that somebody changed outside the tracker, each with a remedy. Checks every stream. */
  harmedStreams?(): Promise<readonly HarmedStream[]>;

  /**
   * Resolves when the store accepts writes now. Throws NotWritable with the reason, StoreUnreachable or
   * StoreClosed. Costs at most one small write, which all callers within a second share.
   */
  checkWritable(): Promise<void>;

  /** Ends subscriptions, lets pending appends finish, and releases all resources. */
  close(): Promise<void>;
}

/** A stream that somebody changed in a way the ledger itself does not show. */
export interface HarmedStream {
  readonly stream: string;
  /** The end of a sentence whose subject is the stream. */
  readonly harm: string;
}

/** The stream does not have the revision that the append expected. */
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

/** Another event already has an id of the append. */
export class EventIdInUse extends Error {
  override readonly name = 'EventIdInUse';
  constructor(readonly eventId: string) {
    super(`event id ${eventId} is in use by another event`);
  }
}

/** An event is larger than the store accepts. */
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

/** The events of an append together are larger than the store accepts. */
export class AppendTooLarge extends EventTooLarge {
  constructor(eventId: string, bytes: number, limit: number) {
    super(eventId, bytes, limit);
    this.message = `the append has ${bytes} bytes, the store takes at most ${limit} at once; record it in smaller parts`;
  }
}

/** The store did not answer in time. For an append, the outcome is unknown. */
export class StoreUnreachable extends Error {
  override readonly name = 'StoreUnreachable';
}

/** What a tombstone means for a stream, and the remedy. */
export const DELETED =
  'was deleted (tombstoned) in KurrentDB, which cannot be undone there. Nothing can be recorded in it; restore the server from a backup of before';

/**
 * Somebody permanently deleted a stream outside the tracker. Its events may still be in the log, but nothing
 * can be added to it.
 */
export class StreamDeleted extends Error {
  override readonly name = 'StreamDeleted';
  constructor(readonly stream: string) {
    super(`stream ${stream} ${DELETED}`);
  }
}

/**
 * The log is not the one whose events were counted: somebody restored an older backup, or it belongs to
 * another server.
 */
export class LedgerReplaced extends Error {
  override readonly name = 'LedgerReplaced';
}

/** The store does not know the configured user, or does not give this user the permission. */
export class StoreAccessRefused extends Error {
  override readonly name = 'StoreAccessRefused';
}

export class EventStoreClosed extends Error {
  override readonly name = 'EventStoreClosed';
  constructor() {
    super('the event store is closed');
  }
}

/** Another process already writes to this ledger. */
export class LedgerInUse extends Error {
  override readonly name = 'LedgerInUse';
}
