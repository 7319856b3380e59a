import type { NewEvent, RecordedEvent } from '../domain/ledger/event.js';
import { inTodaysVersion } from '../domain/events/versions.js';
import { EventTooLarge } from './event-store.js';

/** The stored columns of an event, without its place. */
export interface EventRow {
  readonly id: string;
  readonly type: string;
  /** The other fields of the event, as JSON. */
  readonly body: string;
}

// Every event passes here, and V8 takes about a microsecond for each field that is added to a copy by spread: so a
// literal names its own fields first, and spreads last.

/** Serializes an event for storage. Throws when it is larger than `largest` bytes or is not JSON. */
export function rowOf(event: NewEvent, largest: number): EventRow {
  // Callers may pass a recorded event as a new one, so its old place is removed.
  const {
    id,
    type,
    stream: _stream,
    revision: _revision,
    position: _position,
    version: today,
    written,
    ...rest
  } = event as NewEvent & Partial<RecordedEvent>;
  const { version, data } = written ?? { version: today, data: rest.data };
  const body = JSON.stringify(version === undefined ? { ...rest, data } : { version, ...rest, data });
  const bytes = Buffer.byteLength(body);
  if (bytes > largest) throw new EventTooLarge(id, bytes, largest);
  return { id, type, body };
}

/** The place of an event and its identity. */
export interface EventPlace {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
}

/**
 * Builds the event of a row and upgrades it to today's version of its type. The arguments override any place
 * or type in the body, and a `written` field in the body is dropped.
 */
export function recordedFrom(
  { position, stream, revision, id, type }: EventPlace,
  body: object,
): RecordedEvent {
  const event = { position, stream, revision, id, type, ...body };
  if (PLACE.some((name) => name in body)) {
    Object.assign(event, { position, stream, revision, id, type });
    if ('written' in event) delete event.written;
  }
  return inTodaysVersion(event as unknown as RecordedEvent);
}

/** Whether a body is exactly what `rowOf` writes: it has no duplicate keys and no place fields. */
export function isWellWritten(text: string, body: unknown): body is object {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  return JSON.stringify(body) === text && !PLACE.some((name) => Object.hasOwn(body, name));
}

const PLACE = ['position', 'stream', 'revision', 'id', 'type', 'written'];
