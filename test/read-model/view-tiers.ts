import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../../src/event-store/sqlite/driver.js';
import { PostgresTables } from '../../src/read-model/postgres/postgres-tables.js';
import { SqliteTables } from '../../src/read-model/sqlite/sqlite-tables.js';
import { SqliteGenerations } from '../../src/read-model/sqlite/sqlite-generations.js';
import { PostgresGenerations } from '../../src/read-model/postgres/postgres-generations.js';
import type { Generations } from '../../src/read-model/generations.js';
import type { ReadModelTables } from '../../src/read-model/tables.js';
import { createDatabase, hasPostgres } from '../postgres.js';

/** A place for views in a test, with the same interface for SQLite and PostgreSQL. */
export interface ViewsPlace {
  /** Folder or URL, for another process. */
  readonly address: string;
  /** Opens the sets of views as one node would. */
  sets(): Promise<Generations>;
  /** Opens the set of a generation, or a set that no pointer names. */
  views(generation?: number): Promise<ReadModelTables>;
  /** Changes views directly, bypassing the tracker. */
  tamper(sql: string, generation?: number): Promise<void>;
  /** Makes every write of a checkpoint fail, until called with false. */
  failWrites(fails: boolean): Promise<void>;
  remove(): Promise<void>;
}

const UNNAMED = 99;

async function sqlitePlace(): Promise<ViewsPlace> {
  const directory = mkdtempSync(join(tmpdir(), 'views-'));
  const file = (generation: number) => join(directory, `views-${generation}.sqlite`);
  const tamper = async (sql: string, generation = UNNAMED) => {
    const database = openDatabase(file(generation));
    database.exec(sql);
    database.close();
  };
  return {
    address: directory,
    sets: async () => new SqliteGenerations(directory),
    views: (generation = UNNAMED) => SqliteTables.open(file(generation)),
    tamper,
    failWrites: (fails) =>
      tamper(
        fails
          ? "CREATE TRIGGER fail BEFORE INSERT ON checkpoint BEGIN SELECT RAISE(ABORT, 'no'); END"
          : 'DROP TRIGGER fail',
      ),
    remove: async () => rmSync(directory, { recursive: true, force: true }),
  };
}

async function postgresPlace(): Promise<ViewsPlace> {
  const database = await createDatabase();
  const tamper = async (sql: string, generation = UNNAMED) => {
    await database.query(`SET search_path = views_${generation}; ${sql}; RESET search_path`);
  };
  return {
    address: database.url,
    sets: () => PostgresGenerations.open(database.url),
    views: (generation = UNNAMED) => PostgresTables.open(database.url, `views_${generation}`),
    tamper,
    failWrites: (fails) =>
      tamper(
        fails
          ? `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no'; END $$;
             CREATE TRIGGER fail BEFORE UPDATE ON checkpoint EXECUTE FUNCTION refuse()`
          : 'DROP TRIGGER fail ON checkpoint',
      ),
    remove: () => database.drop(),
  };
}

/** All available kinds of places, by name. */
export const TIERS: readonly (readonly [string, () => Promise<ViewsPlace>])[] = [
  ['SQLite', sqlitePlace],
  ...(hasPostgres ? ([['PostgreSQL', postgresPlace]] as const) : []),
];
