import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import LibsqlInBackground from 'libsql/promise';
import { refuseOtherThanFile } from '../ordinary-file.js';
import { DamagedFile } from '../damage.js';
import { DiskFull, hasRoom } from '../disk-full.js';
import { decodedRow, textsAsBytes } from './text.js';

/**
 * The part of the driver that the tracker uses, so that another driver with better-sqlite3's interface can
 * replace it here.
 */
export interface SqliteDatabase {
  exec(sql: string): void;
  /** Texts that are not well-formed UTF-8 raise DamagedFile: the driver itself would end the process. */
  prepare(sql: string): SqliteStatement;
  close(): void;
}

export interface SqliteStatement {
  run(...parameters: readonly SqliteValue[]): unknown;
  get(...parameters: readonly SqliteValue[]): unknown;
  all(...parameters: readonly SqliteValue[]): unknown[];
}

export type SqliteValue = string | number | null;

/** A statement of the driver, and what it reports about its columns. */
interface DriverStatement extends SqliteStatement {
  readonly reader: boolean;
  columns(): { readonly name: string }[];
}

interface DriverDatabase {
  exec(sql: string): void;
  prepare(sql: string): DriverStatement;
  close(): void;
}

const BUSY_TIMEOUT_MS = 5000;
/** Only the owner may read a store, because it contains hashes of keys. */
const OWNERS_FILE = 0o600;

/**
 * Opens a database file, and creates it if it does not exist. `busyTimeoutMs` is how long a statement waits
 * for another connection's lock. Throws DamagedFile when the file is not a database.
 */
export function openDatabase(
  file: string,
  options: { readOnly?: boolean; busyTimeoutMs?: number } = {},
): SqliteDatabase {
  const database = new StrictDatabase(file, { readonly: options.readOnly ?? false });
  try {
    database.exec(`PRAGMA busy_timeout = ${options.busyTimeoutMs ?? BUSY_TIMEOUT_MS}`);
    // The driver accepts better-sqlite3's option `readonly` but ignores it.
    if (options.readOnly) database.exec('PRAGMA query_only = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * A connection that reads texts as bytes and decodes them itself. Libraries that expect better-sqlite3's
 * class accept it.
 */
export class StrictDatabase implements SqliteDatabase {
  private readonly database: DriverDatabase;
  private readonly readOnly: boolean;
  private isSchemaRead = false;

  /**
   * With `readonly`, no file is created. The caller must also set `query_only`, because the driver ignores
   * `readonly`.
   */
  constructor(
    private readonly file: string,
    { readonly = false }: { readonly readonly?: boolean } = {},
  ) {
    this.readOnly = readonly;
    if (file !== ':memory:') refuseOtherThanFile(file);
    if (!readonly) makeOwnersFile(file);
    else if (!existsSync(file)) throw new Error(`${file} does not exist`);
    // The driver's own types are incomplete.
    this.database = told(file, () => new Libsql(file) as unknown as DriverDatabase);
  }

  exec(sql: string): void {
    told(this.file, () => this.database.exec(sql));
  }

  prepare(sql: string): StrictStatement {
    const { file } = this;
    return told(file, () => {
      this.readSchema();
      const plain = this.database.prepare(sql);
      if (!plain.reader) return new StrictStatement(file, plain, []);
      const names = plain.columns().map(({ name }) => name);
      const read = textsAsBytes(sql, names);
      return new StrictStatement(file, read === undefined ? plain : this.database.prepare(read), names);
    });
  }

  /** TypeORM configures connections with this method. */
  pragma(setting: string): unknown {
    return told(this.file, () => this.database.prepare(`PRAGMA ${setting}`).all());
  }

  close(): void {
    try {
      // The driver does not remove the journal. Active readers keep the part that they need.
      if (!this.readOnly) this.database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The next start replays the journal.
    } finally {
      this.database.close();
    }
  }

  /** Checks the schema as UTF-8, because the driver also ends the process for a malformed column name. */
  private readSchema(): void {
    if (this.isSchemaRead) return;
    const parts = this.database.prepare(
      'SELECT CAST(name AS BLOB) AS name, CAST(sql AS BLOB) AS sql FROM sqlite_schema',
    );
    for (const part of parts.all()) decodedRow(this.file, part as Record<string, unknown>, ['name', 'sql']);
    this.isSchemaRead = true;
  }
}

class StrictStatement implements SqliteStatement {
  readonly reader: boolean;

  constructor(
    private readonly file: string,
    private readonly statement: DriverStatement,
    private readonly columns: readonly string[],
  ) {
    this.reader = statement.reader;
  }

  run(...parameters: readonly SqliteValue[]): unknown {
    return told(this.file, () => this.statement.run(...parameters));
  }

  get(...parameters: readonly SqliteValue[]): unknown {
    return told(this.file, () => this.decoded(this.statement.get(...parameters)));
  }

  all(...parameters: readonly SqliteValue[]): unknown[] {
    return told(this.file, () => this.statement.all(...parameters).map((row) => this.decoded(row)));
  }

  private decoded(row: unknown): unknown {
    return row === undefined ? row : decodedRow(this.file, row as Record<string, unknown>, this.columns);
  }
}

/**
 * Runs work on a file. Turns SQLite's findings about the file into DamagedFile, a full disk into DiskFull,
 * and a missing write permission into an error that names the file.
 */
function told<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw faultOf(file, error) ?? error;
  }
}

const faultOf = (file: string, error: unknown): Error | undefined =>
  damageOf(file, error) ?? fullnessOf(file, error) ?? lockOf(file, error);

/** SQLite does not say which file is not writable. */
function lockOf(file: string, error: unknown): Error | undefined {
  if (!codeOf(error).startsWith('SQLITE_READONLY')) return undefined;
  const refused = new Error(`${file} cannot be written to: it, or its folder, is for reading only`, {
    cause: error,
  });
  return Object.assign(refused, { code: 'EROFS', syscall: 'write' });
}

function damageOf(file: string, error: unknown): DamagedFile | undefined {
  const code = codeOf(error);
  const isDamage = DAMAGE.some((each) => code.startsWith(each)) || SCHEMA_DAMAGE.test(messageOf(error));
  return isDamage ? new DamagedFile(file, messageOf(error), { cause: error }) : undefined;
}

function fullnessOf(file: string, error: unknown): DiskFull | undefined {
  const code = codeOf(error);
  // On a full disk, SQLite cannot create the files beside a database and reports an I/O error.
  const folder = dirname(file);
  const isFull =
    code === 'SQLITE_FULL' ||
    (/^SQLITE_(IOERR|CANTOPEN)/.test(code) && existsSync(folder) && !hasRoom(folder));
  return isFull ? new DiskFull(file, { cause: error }) : undefined;
}

const DAMAGE = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR_SHORT_READ', 'SQLITE_FORMAT'];
/** A missing table or column of the tracker counts as damage. */
const SCHEMA_DAMAGE = /malformed|no such (table|column)|unsupported file format/;

/** Rolls back the transaction of a connection, if there is one. */
export function rollBack(database: SqliteDatabase): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite itself rolls back after some errors, such as a full disk; then there is no transaction left.
  }
}

