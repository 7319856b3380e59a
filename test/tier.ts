import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '../src/event-store/event-store.js';
import { openKurrentEventStore } from '../src/event-store/kurrentdb/open.js';
import { openSqliteEventStore } from '../src/event-store/sqlite/sqlite-event-store.js';
import { openDatabase } from '../src/event-store/sqlite/driver.js';
import { PostgresTables } from '../src/read-model/postgres/postgres-tables.js';
import { SqliteTables } from '../src/read-model/sqlite/sqlite-tables.js';
import type { ReadModelTables } from '../src/read-model/tables.js';
import type { DoubleLog } from './event-store/kurrentdb-double/log.js';
import { placeForLedger } from './event-store/ledger-place.js';
import { createDatabase } from './postgres.js';

/** The stores of an application outside its folder. */
export interface Tier {
  /** The settings that select this tier. */
  readonly environment: Readonly<Record<string, string>>;
  /** Opens the ledger; no application may have it open. */
  events(): Promise<EventStore>;
  /** The log of the double that stores the events, if there is one. */
  readonly log?: DoubleLog;
  /** The first set of views. */
  views(): Promise<ReadModelTables>;
  /** Changes the first set of views directly, bypassing the tracker. */
  tamperViews(sql: string): Promise<void>;
  remove(): Promise<void>;
}

const tiers = new Map<string, Promise<Tier>>();

/**
 * The tier of a data folder; repeated calls return the same one. The default is the embedded tier. With
 * TIER=postgres, views, keys and checkpoints are in a database of their own. With TIER=server, events are
 * also on KurrentDB: on a double, or under their own prefix on the server at KURRENTDB_URL.
 */
export function tierOf(directory: string): Promise<Tier> {
  const tier = tiers.get(directory) ?? openTier(directory);
  tiers.set(directory, tier);
  return tier;
}

async function openTier(directory: string): Promise<Tier> {
  const name = process.env['TIER'] ?? 'embedded';
  if (name === 'embedded') return embedded(directory);
  if (name !== 'postgres' && name !== 'server') throw new Error(`there is no tier ${name}`);
  const database = await createDatabase();
  const place = name === 'server' ? await placeForLedger() : undefined;
  return {
    environment: { POSTGRES_URL: database.url, ...place?.environment },
    ...(place?.log && { log: place.log }),
    events: () => (place ? openKurrentEventStore({ ...place, directory }) : ledgerIn(directory)),
    views: () => PostgresTables.open(database.url, 'views_1'),
    tamperViews: async (sql) => {
      await database.query(`SET search_path = views_1; ${sql}; RESET search_path`);
    },
    remove: async () => {
      tiers.delete(directory);
      await place?.remove();
      await database.drop();
    },
  };
}

const ledgerIn = (directory: string): Promise<EventStore> =>
  openSqliteEventStore({ file: join(directory, 'events.sqlite') });

function embedded(directory: string): Tier {
  const file = join(directory, 'views-1.sqlite');
  return {
    environment: {},
    events: () => ledgerIn(directory),
    views: () => SqliteTables.open(file),
    tamperViews: async (sql) => {
      const database = openDatabase(file, { busyTimeoutMs: 0 });
      try {
        // An application in this process writes in this same thread, so waiting must not block it.
        for (const until = Date.now() + 5000; ; await sleep(5))
          try {
            database.exec('BEGIN IMMEDIATE');
            break;
          } catch (error) {
            if (!String(error).includes('locked') || Date.now() > until) throw error;
          }
        database.exec(`${sql}; COMMIT`);
      } finally {
        database.close();
      }
    },
    remove: async () => void tiers.delete(directory),
  };
}
