import type pg from 'pg';
import type { DataSource, EntityManager, MigrationInterface, QueryRunner } from 'typeorm';
import { LONG_WORK_MS } from '../../postgres/connection.js';
import { copyInto } from '../../postgres/copy.js';
import type { DeadlineClient } from '../../postgres/deadline-client.js';
import { openMigrated } from '../../postgres/migrated.js';
import { BEFORE_THE_FIRST, type ReadModelCheckpoint, type RowChanges } from '../changes.js';
import type { RecordKind } from '../../domain/state/records.js';
import type { OutlineChanges } from '../outline-changes.js';
import {
  MOVED_COLUMNS,
  OUTLINE_COLUMNS,
  PAST_COLUMNS,
  PARKED_COLUMNS,
  RECORD_COLUMNS,
  RECORD_KEY,
  TABLES,
  TIMELINE_COLUMNS,
} from '../rows.js';
import { ROWS } from '../row-entities.js';
import { namesOf, statementsOf, upsertRecords } from '../statements.js';
import { recordsByRow, type StreamRecords } from '../stream-records.js';
import type { BuiltTables, MadeRows } from '../made-rows.js';
import { TablesMovedOn } from '../tables-moved-on.js';
import { textsOfRecords, textsOfTimeline } from './row-texts.js';

/** The channel for news about the shared views. */
export const NEWS = 'tracker_views';
/** The news: the views advanced, other views became live, or a reader is waiting. */
export const TOLD = { moved: 'moved', switched: 'switched', awaited: 'awaited' } as const;

/** For queries, the projector, and a rebuild that compares. */
const CONNECTIONS = 10;
/** Writing a batch takes a second at most. */
const WRITE_MS = 30_000;
/** From this many rows on, COPY is faster than a statement, although it needs more round trips. */
const MANY = 500;

export interface PostgresTablesOptions {
  readonly unindexed?: boolean;
  readonly onClosed?: () => void;
}

/** Views in a schema of a PostgreSQL database. Several nodes read them, and any node may write. */
export class PostgresTables implements BuiltTables {
  readonly form = 'postgres';

  private constructor(
    readonly rows: DataSource,
    private readonly onClosed: () => void,
  ) {}

  /** Opens the views in a schema, creating it if missing. With `unindexed`, new tables get no indexes. */
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

  recordsOf(
    streams: readonly string[],
    kinds?: readonly RecordKind[],
  ): Promise<ReadonlyMap<string, StreamRecords>> {
    return recordsByRow(this.rows, streams, kinds);
  }

  async write(changes: RowChanges): Promise<void> {
    const { cleared, records, timeline, checkpoint, ...others } = changes;
    await this.advance(checkpoint, async (client) => {
      const streams = cleared.map((stream) => ({ stream }));
      for (const sql of SQL.clear) await this.each(client, sql, ['stream'], streams);
      if (records.length < MANY) await this.each(client, SQL.upsertRecords, RECORD_COLUMNS, records);
      else await copyRecords(client, textsOfRecords(records));
      if (timeline.length < MANY) await this.each(client, SQL.insertTimeline, TIMELINE_COLUMNS, timeline);
      else await copyInto(client, 'timeline', TIMELINE_COLUMNS, textsOfTimeline(timeline));
      await this.writeOthers(client, others);
    });
  }

  writeMade({ texts, others }: MadeRows, checkpoint: ReadModelCheckpoint): Promise<void> {
    const of = (table: string): string[] => texts.flatMap(([into, text]) => (into === table ? [text] : []));
    const [records, timeline] = [of('records'), of('timeline')];
    return this.advance(checkpoint, async (client) => {
      if (records.length > 0) await copyRecords(client, records);
      if (timeline.length > 0) await copyInto(client, 'timeline', TIMELINE_COLUMNS, timeline);
      await this.writeOthers(client, others);
    });
  }

  /** Moves the views to a checkpoint, with the work that leads there, in one transaction. */
  private async advance(
    { position, recordedAt, version }: ReadModelCheckpoint,
    work: (client: pg.PoolClient) => Promise<void>,
  ): Promise<void> {
    await this.inTransaction(async (client) => {
      // Views can be rebuilt, so a power loss may cost their last moments but never their consistency.
      await client.query('SET LOCAL synchronous_commit = off');
      // This comes first: the row lock keeps other writers out until the end of the transaction.
      const { rowCount } = await client.query(SQL.setCheckpoint, [1, position, recordedAt, version]);
      if (rowCount === 0) throw new TablesMovedOn();
      await work(client);
      await client.query('SELECT pg_notify($1, $2)', [NEWS, TOLD.moved]);
    });
  }

