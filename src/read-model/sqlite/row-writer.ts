import {
  openInBackground,
  type BackgroundDatabase,
  type SqliteStatement,
} from '../../event-store/sqlite/driver.js';
import { inParts, staged, StagedRows, type StagedRow } from '../../event-store/sqlite/staged-rows.js';
import type { RowChanges } from '../changes.js';
import { MOVED_COLUMNS, PARKED_COLUMNS, RECORD_COLUMNS, TIMELINE_COLUMNS } from '../table-definitions.js';
import { TablesMovedOn } from '../tables.js';

/** A kind of change and the rows of it. */
type Part = readonly [sql: string, rows: readonly StagedRow[]];

/** Rows are laid aside in texts of about so many characters: making one holds the event loop, putting it in its table does not. */
const LONGEST_TEXT = 2 * 1024 * 1024;

/**
 * The writing connection of views in a SQLite file. Rows are put in their tables on a thread of its own, so that the
 * event loop goes on with folding, or with requests, meanwhile. One transaction at a time.
 */
export class SqliteRowWriter {
  private constructor(
    private readonly database: BackgroundDatabase,
    private readonly staging: StagedRows,
    private readonly setCheckpoint: SqliteStatement,
  ) {}

  /** Opens a file, which need not be there; `tables` makes them where it holds nothing. */
  static async open(file: string, tables: string): Promise<SqliteRowWriter> {
    const database = await openInBackground(file);
    try {
      // Views can be rebuilt, so a power loss may cost their last moments but never their consistency.
      await database.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA wal_autocheckpoint = 8000`);
      if (await isEmpty(database)) await database.exec(`BEGIN IMMEDIATE; ${tables} COMMIT`);
      const staging = await StagedRows.open(database);
      return new SqliteRowWriter(database, staging, await database.prepare(SET_CHECKPOINT));
    } catch (error) {
      await database.close();
      throw error;
    }
  }

  exec(sql: string): Promise<void> {
    return this.database.exec(sql);
  }

  close(): Promise<void> {
    return this.database.close();
  }

  /** Writes changes and checkpoint in one transaction. Throws TablesMovedOn where the views do not stand where they should. */
  async write(changes: RowChanges): Promise<void> {
    const { position, recordedAt, version } = changes.checkpoint;
    await this.database.exec('BEGIN IMMEDIATE');
    try {
      const moves = this.setCheckpoint.run(position, recordedAt, version) as { changes: number };
      if (moves.changes === 0) throw new TablesMovedOn();
      for (const [sql, rows] of partsOf(changes)) {
        for (const some of inParts(rows, LONGEST_TEXT)) {
          this.staging.stageRows(some);
          await this.database.exec(sql);
        }
      }
      await this.database.exec('COMMIT');
    } catch (error) {
      await this.database.exec('ROLLBACK').catch(() => {
        // SQLite rolls back by itself after some errors, such as a full disk, and then there is nothing left to.
      });
      throw error;
    }
  }
}

/** The file is made at once and its tables later: a start may have ended in between. A number is read safely through it. */
async function isEmpty(database: BackgroundDatabase): Promise<boolean> {
  const counted = await database.prepare('SELECT count(*) AS parts FROM sqlite_schema');
  return (counted.get() as { readonly parts: number }).parts === 0;
}

function partsOf({ cleared, records, gone, timeline, moved, parked }: RowChanges): Part[] {
  return [
    ...CLEAR.map((sql): Part => [sql, cleared.map((stream) => [stream])]),
    [UPSERT_RECORD, records.map((row) => RECORD_COLUMNS.map((name) => row[name]))],
    [DELETE_RECORD, gone.map(({ stream, kind, key, part }) => [stream, kind, key, part])],
    [INSERT_TIMELINE, timeline.map((row) => TIMELINE_COLUMNS.map((name) => row[name]))],
    [MOVE_TIMELINE, moved.map((row) => MOVED_COLUMNS.map((name) => row[name]))],
    [PARK, parked.map((row) => PARKED_COLUMNS.map((name) => row[name]))],
  ];
}

const SET_CHECKPOINT = `INSERT INTO checkpoint (id, position, recordedAt, version) VALUES (1, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET position = excluded.position, recordedAt = excluded.recordedAt, version = excluded.version
  WHERE checkpoint.version = excluded.version - 1`;
const CLEAR = ['records', 'timeline', 'parked_streams'].map(
  (table) => `DELETE FROM ${table} WHERE stream IN (${staged(1)})`,
);
// Without a condition SQLite takes ON CONFLICT for a join's.
const UPSERT_RECORD = `INSERT INTO records (${RECORD_COLUMNS.join(', ')}) ${staged(RECORD_COLUMNS.length)} WHERE true
  ON CONFLICT (stream, kind, key, part) DO UPDATE SET doc = excluded.doc`;
const DELETE_RECORD = `DELETE FROM records WHERE (stream, kind, key, part) IN (${staged(4)})`;
const INSERT_TIMELINE = `INSERT INTO timeline (${TIMELINE_COLUMNS.join(', ')}) ${staged(TIMELINE_COLUMNS.length)}`;
const MOVE_TIMELINE = `WITH new (${MOVED_COLUMNS.join(', ')}) AS (${staged(MOVED_COLUMNS.length)})
  UPDATE timeline SET ${MOVED_COLUMNS.slice(1)
    .map((column) => `${column} = new.${column}`)
    .join(', ')}
  FROM new WHERE timeline.position = new.position`;
const PARK = `INSERT INTO parked_streams (${PARKED_COLUMNS.join(', ')}) ${staged(PARKED_COLUMNS.length)} WHERE true
  ON CONFLICT (stream) DO NOTHING`;
