import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { ApiKey } from './api-key.js';
import { faultsOfKeys, keysIn } from './key-acts.js';
import { sealOf } from './key-seal.js';
import { openDatabase } from '../event-store/sqlite/driver.js';

/** The faults of a folder's keys, as far as they can be read. */
export async function faultsOfAccess(dataDir: string): Promise<{ readonly finding: string }[]> {
  const file = join(dataDir, 'access.sqlite');
  // An empty file counts as missing. The list of the store's files tells whether it should exist.
  if (!existsSync(file) || statSync(file).size === 0) return [];
  try {
    const database = openDatabase(file, { readOnly: true });
    try {
      const odd = keysIn(database)
        .filter(isOdd)
        .map(({ id }) => `${file} is damaged: the key ${JSON.stringify(id)} is not as it was made`);
      const faults = faultsOfKeys(file).map(({ message }) => message);
      return [...odd, ...faults].map((finding) => ({ finding }));
    } finally {
      database.close();
    }
  } catch (error) {
    return [{ finding: error instanceof Error ? error.message : String(error) }];
  }
}

/** Keys from before seals were introduced have none, and their table has no such column. */
const isOdd = (key: ApiKey): boolean => typeof key.seal === 'string' && key.seal !== sealOf(key);
