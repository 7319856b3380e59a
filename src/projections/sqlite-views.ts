import { existsSync } from 'node:fs';
import { setImmediate as otherWork } from 'node:timers/promises';
import libsql from 'libsql';
import { DataSource, type EntityManager } from 'typeorm';
import {
  openDatabase,
  rollBack,
  type SqliteDatabase,
  type SqliteStatement,
} from '../event-store/sqlite-driver.js';
import type { Checkpoint, ViewChanges } from './changes.js';
import { VIEW_ROWS } from './view-rows.js';
import { checkpointOf, TIMELINE_COLUMNS, ViewsMovedOn, type Views } from './views.js';

export interface SqliteViewsOptions {
  /** Beside the process that projects. The file must be there. */
  readonly readOnly?: boolean;
  /** New tables get no indexes: for a build, which ends with `index`. */
  readonly unindexed?: boolean;
}

/** So many rows are written before other work gets its turn: writing is synchronous underneath. */
const ROWS_A_TURN = 500;

/**
 * Views in a SQLite file: a writing and a reading connection. TypeORM on SQLite shares one connection between concurrent
 * transactions, so that one sees, and rolls back, what another wrote. Hence one transaction after the other on a plain
 * connection, and all questions on a second one that cannot write.
 */
export class SqliteViews implements Views {
  /** The transaction that was begun last. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly file: string,
    readonly rows: DataSource,
    private readonly writing: Writing | undefined,
  ) {}

  /** Opens the views in a file and makes the tables where there are none. */
  static async open(
    file: string,
    { readOnly = false, unindexed = false }: SqliteViewsOptions = {},
  ): Promise<SqliteViews> {
    const isFresh = !existsSync(file);
    const writing = readOnly ? undefined : new Writing(file);
    if (isFresh) writing?.database.exec(unindexed ? TABLES : TABLES + INDEXES);
    return new SqliteViews(file, await connectForReading(file), writing);
  }

  write(changes: ViewChanges): Promise<void> {
    const { writing } = this;
    if (!writing) return Promise.reject(new Error(`the views in ${this.file} are open for reading only`));
    return this.alone(() => writing.write(changes));
  }

  standStill<T>(work: (at: Checkpoint) => Promise<T>): Promise<T> {
    return this.alone(async () => work(await checkpointOf(this.rows.manager)));
  }

  async asOfOneMoment<T>(ask: (rows: EntityManager) => Promise<T>): Promise<T> {
    const connection = await connectForReading(this.file);
    try {
      // A transaction that has read something keeps seeing what it saw, whatever the projector writes.
      await connection.query('BEGIN');
      return await ask(connection.manager);
    } finally {
      await connection.destroy();
    }
  }

  async index(): Promise<void> {
    await this.alone(async () => this.writing?.database.exec(INDEXES));
  }

  async close(): Promise<void> {
    await this.last.catch(() => undefined);
    if (this.rows.isInitialized) await this.rows.destroy();
    this.writing?.database.close();
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.catch(() => undefined).then(work);
    this.last = mine;
    return mine;
  }
}

/** The writing connection with its statements. */
class Writing {
  readonly database: SqliteDatabase;
  private readonly statements = new Map<string, SqliteStatement>();

  constructor(file: string) {
    this.database = openDatabase(file);
    // Views can be rebuilt, so a power loss may cost their last moments but never their consistency.
    this.database.exec(
      'PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8000',
    );
  }

  async write(changes: ViewChanges): Promise<void> {
    const { cleared, records, gone, timeline, moved, parked, checkpoint } = changes;
    this.database.exec('BEGIN IMMEDIATE');
    try {
      const { changes: moves } = this.statement(SET_CHECKPOINT).run(
        checkpoint.position,
        checkpoint.recordedAt,
        checkpoint.version,
      ) as { changes: number };
      if (moves === 0) throw new ViewsMovedOn();
      for (const table of ['records', 'timeline', 'parked_streams']) {
        await this.each(`DELETE FROM ${table} WHERE stream = ?`, cleared, (stream) => [stream]);
      }
      await this.each(UPSERT_RECORD, records, ({ stream, kind, key, doc }) => [stream, kind, key, doc]);
      await this.each(DELETE_RECORD, gone, ({ stream, kind, key }) => [stream, kind, key]);
      await this.each(INSERT_TIMELINE, timeline, (row) => TIMELINE_COLUMNS.map((name) => row[name]));
      await this.each(MOVE_TIMELINE, moved, ({ position, subject, markets, day, standing }) => [
        subject,
        markets,
        day,
        standing,
        position,
      ]);
      await this.each(PARK, parked, ({ stream, position, event, error, parkedAt }) => [
        stream,
        position,
        event,
        error,
        parkedAt,
      ]);
      this.database.exec('COMMIT');
    } catch (error) {
      rollBack(this.database);
      throw error;
    }
  }

