import type pg from 'pg';
import type { DataSource, EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import { LONG_WORK_MS } from '../../postgres/connection.js';
import { copyRows } from '../../postgres/copy.js';
import type { DeadlineClient } from '../../postgres/deadline-client.js';
import { openMigrated } from '../../postgres/migrated.js';
import { BEFORE_THE_FIRST, type ReadModelCheckpoint, type RowChanges } from '../changes.js';
import { ROWS } from '../rows.js';
import {
  arraysOf,
  creationOf,
  INDEXES,
  MOVED_COLUMNS,
  namesOf,
  PARKED_COLUMNS,
  PARKED_STREAMS,
  RECORD_COLUMNS,
  RECORDS,
  TABLES,
  TIMELINE,
  TIMELINE_COLUMNS,
} from '../table-definitions.js';
import { recordsByRow, type StreamRecords } from '../stream-records.js';
import { TablesMovedOn, type ReadModelTables } from '../tables.js';

/** The channel on which nodes hear of each other's views. */
export const NEWS = 'tracker_views';
/** What they hear: views came further, other views are live, somebody waits for views to come further. */
export const TOLD = { moved: 'moved', switched: 'switched', awaited: 'awaited' } as const;

/** Questions, the projector, and a rebuild that compares. */
const CONNECTIONS = 10;
/** A statement that writes a batch takes a second at most. */
const WRITE_MS = 30_000;
/** So many rows go in by COPY; fewer are sooner in by a statement, which takes fewer turns with the server. */
const MANY = 500;

export interface PostgresTablesOptions {
  readonly unindexed?: boolean;
  readonly onClosed?: () => void;
}

/** Views in a schema of a PostgreSQL database, which several nodes read and any may write. */
export class PostgresTables implements ReadModelTables {
  private constructor(
    readonly rows: DataSource,
    private readonly onClosed: () => void,
  ) {}

  /** Opens the views in a schema, which is made where it is missing; without indexes where they are to be built. */
  static async open(
    url: string,
    schema: string,
    { unindexed = false, onClosed = () => undefined }: PostgresTablesOptions = {},
  ): Promise<PostgresTables> {
    const rows = await openMigrated(url, {
      purpose: 'views',
      schema,
      connections: CONNECTIONS,
      entities: ROWS,
      migrations: [CreateViews1764200000000],
    });
    const views = new PostgresTables(rows, onClosed);
    if (!unindexed) await views.index();
    return views;
  }

  recordsOf(streams: readonly string[]): Promise<ReadonlyMap<string, StreamRecords>> {
    return recordsByRow(this.rows, streams);
  }

  async write(changes: RowChanges): Promise<void> {
    const { cleared, records, gone, timeline, moved, parked, checkpoint } = changes;
    await this.inTransaction(async (client) => {
      // Views can be rebuilt, so a power loss may cost their last moments but never their consistency.
      await client.query('SET LOCAL synchronous_commit = off');
      const { position, recordedAt, version } = checkpoint;
      // First, because the row keeps everybody else out until the end.
      const { rowCount } = await client.query(SET_CHECKPOINT, [position, recordedAt, version]);
      if (rowCount === 0) throw new TablesMovedOn();
      if (cleared.length > 0) {
        for (const table of ['records', 'timeline', 'parked_streams'])
          await client.query(`DELETE FROM ${table} WHERE stream = ANY ($1)`, [cleared]);
      }
      if (records.length < MANY) await this.each(client, UPSERT_RECORDS, RECORD_COLUMNS, records);
      else {
        // COPY knows no ON CONFLICT, so it goes by way of a table of this transaction.
        await client.query(MAKE_INCOMING);
        await copyRows(client, 'incoming_records', RECORD_COLUMNS, records);
        await client.query(UPSERT_INCOMING);
      }
      if (timeline.length < MANY) await this.each(client, INSERT_TIMELINE, TIMELINE_COLUMNS, timeline);
      else await copyRows(client, 'timeline', TIMELINE_COLUMNS, timeline);
      await this.each(client, DELETE_RECORDS, ['stream', 'kind', 'key', 'part'], gone);
      await this.each(client, MOVE_TIMELINE, MOVED_COLUMNS, moved);
      await this.each(client, PARK, ['stream', 'position', 'event', 'error', 'parkedAt'], parked);
      await client.query('SELECT pg_notify($1, $2)', [NEWS, TOLD.moved]);
    });
  }

  withWriteLock<T>(work: (at: ReadModelCheckpoint) => Promise<T>): Promise<T> {
    return this.inTransaction(async (client) => {
      const { rows } = await client.query<ReadModelCheckpoint>(
        'SELECT position, "recordedAt", version FROM checkpoint WHERE id = 1 FOR UPDATE',
      );
      return work(rows[0] ?? BEFORE_THE_FIRST);
    });
  }

  async inSnapshot<T>(ask: (rows: EntityManager) => Promise<T>): Promise<T> {
    return this.rows.transaction('REPEATABLE READ', async (manager) => ask(manager));
  }

  async index(): Promise<void> {
    await this.inTransaction(async (client) => {
      // Asked without a lock first: making sure of one that is there would make whoever writes wait.
      if ((await missingIndexes(client)).length === 0) return;
      await client.query('LOCK TABLE records, timeline IN SHARE ROW EXCLUSIVE MODE');
      for (const [name, definition] of await missingIndexes(client)) {
        await client.query(`CREATE INDEX ${name} ON ${definition}`);
      }
      await client.query('ANALYZE records, timeline');
    }, LONG_WORK_MS);
  }

  async close(): Promise<void> {
    if (this.rows.isInitialized) await this.rows.destroy();
    this.onClosed();
  }

  /** On a connection of the pool, past TypeORM, whose errors hold all rows of the statement. */
  private async inTransaction<T>(
    work: (client: pg.PoolClient) => Promise<T>,
    withinMs = WRITE_MS,
  ): Promise<T> {
    const runner = this.rows.createQueryRunner();
    try {
      const client = (await runner.connect()) as DeadlineClient & pg.PoolClient;
      return await client.answering(withinMs, async () => {
        await client.query('BEGIN');
        try {
          const result = await work(client);
          await client.query('COMMIT');
          return result;
        } catch (error) {
          // A connection that is lost has rolled back by itself.
          await client.query('ROLLBACK').catch(() => undefined);
          throw error;
        }
      });
    } finally {
      await runner.release();
    }
  }

  /** Runs a statement on all rows, each column an array: one round trip for all of them. */
  private async each<T extends object>(
    client: pg.PoolClient,
    text: string,
    columns: readonly (keyof T)[],
    rows: readonly T[],
  ): Promise<void> {
    if (rows.length === 0) return;
    await client.query(
      text,
      columns.map((column) => rows.map((row) => row[column])),
    );
  }
}

/** The same tables as in SQLite. */
class CreateViews1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of TABLES) await runner.query(creationOf(table, 'postgres'));
    // There from the beginning, so that there is a row to lock.
    await runner.query(`INSERT INTO checkpoint VALUES (1, 0, '', 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${TABLES.map(({ name }) => name).join(', ')}`);
  }
}

