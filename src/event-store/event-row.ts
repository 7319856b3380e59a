import type { NewEvent, RecordedEvent } from '../domain/ledger/event.js';
import { inTodaysVersion } from '../domain/events/versions.js';
import { EventTooLarge } from './event-store.js';

/** What is written of an event besides its place. */
export interface EventRow {
  readonly id: string;
  readonly type: string;
  /** The rest of it as JSON. */
  readonly body: string;
}

/** The event as it will be stored. Throws where it cannot be: larger than `largest` bytes, or not JSON. */
export function rowOf(event: NewEvent, largest: number): EventRow {
  // A recorded event may be given as a new one: its old place is not part of it.
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
  const body = JSON.stringify({ ...(version !== undefined && { version }), ...rest, data });
  const bytes = Buffer.byteLength(body);
  if (bytes > largest) throw new EventTooLarge(id, bytes, largest);
  return { id, type, body };
}

/** Where an event stands, and what names it. */
export interface EventPlace {
  readonly position: number;
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
}

/**
 * The event of a row, in today's version of its type: the body was written from an event of this type. A body that names
 * another place, or what was written, does not change either.
 */
export function recordedFrom(
  { position, stream, revision, id, type }: EventPlace,
  body: object,
): RecordedEvent {
  const place = { position, stream, revision, id, type };
  const event = Object.assign({ ...place, ...body }, place);
  if ('written' in event) delete event.written;
  return inTodaysVersion(event as unknown as RecordedEvent);
}

/** Whether a body is written as `rowOf` writes it: it says nothing twice, and nothing of its place. */
export function isWellWritten(text: string, body: unknown): body is object {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) return false;
  return JSON.stringify(body) === text && !PLACE.some((name) => Object.hasOwn(body, name));
}

const PLACE = ['position', 'stream', 'revision', 'id', 'type', 'written'];
