import Libsql from 'libsql';
import LibsqlInBackground from 'libsql/promise';

/** What we use of the driver, so that another one with better-sqlite3's interface can take its place here. */
export interface SqliteDatabase {
  exec(sql: string): void;
  prepare(sql: string): SqliteStatement;
  close(): void;
}

export interface SqliteStatement {
  run(...parameters: readonly SqliteValue[]): unknown;
  get(...parameters: readonly SqliteValue[]): unknown;
  all(...parameters: readonly SqliteValue[]): unknown[];
}

export type SqliteValue = string | number | null;

const BUSY_TIMEOUT_MS = 5000;

/** Opens a database file. `busyTimeoutMs` is how long a statement waits for another connection's lock. */
export function openDatabase(
  file: string,
  options: { readOnly?: boolean; busyTimeoutMs?: number } = {},
): SqliteDatabase {
  // The driver's own types say less than it does.
  const database = new Libsql(file) as unknown as SqliteDatabase;
  database.exec(`PRAGMA busy_timeout = ${options.busyTimeoutMs ?? BUSY_TIMEOUT_MS}`);
  // The driver takes better-sqlite3's option `readonly` and ignores it.
  if (options.readOnly) database.exec('PRAGMA query_only = ON');
  return database;
}

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
  prepare(sql: string): Promise<SqliteStatement>;
  close(): void;
}

/** Opens a database file for work that must not hold up the event loop, such as waiting for the disk. */
export async function openInBackground(file: string): Promise<BackgroundDatabase> {
  const database = new LibsqlInBackground(file, {}) as unknown as BackgroundDatabase;
  await database.exec(`PRAGMA busy_timeout = ${BUSY_TIMEOUT_MS}`);
  return database;
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