async function missingIndexes(client: pg.PoolClient): Promise<[name: string, definition: string][]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema()',
  );
  return Object.entries(INDEXES).filter(([name]) => !rows.some((row) => row.name === name));
}

const SET_CHECKPOINT = `UPDATE checkpoint SET position = $1, "recordedAt" = $2, version = $3
  WHERE id = 1 AND version = $3::bigint - 1`;
const ON_CONFLICT = 'ON CONFLICT (stream, kind, key, part) DO UPDATE SET doc = excluded.doc';
const UPSERT_RECORDS = `INSERT INTO records (${namesOf(RECORD_COLUMNS)})
  SELECT * FROM unnest(${arraysOf(RECORDS, RECORD_COLUMNS)}) ${ON_CONFLICT}`;
const MAKE_INCOMING = 'CREATE TEMP TABLE incoming_records (LIKE records) ON COMMIT DROP';
const UPSERT_INCOMING = `INSERT INTO records (${namesOf(RECORD_COLUMNS)})
  SELECT ${namesOf(RECORD_COLUMNS)} FROM incoming_records ${ON_CONFLICT}`;
const DELETE_RECORDS = `DELETE FROM records USING unnest($1::text[], $2::text[], $3::text[], $4::integer[]) AS old (stream, kind, key, part)
  WHERE (records.stream, records.kind, records.key, records.part) = (old.stream, old.kind, old.key, old.part)`;
const INSERT_TIMELINE = `INSERT INTO timeline (${namesOf(TIMELINE_COLUMNS)})
  SELECT * FROM unnest(${arraysOf(TIMELINE, TIMELINE_COLUMNS)})`;
const MOVE_TIMELINE = `UPDATE timeline SET ${MOVED_COLUMNS.slice(1)
  .map((column) => `${column} = new.${column}`)
  .join(', ')}
  FROM unnest(${arraysOf(TIMELINE, MOVED_COLUMNS)}) AS new (${namesOf(MOVED_COLUMNS)})
  WHERE timeline.position = new.position`;
const PARK = `INSERT INTO parked_streams (${namesOf(PARKED_COLUMNS)})
  SELECT * FROM unnest(${arraysOf(PARKED_STREAMS, PARKED_COLUMNS)}) ON CONFLICT (stream) DO NOTHING`;
