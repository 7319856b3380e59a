import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from '../event-store/sqlite-driver.js';

/** What is wrong with the keys of a folder, as far as they can be read. */
export async function faultsOfAccess(dataDir: string): Promise<{ readonly finding: string }[]> {
  const file = join(dataDir, 'access.sqlite');
  if (!existsSync(file)) return [];
  try {
    const database = openDatabase(file, { readOnly: true });
    try {
      const keys = database
        .prepare('SELECT id, name, role, hash, createdAt FROM api_keys')
        .all() as StoredKey[];
      return keys.filter(isOdd).map(({ id }) => ({
        finding: `${file} is damaged: the key ${JSON.stringify(id)} is not as it was made`,
      }));
    } finally {
      database.close();
    }
  } catch (error) {
    return [{ finding: error instanceof Error ? error.message : String(error) }];
  }
}

interface StoredKey {
  readonly id: string;
  readonly role: string;
  readonly hash: string;
  readonly createdAt: string;
}

const isOdd = ({ id, role, hash, createdAt }: StoredKey): boolean =>
  !/^[0-9a-f]{16}$/.test(id) ||
  !['reader', 'analyst', 'admin'].includes(role) ||
  !/^[0-9a-f]{64}$/.test(hash) ||
  Number.isNaN(Date.parse(createdAt));
