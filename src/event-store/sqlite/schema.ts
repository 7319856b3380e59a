import { DamagedFile } from '../damage.js';
import { openDatabase, type SqliteDatabase } from './driver.js';

/** The version of the tables, as stored in the file's header. */
export const SCHEMA_VERSION = 1;

const TABLE = `CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT`;
const TRIGGERS = [
  `TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'recorded events are never changed; record EventCorrected'); END`,
  `TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'recorded events are never deleted; record EventRetracted'); END`,
];
/** The definitions as SQLite stores them. */
const DEFINITIONS: readonly string[] = [TABLE, ...TRIGGERS.map((each) => `CREATE ${each}`)];

/** Creates the ledger in a file that has none, and sets a journal mode that allows concurrent readers. */
export function makeLedger(file: string): void {
  const database = openDatabase(file);
  try {
    const version = schemaVersion(database, file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    refuseForeignTriggers(database, file);
    if (version === 0)
      database.exec(`BEGIN IMMEDIATE; ${TABLE}; PRAGMA user_version = ${SCHEMA_VERSION}; COMMIT`);
    // Recreates triggers that somebody removed.
    for (const trigger of TRIGGERS)
      database.exec(`CREATE ${trigger.replace('TRIGGER', 'TRIGGER IF NOT EXISTS')}`);
  } finally {
    database.close();
  }
}

/** A file of the store has tables of a newer release. */
export class WrittenByNewerRelease extends Error {
  override readonly name = 'WrittenByNewerRelease';
}

/**
 * The schema version of a ledger; 0 for an empty file. Throws WrittenByNewerRelease for an unknown version.
 */
export function schemaVersion(database: SqliteDatabase, file: string): number {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > SCHEMA_VERSION) {
    throw new WrittenByNewerRelease(
      `${file} was written by a newer version of the tracker (schema ${version}); this one knows ${SCHEMA_VERSION}. Run that version, or a newer one.`,
    );
  }
  return version;
}

/** Refuses triggers of other programs: one could drop or change events that are acknowledged as recorded. */
function refuseForeignTriggers(database: SqliteDatabase, file: string): void {
  const rows = database.prepare("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").all();
  const foreign = (rows as { name: string; sql: string }[]).find(({ sql }) => !DEFINITIONS.includes(sql));
  if (foreign) throw new DamagedFile(file, `the definition of ${foreign.name} in it is not the tracker’s`);
}

/** The definitions in a ledger's file that differ from the tracker's. */
export function strangeDefinitions(database: SqliteDatabase): string[] {
  const rows = database.prepare('SELECT name, sql FROM sqlite_schema WHERE sql IS NOT NULL').all();
  return (rows as { name: string; sql: string }[])
    .filter(({ sql }) => !DEFINITIONS.includes(sql))
    .map(({ name }) => name);
}