  private async writeOthers(
    client: pg.PoolClient,
    { gone, moved, parked }: MadeRows['others'],
  ): Promise<void> {
    await this.each(client, SQL.deleteRecords, RECORD_KEY, gone);
    await this.each(client, SQL.moveTimeline, MOVED_COLUMNS, moved);
    await this.each(client, SQL.park, PARKED_COLUMNS, parked);
  }

  keepOutlines({ rows, gone, pasts, ended, reached }: OutlineChanges): Promise<boolean> {
    const { position, made, version } = reached;
    return this.inTransaction(async (client) => {
      await client.query('SET LOCAL synchronous_commit = off');
      const isFirst = version === 1;
      const { rowCount } = isFirst
        ? await client.query(SQL.firstOutlines, [position, made, version])
        : await client.query(SQL.nextOutlines, [position, version, made, version]);
      if (rowCount === 0) return false;
      if (isFirst) await client.query('DELETE FROM outlines; DELETE FROM pasts');
      await this.each(client, SQL.upsertOutlines, OUTLINE_COLUMNS, rows);
      const streams = gone.map((stream) => ({ stream }));
      await this.each(client, SQL.deleteOutlines, ['stream'], streams);
      await this.each(client, SQL.endPasts, ['stream', 'until'], ended);
      await this.each(client, SQL.upsertPasts, PAST_COLUMNS, pasts);
      return true;
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
      // Checks without a lock first: locking for an existing index would make writers wait.
      if ((await missingIndexes(client)).length === 0) return;
      await client.query('LOCK TABLE records, timeline IN SHARE ROW EXCLUSIVE MODE');
      for (const [, statement] of await missingIndexes(client)) await client.query(statement);
      await client.query('ANALYZE records, timeline');
    }, LONG_WORK_MS);
  }

  async close(): Promise<void> {
    if (this.rows.isInitialized) await this.rows.destroy();
    this.onClosed();
  }

  /** Uses a pooled connection without TypeORM, whose errors contain all rows of the statement. */
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
          // A lost connection has already been rolled back.
          await client.query('ROLLBACK').catch(() => undefined);
          throw error;
        }
      });
    } finally {
      await runner.release();
    }
  }

  /** Runs a statement for all rows in one round trip, with each column as an array. */
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

/** Creates the same tables as in SQLite. */
class CreateViews1764200000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of SQL.tables) await runner.query(table);
    // The row exists from the beginning, so that it can be locked.
    await runner.query(`INSERT INTO checkpoint VALUES (1, 0, '', 0)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`DROP TABLE ${TABLES.map(({ name }) => name).join(', ')}`);
  }
}

/** COPY does not support ON CONFLICT, so the rows go through a temporary table. */
async function copyRecords(client: pg.PoolClient, texts: Iterable<string>): Promise<void> {
  await client.query(MAKE_INCOMING);
  await copyInto(client, 'incoming_records', RECORD_COLUMNS, texts);
  await client.query(UPSERT_INCOMING);
}

async function missingIndexes(client: pg.PoolClient): Promise<(typeof SQL.indexes)[number][]> {
  const { rows } = await client.query<{ name: string }>(
    'SELECT indexname AS name FROM pg_indexes WHERE schemaname = current_schema()',
  );
  return SQL.indexes.filter(([name]) => !rows.some((row) => row.name === name));
}

const ARRAYS = { text: 'text[]', integer: 'integer[]', position: 'bigint[]' } as const;

/** Rows are passed as one array per column, which takes one round trip for all of them. */
const SQL = statementsOf({
  // Texts are ordered by their bytes, as in SQLite. Paging and comparing depend on it.
  types: { text: 'text COLLATE "C"', integer: 'integer', position: 'bigint' },
  parameter: (index) => `$${index}`,
  handed: (columns) => {
    const arrays = columns.map(({ type }, index) => `$${index + 1}::${ARRAYS[type]}`);
    return `SELECT * FROM unnest(${arrays.join(', ')}) AS handed`;
  },
});
const MAKE_INCOMING = 'CREATE TEMP TABLE incoming_records (LIKE records) ON COMMIT DROP';
const UPSERT_INCOMING = upsertRecords(`SELECT ${namesOf(RECORD_COLUMNS)} FROM incoming_records`);
