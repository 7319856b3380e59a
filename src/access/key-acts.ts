import { existsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { DataSource } from 'typeorm';
import { DamagedFile } from '../event-store/damage.js';
import { ActChain } from '../event-store/sqlite/act-chain.js';
import { openDatabase, type SqliteDatabase } from '../event-store/sqlite/driver.js';
import { markOf, noteMark, replaceMark } from '../files/store-files.js';
import type { ApiKey } from './api-key.js';
import { sealOf } from './key-seal.js';

const COLUMNS = ['id', 'name', 'role', 'hash', 'createdAt', 'revokedAt', 'seal'] as const;
const UPSERT = `INSERT INTO api_keys (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map(() => '?').join(', ')})
  ON CONFLICT (id) DO UPDATE SET "revokedAt" = excluded."revokedAt", seal = excluded.seal`;

/**
 * The hash chain of all changes to the keys of a file. It reveals a deleted key, and a revoked key that is
 * active again. Each write uses its own connection and one transaction, because queries use the other
 * connection.
 */
export class KeyActs {
  private constructor(private readonly file: string) {}

  /** The chain of a key database; undefined on a server, which protects its tables itself. */
  static of(database: DataSource): KeyActs | undefined {
    const { type, database: file } = database.options;
    return type === 'better-sqlite3' && typeof file === 'string' ? new KeyActs(file) : undefined;
  }

  /** Inserts or updates a key. Throws the database's error when an active key has the same name. */
  put(key: ApiKey): void {
    const stored = { ...key, seal: sealOf(key) };
    this.withChain((chain, database) => {
      chain.whole(() => {
        database.prepare(UPSERT).run(...COLUMNS.map((name) => stored[name]));
        chain.add(stored.id, sealOf(stored));
      });
      noteMark(dirname(this.file), 'keys', chain.mark);
    });
  }

  /** Begins the chain, if there is none, with the keys of earlier releases. */
  begin(): void {
    this.withChain((chain, database) => {
      chain.begin(contentsOf(keysIn(database)));
      noteMark(dirname(this.file), 'keys', chain.mark);
    });
  }

  private withChain(work: (chain: ActChain, database: SqliteDatabase) => void): void {
    const database = openDatabase(this.file);
    try {
      work(new ActChain(database), database);
    } finally {
      database.close();
    }
  }
}

/**
 * Where the keys of a file differ from those created and revoked. Throws DamagedFile when they cannot be
 * read.
 */
export function faultsOfKeys(file: string): DamagedFile[] {
  // An empty file counts as missing. The list of the store's files tells whether it should exist.
  if (!existsSync(file) || statSync(file).size === 0) return [];
  // The mark is read first, because another process may create a key meanwhile.
  const kept = markOf(dirname(file), 'keys');
  const database = openDatabase(file, { readOnly: true });
  try {
    const chain = new ActChain(database);
    return chain
      .atOnce(() => chain.faults(contentsOf(keysIn(database)), kept, (id) => `the key ${JSON.stringify(id)}`))
      .map((fault) => new DamagedFile(file, fault));
  } finally {
    database.close();
  }
}

/** Accepts the current keys of a file, even if keys were deleted or the file no longer exists. */
export function acceptKeys(dataDir: string, file: string): void {
  if (!existsSync(file) || statSync(file).size === 0) {
    replaceMark(dataDir, 'keys', undefined);
    return;
  }
  const database = openDatabase(file);
  try {
    const chain = new ActChain(database);
    chain.begin(contentsOf(keysIn(database)), { anew: true });
    replaceMark(dataDir, 'keys', chain.mark);
  } finally {
    database.close();
  }
}

/** All keys of a file; none if the table does not exist yet. */
export function keysIn(database: SqliteDatabase): ApiKey[] {
  const there = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'api_keys'").get();
  if (there === undefined) return [];
  return database.prepare('SELECT * FROM api_keys ORDER BY createdAt, id').all() as ApiKey[];
}

const contentsOf = (keys: readonly ApiKey[]): Map<string, string> =>
  new Map(keys.map((key) => [key.id, sealOf(key)]));
