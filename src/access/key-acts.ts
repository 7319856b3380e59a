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
 * What was done to the keys of a file, act by act: a key that was taken out, or one that was revoked and is not any more,
 * does not go unnoticed. Written on a connection of its own, in one piece: another one is in use by questions.
 */
export class KeyActs {
  private constructor(private readonly file: string) {}

  /** The acts of a database of keys; undefined where that is on a server, which keeps its tables itself. */
  static of(database: DataSource): KeyActs | undefined {
    const { type, database: file } = database.options;
    return type === 'better-sqlite3' && typeof file === 'string' ? new KeyActs(file) : undefined;
  }

  /** Puts a key in, or one that is there already as it is now. Throws what the database says where a live key has its name. */
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

  /** Begins the list of acts where there is none, with the keys that an earlier release has made. */
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

/** Where the keys of a file are not what was made and revoked. Throws DamagedFile where they cannot be read. */
export function faultsOfKeys(file: string): DamagedFile[] {
  // An empty one is none: whether it should be there is told by the list of the store's files.
  if (!existsSync(file) || statSync(file).size === 0) return [];
  // First, because another process may be making one.
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

/** Takes the keys of a file as they are, also where some were taken out, or where there is no file any more. */
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

/** All keys of a file, none where it has no table for them yet. */
export function keysIn(database: SqliteDatabase): ApiKey[] {
  const there = database.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'api_keys'").get();
  if (there === undefined) return [];
  return database.prepare('SELECT * FROM api_keys ORDER BY createdAt, id').all() as ApiKey[];
}

const contentsOf = (keys: readonly ApiKey[]): Map<string, string> =>
  new Map(keys.map((key) => [key.id, sealOf(key)]));