  private async each<T>(
    sql: string,
    rows: readonly T[],
    values: (row: T) => (string | number | null)[],
  ): Promise<void> {
    if (rows.length === 0) return;
    const statement = this.statement(sql);
    let left = ROWS_A_TURN;
    for (const row of rows) {
      statement.run(...values(row));
      if (--left > 0) continue;
      left = ROWS_A_TURN;
      await otherWork();
    }
  }

  private statement(sql: string): SqliteStatement {
    const statement = this.statements.get(sql) ?? this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}

function connectForReading(database: string): Promise<DataSource> {
  return new DataSource({
    type: 'better-sqlite3',
    driver: libsql,
    database,
    readonly: true,
    entities: VIEW_ROWS,
    synchronize: false,
    prepareDatabase: (connection: { exec(sql: string): void }) => {
      // The driver takes better-sqlite3's option `readonly` and ignores it.
      connection.exec('PRAGMA busy_timeout = 5000; PRAGMA query_only = ON');
    },
  }).initialize();
}

const TABLES = `
  CREATE TABLE records (
    stream TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, doc TEXT NOT NULL, PRIMARY KEY (stream, kind, key)
  );
  CREATE TABLE timeline (
    position INTEGER PRIMARY KEY, id TEXT NOT NULL, stream TEXT NOT NULL, revision INTEGER NOT NULL, type TEXT NOT NULL,
    about TEXT, subject TEXT NOT NULL, markets TEXT NOT NULL, day TEXT NOT NULL,
    recordedAt TEXT NOT NULL, recordedBy TEXT NOT NULL, standing TEXT NOT NULL
  );
  CREATE TABLE checkpoint (
    id INTEGER PRIMARY KEY, position INTEGER NOT NULL, recordedAt TEXT NOT NULL, version INTEGER NOT NULL
  );
  CREATE TABLE parked_streams (
    stream TEXT PRIMARY KEY, position INTEGER NOT NULL, event TEXT NOT NULL, error TEXT NOT NULL, parkedAt TEXT NOT NULL
  );
`;
/** Ids are unique in a ledger; where somebody edited it, the views have to come to its end all the same, for `verify` to tell. */
const INDEXES = `
  CREATE INDEX IF NOT EXISTS records_by_kind ON records (kind, key);
  CREATE INDEX IF NOT EXISTS timeline_by_id ON timeline (id);
  CREATE INDEX IF NOT EXISTS timeline_by_day ON timeline (day, position);
  CREATE INDEX IF NOT EXISTS timeline_by_stream ON timeline (stream, day, position);
  CREATE INDEX IF NOT EXISTS timeline_by_about ON timeline (about);
`;
const SET_CHECKPOINT = `INSERT INTO checkpoint (id, position, recordedAt, version) VALUES (1, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET position = excluded.position, recordedAt = excluded.recordedAt, version = excluded.version
  WHERE checkpoint.version = excluded.version - 1`;
const UPSERT_RECORD = `INSERT INTO records (stream, kind, key, doc) VALUES (?, ?, ?, ?)
  ON CONFLICT (stream, kind, key) DO UPDATE SET doc = excluded.doc`;
const DELETE_RECORD = 'DELETE FROM records WHERE stream = ? AND kind = ? AND key = ?';
const INSERT_TIMELINE = `INSERT INTO timeline (${TIMELINE_COLUMNS.join(', ')}) VALUES (${TIMELINE_COLUMNS.map(() => '?').join(', ')})`;
const MOVE_TIMELINE =
  'UPDATE timeline SET subject = ?, markets = ?, day = ?, standing = ? WHERE position = ?';
const PARK = `INSERT INTO parked_streams (stream, position, event, error, parkedAt) VALUES (?, ?, ?, ?, ?)
  ON CONFLICT (stream) DO NOTHING`;
