import type { RecordedEvent as KurrentEvent } from '@kurrent/kurrentdb-client';
import { isEventType } from '../../domain/events/catalogue.js';
import { isPlainObject } from '../../domain/events/fields.js';
import { newestVersion } from '../../domain/events/versions.js';
import { daySpan } from '../../domain/ledger/edtf.js';
import { problemsOfTexts } from '../../domain/ledger/input-texts.js';
import { isInstant } from '../../domain/ledger/instant.js';
import { readData } from '../../domain/ledger/proposal.js';
import { ownerOf } from '../../domain/ledger/streams.js';
import type { LogPosition } from './position-index.js';
import type { StreamNames } from './stream-names.js';

/** An event as the server stores it. */
export interface FoundEvent {
  readonly stream: string;
  readonly revision: number;
  readonly id: string;
  readonly type: string;
  /** The other fields of the event, as given to the append. */
  readonly body: object;
  /** Its place in the log. Stream reads do not return it: servers up to 24.10 answer 2^64 − 1 there. */
  readonly log: LogPosition | undefined;
}

/** The log position that means "none". */
const NO_POSITION = 0xffff_ffff_ffff_ffffn;

/** The type of the event that the server writes when a stream is permanently deleted. */
export const STREAM_DELETED = '$streamDeleted';

/**
 * Prefix for the type of an event that does not belong to a ledger, so that no version of the catalogue knows
 * it.
 */
const FOREIGN = 'not-of-a-ledger:';

/**
 * Converts the client's form of an event. If another program wrote an event into one of the tracker's
 * streams, the event keeps its place but gets an unknown type, so that readers park its stream and continue
 * with the others.
 */
export function foundEvent(names: StreamNames, event: KurrentEvent): FoundEvent {
  const { streamId, revision, id, type, data, position, created } = event;
  const log =
    position && position.commit !== NO_POSITION
      ? { commit: Number(position.commit), prepare: Number(position.prepare) }
      : undefined;
  const stream = names.ofServer(streamId);
  const place = { stream, revision: Number(revision), id, log };
  if (type === STREAM_DELETED || (event.isJson && isOfLedger(stream, type, data)))
    return { type, body: data as object, ...place };
  // Rounded to seconds: subscriptions report 100 ns, but native reads only seconds.
  const recordedAt = new Date(Math.floor(created.getTime() / 1000) * 1000).toISOString();
  const body = {
    occurredOn: recordedAt.slice(0, 10),
    data: {},
    evidence: [],
    recordedAt,
    recordedBy: 'another program',
  };
  return { type: FOREIGN + type.replaceAll('\0', '\uFFFD'), body, ...place };
}

/**
 * Whether the tracker may have written an event. What it never writes is told apart here, because readers
 * trust the ledger: a body of other fields, data that does not match its type, a stream that nobody owns. A
 * type or version of a newer release cannot be judged. The client returns malformed JSON as a string.
 */
function isOfLedger(stream: string, type: string, body: unknown): boolean {
  if (ownerOf(stream) === undefined || !isPlainObject(body)) return false;
  const { occurredOn, recordedAt, recordedBy, data, evidence, version = 1 } = body;
  return (
    typeof occurredOn === 'string' &&
    daySpan(occurredOn) !== undefined &&
    typeof recordedAt === 'string' &&
    isInstant(recordedAt) &&
    typeof recordedBy === 'string' &&
    Array.isArray(evidence) &&
    evidence.every(isPlainObject) &&
    isPlainObject(data) &&
    problemsOfTexts(body, nulFault).length === 0 &&
    isDataOf(type, version, data)
  );
}

/** PostgreSQL keeps no NUL character. */
const nulFault = (text: string): string | undefined =>
  text.includes('\0') ? 'holds a NUL character' : undefined;

function isDataOf(type: string, version: unknown, data: object): boolean {
  if (!isEventType(type)) return true;
  if (!Number.isInteger(version)) return false;
  return Number(version) > newestVersion(type) || !('problems' in readData(type, data, Number(version)));
}
