import { DataSource, type EntityManager } from 'typeorm';
import { StrictDatabase } from '../../event-store/sqlite/driver.js';
import type { ReadModelCheckpoint, RowChanges } from '../changes.js';
import type { RecordKind } from '../../domain/state/records.js';
import type { OutlineChanges } from '../outline-changes.js';
import type { StreamRecords } from '../stream-records.js';
import { recordsByStream } from './records-by-stream.js';
import { SQL, SqliteRowWriter, textsOf } from './row-writer.js';
import type { BuiltTables, MadeRows, RowsText } from '../made-rows.js';
import { ROWS } from '../row-entities.js';
import { checkpointOf } from '../tables.js';

export interface SqliteTablesOptions {
  /** For use beside the process that projects. The file must exist. */
  readonly readOnly?: boolean;
  /** New tables get no indexes: for a build, which ends with `index`. */
  readonly unindexed?: boolean;
}

/**
 * Views in a SQLite file, with one writing and one reading connection. On SQLite, TypeORM shares one
 * connection between concurrent transactions, so one sees, and rolls back, what another wrote. Therefore
 * transactions run one after another on a plain connection, and all queries use a second connection that
 * cannot write.
 */
export class SqliteTables implements BuiltTables {
  readonly form = 'sqlite';
  /** The most recently started transaction. */
  private last: Promise<unknown> = Promise.resolve();

  private constructor(
    readonly file: string,
    readonly rows: DataSource,
    private readonly writing: SqliteRowWriter | undefined,
  ) {}

  /** Opens the views in a file, and creates the tables if there are none. */
  static async open(
    file: string,
    { readOnly = false, unindexed = false }: SqliteTablesOptions = {},
  ): Promise<SqliteTables> {
    const tables = [...SQL.tables, ...(unindexed ? [] : INDEXING)].join(';\n');
    const writing = readOnly ? undefined : await SqliteRowWriter.open(file, tables);
    return new SqliteTables(file, await connectForReading(file), writing);
  }

  recordsOf(
    streams: readonly string[],
    kinds?: readonly RecordKind[],
  ): Promise<ReadonlyMap<string, StreamRecords>> {
    return recordsByStream(this.rows, streams, kinds);
  }

  write(changes: RowChanges): Promise<void> {
    return this.writeTexts(textsOf(changes), changes.checkpoint);
  }

  writeMade({ texts, others }: MadeRows, checkpoint: ReadModelCheckpoint): Promise<void> {
    return this.writeTexts([...texts, ...textsOf(others)], checkpoint);
  }

  private writeTexts(texts: Iterable<RowsText>, checkpoint: ReadModelCheckpoint): Promise<void> {
    const { writing } = this;
    if (!writing) return Promise.reject(new Error(`the views in ${this.file} are open for reading only`));
    return this.alone(() => writing.write(texts, checkpoint));
  }

  keepOutlines(changes: OutlineChanges): Promise<boolean> {
    const { writing } = this;
    return writing ? this.alone(() => writing.writeOutlines(changes)) : Promise.resolve(false);
  }

  withWriteLock<T>(work: (at: ReadModelCheckpoint) => Promise<T>): Promise<T> {
    return this.alone(async () => work(await checkpointOf(this.rows.manager)));
  }

  async inSnapshot<T>(ask: (rows: EntityManager) => Promise<T>): Promise<T> {
    const connection = await connectForReading(this.file);
    try {
      // After its first read, a transaction keeps seeing the same state, whatever the projector writes.
      await connection.query('BEGIN');
      return await ask(connection.manager);
    } finally {
      await connection.destroy();
    }
  }

  async index(): Promise<void> {
    await this.alone(async () => this.writing?.exec(INDEXING.join(';\n')));
  }

  async close(): Promise<void> {
    await this.last.catch(() => undefined);
    if (this.rows.isInitialized) await this.rows.destroy();
    await this.writing?.close();
  }

  private alone<T>(work: () => Promise<T>): Promise<T> {
    const mine = this.last.catch(() => undefined).then(work);
    this.last = mine;
    return mine;
  }
}

function connectForReading(database: string): Promise<DataSource> {
  return new DataSource({
    type: 'better-sqlite3',
    driver: StrictDatabase,
    database,
    readonly: true,
    entities: ROWS,
    synchronize: false,
    prepareDatabase: (connection: { exec(sql: string): void }) => {
      // The driver accepts better-sqlite3's option `readonly` but ignores it.
      connection.exec('PRAGMA busy_timeout = 5000; PRAGMA query_only = ON');
    },
  }).initialize();
}

const INDEXING = SQL.indexes.map(([, statement]) => statement);