/**
 * A connection that works on a separate thread. Its prepared statements run on this thread and wait until
 * `exec` is done.
 */
export interface BackgroundDatabase {
  exec(sql: string): Promise<void>;
  /** A statement that writes. Do not read through it: malformed UTF-8 would end the process. */
  prepare(sql: string): Promise<SqliteStatement>;
  close(): Promise<void>;
}

/** Opens a database file for work that must not block the event loop, such as waiting for the disk. */
export async function openInBackground(file: string): Promise<BackgroundDatabase> {
  makeOwnersFile(file);
  const database = new LibsqlInBackground(file, {}) as unknown as Omit<BackgroundDatabase, 'close'> & {
    close(): void;
  };
  const opened: BackgroundDatabase = {
    exec: (sql) => toldLater(file, database.exec(sql)),
    prepare: async (sql) => {
      const statement = await toldLater(file, database.prepare(sql));
      return {
        run: (...parameters) => told(file, () => statement.run(...parameters)),
        get: (...parameters) => statement.get(...parameters),
        all: (...parameters) => statement.all(...parameters),
      };
    },
    // The driver does not remove the journal. Active readers keep the part that they need.
    close: async () => {
      await database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)').catch(() => {
        // The next start replays the journal.
      });
      database.close();
    },
  };
  try {
    await opened.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
    return opened;
  } catch (error) {
    await opened.close();
    throw error;
  }
}

async function toldLater<T>(file: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (error) {
    throw faultOf(file, error) ?? error;
  }
}

/**
 * Creates the file before SQLite does, because SQLite would let other users read it. The journals inherit the
 * file's permissions.
 */
export function makeOwnersFile(file: string): void {
  if (file !== ':memory:' && !existsSync(file)) closeSync(openSync(file, 'a', OWNERS_FILE));
}

/** Whether another connection holds a lock that the statement needs. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

/** Whether a row with this key already exists. */
export function isKeyTaken(error: unknown): boolean {
  return ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
