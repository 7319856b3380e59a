import {
  openInBackground,
  type BackgroundDatabase,
  type SqliteStatement,
} from '../../event-store/sqlite/driver.js';
import {
  GIVEN_ROWS,
  inParts,
  literals,
  statementFor,
  type LiteralRow,
} from '../../event-store/sqlite/row-literals.js';
import type { ReadModelCheckpoint, RowChanges } from '../changes.js';
import type { RowsText } from '../made-rows.js';
import type { OutlineChanges } from '../outline-changes.js';
import {
  MOVED_COLUMNS,
  OUTLINE_COLUMNS,
  PARKED_COLUMNS,
  PAST_COLUMNS,
  RECORD_COLUMNS,
  RECORD_KEY,
  TIMELINE_COLUMNS,
} from '../rows.js';
import { statementsOf } from '../statements.js';
import { TablesMovedOn } from '../tables-moved-on.js';

/** The statements of views in SQLite. */
export const SQL = statementsOf({
  types: { text: 'TEXT', integer: 'INTEGER', position: 'INTEGER' },
  parameter: () => '?',
  handed: () => GIVEN_ROWS,
});

/** A kind of change, and its rows. */
type Part = readonly [sql: string, rows: readonly LiteralRow[]];

/** Approximate length limit of the text of some rows: making it blocks the event loop, inserting it does not. */
const LONGEST_TEXT = 2 * 1024 * 1024;

/**
 * The writing connection of views in a SQLite file. A separate thread inserts the rows, so that the event
 * loop can continue with folding or requests. One transaction at a time.
 */
export class SqliteRowWriter {
  private constructor(
    private readonly database: BackgroundDatabase,
    private readonly setCheckpoint: SqliteStatement,
    private readonly setOutlinesReached: Readonly<Record<'first' | 'next', SqliteStatement>>,
  ) {}

  /** Opens a file or creates it. `tables` is the SQL that creates the tables of an empty file. */
  static async open(file: string, tables: string): Promise<SqliteRowWriter> {
    const database = await openInBackground(file);
    try {
      // Views can be rebuilt, so a power loss may cost their last moments but never their consistency.
      await database.exec(`
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = NORMAL;
        PRAGMA wal_autocheckpoint = 8000`);
      if (await isEmpty(database)) await database.exec(`BEGIN IMMEDIATE; ${tables}; COMMIT`);
      return new SqliteRowWriter(database, await database.prepare(SQL.setCheckpoint), {
        first: await database.prepare(SQL.firstOutlines),
        next: await database.prepare(SQL.nextOutlines),
      });
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

  /** Writes rows and checkpoint in one transaction. Throws TablesMovedOn if the version does not follow. */
  async write(
    texts: Iterable<RowsText>,
    { position, recordedAt, version }: ReadModelCheckpoint,
  ): Promise<void> {
    await this.inTransaction(async () => {
      const moves = this.setCheckpoint.run(1, position, recordedAt, version) as { changes: number };
      if (moves.changes === 0) throw new TablesMovedOn();
      await this.put(texts);
    });
  }

  /** Writes outlines in one transaction. False, without effect, if they do not follow the stored ones. */
  async writeOutlines({ rows, gone, pasts, ended, reached }: OutlineChanges): Promise<boolean> {
    const { position, made, version } = reached;
    return this.inTransaction(async () => {
      const isFirst = version === 1;
      const { first, next } = this.setOutlinesReached;
      const moves = isFirst ? first.run(position, made, version) : next.run(position, version, made, version);
      if ((moves as { changes: number }).changes === 0) return false;
      if (isFirst) await this.database.exec('DELETE FROM outlines; DELETE FROM pasts');
      await this.put(
        textsOfParts([
          [SQL.upsertOutlines, rows.map((row) => OUTLINE_COLUMNS.map((name) => row[name]))],
          [SQL.deleteOutlines, gone.map((stream) => [stream])],
          [SQL.endPasts, ended.map(({ stream, until }) => [stream, until])],
          [SQL.upsertPasts, pasts.map((row) => PAST_COLUMNS.map((name) => row[name]))],
        ]),
      );
      return true;
    });
  }

  private async put(texts: Iterable<RowsText>): Promise<void> {
    for (const [sql, text] of texts) await this.database.exec(statementFor(sql, text));
  }

  private async inTransaction<T>(work: () => Promise<T>): Promise<T> {
    await this.database.exec('BEGIN IMMEDIATE');
    try {
      const result = await work();
      await this.database.exec('COMMIT');
      return result;
    } catch (error) {
      await this.database.exec('ROLLBACK').catch(() => {
        // After some errors, such as a full disk, SQLite has already rolled back.
      });
      throw error;
    }
  }
}

/**
 * The file is created before its tables, and an earlier start may have ended in between. Reading a number
 * through this connection is safe.
 */
async function isEmpty(database: BackgroundDatabase): Promise<boolean> {
  const counted = await database.prepare('SELECT count(*) AS parts FROM sqlite_schema');
  return (counted.get() as { readonly parts: number }).parts === 0;
}

/** The rows of changes in the order of writing, converted to text one part at a time. */
export function* textsOf(changes: Partial<Omit<RowChanges, 'checkpoint'>>): Generator<RowsText> {
  yield* textsOfParts(partsOf(changes));
}

function* textsOfParts(parts: readonly Part[]): Generator<RowsText> {
  for (const [sql, rows] of parts)
    for (const some of inParts(rows, LONGEST_TEXT)) yield [sql, literals(some)];
}

function partsOf({
  cleared = [],
  records = [],
  gone = [],
  timeline = [],
  moved = [],
  parked = [],
}: Partial<Omit<RowChanges, 'checkpoint'>>): Part[] {
  return [
    ...SQL.clear.map((sql): Part => [sql, cleared.map((stream) => [stream])]),
    [SQL.upsertRecords, records.map((row) => RECORD_COLUMNS.map((name) => row[name]))],
    [SQL.deleteRecords, gone.map((row) => RECORD_KEY.map((name) => row[name]))],
    [SQL.insertTimeline, timeline.map((row) => TIMELINE_COLUMNS.map((name) => row[name]))],
    [SQL.moveTimeline, moved.map((row) => MOVED_COLUMNS.map((name) => row[name]))],
    [SQL.park, parked.map((row) => PARKED_COLUMNS.map((name) => row[name]))],
  ];
}
