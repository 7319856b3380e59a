import type { NewEvent } from '../../domain/ledger/event.js';
import { DiskFull } from '../../event-store/disk-full.js';
import {
  EventIdInUse,
  EventTooLarge,
  EventStoreClosed,
  StoreAccessRefused,
  StreamDeleted,
  WrongExpectedRevision,
  type Appended,
  type EventStore,
} from '../../event-store/event-store.js';
import { LedgerParted } from '../../event-store/ledger-memory.js';
import { outcomeUnknown } from './rejections.js';

/**
 * Appends after a revision (-1: as the first events of the stream). When the outcome is unknown, it reads the
 * stream and compares ids before it sends the same ids and revision again.
 *
 * Throws the store's own errors, and OutcomeUnknown when the outcome stays unknown.
 */
export async function appendAfter(
  store: EventStore,
  stream: string,
  revision: number,
  events: readonly NewEvent[],
): Promise<Appended> {
  const expected = revision < 0 ? 'no-stream' : revision;
  try {
    return await store.append(stream, expected, events);
  } catch (error) {
    if (isAnswer(error)) throw error;
    try {
      return (
        (await appended(store, stream, revision, events)) ?? (await store.append(stream, expected, events))
      );
    } catch (again) {
      if (isAnswer(again) && !isRefusal(again)) throw again;
      throw outcomeUnknown(error);
    }
  }
}

/** Whether an error proves that the store recorded nothing. */
function isAnswer(error: unknown): boolean {
  return (
    error instanceof WrongExpectedRevision ||
    error instanceof EventIdInUse ||
    error instanceof EventTooLarge ||
    error instanceof EventStoreClosed ||
    error instanceof StreamDeleted ||
    error instanceof LedgerParted ||
    isRefusal(error)
  );
}

/** Whether an error says only that the store records nothing now, whatever it has recorded before. */
function isRefusal(error: unknown): boolean {
  return error instanceof StoreAccessRefused || error instanceof DiskFull;
}

async function appended(
  store: EventStore,
  stream: string,
  revision: number,
  events: readonly NewEvent[],
): Promise<Appended | undefined> {
  const found = [];
  for await (const event of store.readStream(stream, { from: revision + 1, limit: events.length }))
    found.push(event);
  const last = found.at(-1);
  const same = found.length === events.length && found.every(({ id }, index) => id === events[index]?.id);
  return same && last ? { revision: last.revision, position: last.position } : undefined;
}
