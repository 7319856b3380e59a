import type { EventType, EventData } from '../events/catalogue.js';
import type { EdtfDate } from './edtf.js';
import type { Evidence } from './evidence.js';
import type { Warning } from './warning.js';

/** An event as an author proposes it: everything but what the ledger adds. */
export type ProposedEvent<T extends EventType = EventType> = T extends EventType ? Proposed<T> : never;

/** An event that was accepted, on its way to the store: what stays of it for good. */
export type NewEvent<T extends EventType = EventType> = T extends EventType ? Accepted<T> : never;

/** An event in its place in a stream: all that the fold needs to know. */
export type StreamEvent<T extends EventType = EventType> = T extends EventType ? Placed<T> : never;

/** An event of the ledger, immutable. */
export type RecordedEvent<T extends EventType = EventType> = T extends EventType ? Recorded<T> : never;

/** What was written of an event, where that was under an earlier version of its type. */
export interface Written {
  /** Left out: 1. */
  readonly version?: number;
  /** @schema EventData */
  readonly data: object;
}

interface Proposed<T extends EventType> {
  readonly type: T;
  /** The version of its type that `data` is of. Left out: 1. */
  readonly version?: number;
  readonly occurredOn: EdtfDate;
  readonly data: EventData<T>;
  readonly evidence: readonly Evidence[];
  /** A remark of the author for readers. */
  readonly note?: string;
}

interface Accepted<T extends EventType> extends Proposed<T> {
  /** UUID. The same id is never recorded twice in one stream. */
  readonly id: string;
  /** As it was written, where `data` was brought to today's version. */
  readonly written?: Written;
  readonly warnings?: readonly Warning[];
  /** When the ledger learned it: an ISO 8601 instant in UTC with milliseconds, never decreasing within a stream. */
  readonly recordedAt: string;
  /** The name of the API key that recorded it. */
  readonly recordedBy: string;
}

interface Placed<T extends EventType> extends Accepted<T> {
  readonly stream: string;
  /** Place in its stream, from 0, without gaps. */
  readonly revision: number;
}

interface Recorded<T extends EventType> extends Placed<T> {
  /** Place in the whole ledger, increasing; without gaps where the store can promise it. */
  readonly position: number;
}
