import { join } from 'node:path';
import { StoreUnreachable, type EventStore } from '../event-store.js';
import { whyUnreachable } from './diagnosis.js';
import { borrowConnection } from './connection.js';
import { KurrentEventStore, type KurrentOptions } from './kurrentdb-event-store.js';
import { KurrentPositionIndex } from './position-index.js';
import { takeWriterLock } from '../sqlite/writer-lock.js';

/**
 * Opens the ledger on a KurrentDB server or cluster, version 24.6 or later. Positions count the tracker's
 * events in the order of the server's log, from 1 without gaps, so that a ledger is the same on every tier.
 * Throws StoreUnreachable when the server does not answer, and LedgerInUse when another process has the
 * folder.
 */
export async function openKurrentEventStore(options: KurrentOptions): Promise<EventStore> {
  const file = join(options.directory, 'kurrentdb-positions.sqlite');
  const freeing: (() => unknown)[] = [];
  let store: KurrentEventStore | undefined;
  try {
    if (!options.readOnly) freeing.push(takeWriterLock(file));
    const index = options.readOnly
      ? KurrentPositionIndex.openForReading(file)
      : KurrentPositionIndex.open(file);
    freeing.push(() => index.close());
    const { connection, release } = borrowConnection(options.url);
    freeing.push(release);
    store = new KurrentEventStore(options, index, connection, freeing);
    await store.start();
    return store;
  } catch (error) {
    // The store may already follow the ledger and would never stop.
    if (store) await store.close();
    else for (const free of freeing.reverse()) await free();
    if (error instanceof StoreUnreachable)
      throw new StoreUnreachable(
        `KurrentDB is not reached: ${await whyUnreachable(options.url)} (${error.message})`,
        { cause: error },
      );
    throw error;
  }
}
