import type { EventType, EventData } from '../events/catalogue.js';
import type { EdtfDate } from './edtf.js';
import type { Evidence } from './evidence.js';
import type { Warning } from './warning.js';

/** An event as its author proposes it, without the fields that the ledger adds. */
export type ProposedEvent<T extends EventType = EventType> = T extends EventType ? Proposed<T> : never;

/** An accepted event on its way to the store: the part that stays unchanged. */
export type NewEvent<T extends EventType = EventType> = T extends EventType ? Accepted<T> : never;

/** An event with its place in a stream: everything that the fold needs. */
export type StreamEvent<T extends EventType = EventType> = T extends EventType ? Placed<T> : never;

/** An event of the ledger, immutable. */
export type RecordedEvent<T extends EventType = EventType> = T extends EventType ? Recorded<T> : never;

/** The original data of an event, if it was written under an earlier version of its type. */
export interface Written {
  /** Default: 1. */
  readonly version?: number;
  /** @schema EventData */
  readonly data: object;
}

interface Proposed<T extends EventType> {
  readonly type: T;
  /** The version of the type that `data` has. Default: 1. */
  readonly version?: number;
  readonly occurredOn: EdtfDate;
  readonly data: EventData<T>;
  readonly evidence: readonly Evidence[];
  /** A remark of the author for readers. */
  readonly note?: string;
}

interface Accepted<T extends EventType> extends Proposed<T> {
  /** UUID. A stream never contains the same id twice. */
  readonly id: string;
  /** The original data, if `data` was converted to today's version. */
  readonly written?: Written;
  readonly warnings?: readonly Warning[];
  /**
   * When the ledger recorded it: an ISO 8601 instant in UTC with milliseconds, never decreasing within a
   * stream.
   */
  readonly recordedAt: string;
  /** Name of the API key that recorded it. */
  readonly recordedBy: string;
}

interface Placed<T extends EventType> extends Accepted<T> {
  readonly stream: string;
  /** Place in its stream, from 0, without gaps. */
  readonly revision: number;
}

interface Recorded<T extends EventType> extends Placed<T> {
  /** Place in the whole ledger, increasing; without gaps if the store guarantees it. */
  readonly position: number;
}
