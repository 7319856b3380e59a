import { closeSync, existsSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import Libsql from 'libsql';
import LibsqlInBackground from 'libsql/promise';
import { refuseOtherThanFile } from '../ordinary-file.js';
import { DamagedFile } from '../damage.js';
import { DiskFull, hasRoom } from '../disk-full.js';
import { decodedRow, textsAsBytes } from './text.js';

/** What we use of the driver, so that another one with better-sqlite3's interface can take its place here. */
export interface SqliteDatabase {
  exec(sql: string): void;
  /** Texts that are no well-formed UTF-8 come as DamagedFile: the driver itself would end the process. */
  prepare(sql: string): SqliteStatement;
  close(): void;
}

export interface SqliteStatement {
  run(...parameters: readonly SqliteValue[]): unknown;
  get(...parameters: readonly SqliteValue[]): unknown;
  all(...parameters: readonly SqliteValue[]): unknown[];
}

export type SqliteValue = string | number | null;

/** A statement of the driver, and what it tells of its columns. */
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
/** Only the owner reads a store: it holds hashes of keys. */
const OWNERS_FILE = 0o600;

/**
 * Opens a database file, and makes it where there is none. `busyTimeoutMs` is how long a statement waits for another
 * connection's lock. Throws DamagedFile where the file is none of a database.
 */
export function openDatabase(
  file: string,
  options: { readOnly?: boolean; busyTimeoutMs?: number } = {},
): SqliteDatabase {
  const database = new StrictDatabase(file, { readonly: options.readOnly ?? false });
  try {
    database.exec(`PRAGMA busy_timeout = ${options.busyTimeoutMs ?? BUSY_TIMEOUT_MS}`);
    // The driver takes better-sqlite3's option `readonly` and ignores it.
    if (options.readOnly) database.exec('PRAGMA query_only = ON');
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

/**
 * A connection that reads texts as bytes and decodes them itself. It is better-sqlite3's class to those who take their
 * driver as one.
 */
export class StrictDatabase implements SqliteDatabase {
  private readonly database: DriverDatabase;
  private readonly readOnly: boolean;
  private isSchemaRead = false;

  /** `readonly` makes no file; whoever opens one for reading sets `query_only` too, because the driver ignores it. */
  constructor(
    private readonly file: string,
    { readonly = false }: { readonly readonly?: boolean } = {},
  ) {
    this.readOnly = readonly;
    if (file !== ':memory:') refuseOtherThanFile(file);
    if (!readonly) makeOwnersFile(file);
    else if (!existsSync(file)) throw new Error(`${file} does not exist`);
    // The driver's own types say less than it does.
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

  /** What TypeORM sets connections up with. */
  pragma(setting: string): unknown {
    return told(this.file, () => this.database.prepare(`PRAGMA ${setting}`).all());
  }

  close(): void {
    try {
      // The driver leaves the journal behind; readers that are still there keep what they need of it.
      if (!this.readOnly) this.database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)');
    } catch {
      // The next start takes the journal in.
    } finally {
      this.database.close();
    }
  }

  /** The driver ends the process as well where the name of a column is no UTF-8. */
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

/** Runs work on a file. What SQLite finds wrong with the file itself comes as DamagedFile, a full disk as DiskFull, a file that may not be written to by its name. */
function told<T>(file: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    throw faultOf(file, error) ?? error;
  }
}

const faultOf = (file: string, error: unknown): Error | undefined =>
  damageOf(file, error) ?? fullnessOf(file, error) ?? lockOf(file, error);

/** SQLite does not say which file it may not write to. */
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
  // The files beside a database cannot be made where there is no room: that comes as a failure to read or write.
  const folder = dirname(file);
  const isFull =
    code === 'SQLITE_FULL' ||
    (/^SQLITE_(IOERR|CANTOPEN)/.test(code) && existsSync(folder) && !hasRoom(folder));
  return isFull ? new DiskFull(file, { cause: error }) : undefined;
}

const DAMAGE = ['SQLITE_CORRUPT', 'SQLITE_NOTADB', 'SQLITE_IOERR_SHORT_READ', 'SQLITE_FORMAT'];
/** A table or column of ours that is not there was lost. */
const SCHEMA_DAMAGE = /malformed|no such (table|column)|unsupported file format/;

/** Ends the transaction of a connection, if there still is one. */
export function rollBack(database: SqliteDatabase): void {
  try {
    database.exec('ROLLBACK');
  } catch {
    // SQLite rolls back by itself after some errors, such as a full disk, and then there is nothing left to.
  }
}

/** A connection that works on a thread of its own. Its statements do not, and wait until what `exec` began is over. */
export interface BackgroundDatabase {
  exec(sql: string): Promise<void>;
  /** A statement that writes. Reading through it would end the process where a text is no UTF-8. */
  prepare(sql: string): Promise<SqliteStatement>;
  close(): Promise<void>;
}

/** Opens a database file for work that must not hold up the event loop, such as waiting for the disk. */
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
    // The driver leaves the journal behind; readers that are still there keep what they need of it.
    close: async () => {
      await database.exec('PRAGMA busy_timeout = 0; PRAGMA wal_checkpoint(TRUNCATE)').catch(() => {
        // The next start takes the journal in.
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

/** Makes the file before SQLite does, which would let others read it. Its journals get the rights of the file. */
export function makeOwnersFile(file: string): void {
  if (file !== ':memory:' && !existsSync(file)) closeSync(openSync(file, 'a', OWNERS_FILE));
}

/** Whether another connection holds a lock that the statement needs. */
export function isBusy(error: unknown): boolean {
  return codeOf(error).startsWith('SQLITE_BUSY');
}

/** Whether a row with this key is there already. */
export function isKeyTaken(error: unknown): boolean {
  return ['SQLITE_CONSTRAINT_UNIQUE', 'SQLITE_CONSTRAINT_PRIMARYKEY'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
