import { openDatabase, type SqliteDatabase } from './sqlite-driver.js';

/** The version of the tables, as the header of the file tells it. */
export const SCHEMA_VERSION = 1;

const SCHEMA = `
  CREATE TABLE events (
    position INTEGER PRIMARY KEY,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    id TEXT NOT NULL UNIQUE,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    UNIQUE (stream, revision)
  ) STRICT;
  CREATE TRIGGER events_are_never_changed BEFORE UPDATE ON events
    BEGIN SELECT RAISE(ABORT, 'recorded events are never changed; record EventCorrected'); END;
  CREATE TRIGGER events_are_never_deleted BEFORE DELETE ON events
    BEGIN SELECT RAISE(ABORT, 'recorded events are never deleted; record EventRetracted'); END;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/** Makes the ledger in a file where there is none yet, and sees to it that it keeps a journal that readers can read beside. */
export function makeLedger(file: string): void {
  const database = openDatabase(file);
  try {
    const version = schemaVersion(database, file);
    database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL');
    if (version === 0) database.exec(`BEGIN IMMEDIATE; ${SCHEMA} COMMIT`);
  } finally {
    database.close();
  }
}

/** The schema version of a ledger, 0 for an empty file. Throws where a newer version of the tracker wrote it. */
export function schemaVersion(database: SqliteDatabase, file: string): number {
  const { user_version: version } = database.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > SCHEMA_VERSION) {
    throw new Error(
      `${file} was written by a newer version of the tracker (schema ${version}); this one knows ${SCHEMA_VERSION}`,
    );
  }
  return version;
}
