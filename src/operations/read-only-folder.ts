import { accessSync, constants, existsSync, readdirSync, statSync } from 'node:fs';
import { chmod, copyFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasRoom } from '../event-store/disk-full.js';
import { refuseOtherThanFolder } from '../event-store/ordinary-file.js';
import { makeTemporaryFolder } from '../files/temporary-folder.js';
import type { Settings } from '../settings.js';

const TRIES = 5;

/**
 * Runs read-only work on a writable folder, because SQLite can read a journalled file only if it may write
 * beside it. If the folder is not writable or its disk is full, the work gets a temporary copy, which needs
 * space in the system's temporary folder.
 */
export async function onWritableFolder<T>(
  settings: Settings,
  work: (settings: Settings) => Promise<T>,
): Promise<T> {
  refuseOtherThanFolder(settings.dataDir);
  if (settings.kurrentdbUrl !== undefined || isWritable(settings.dataDir)) return work(settings);
  const copy = await makeTemporaryFolder('copy');
  try {
    await copyAsOfOneMoment(settings.dataDir, copy);
    return await work({ ...settings, dataDir: copy });
  } finally {
    await rm(copy, { recursive: true, force: true });
  }
}

/** A missing folder counts as writable; opening it later reports the error. */
function isWritable(folder: string): boolean {
  if (!existsSync(folder)) return true;
  try {
    for (const path of [folder, ...filesOf(folder)]) accessSync(path, constants.W_OK);
    return hasRoom(folder);
  } catch {
    return false;
  }
}

const isOfStore = (name: string): boolean =>
  /^(events|log|access|views-\d+)\.sqlite(-wal)?$|^(views|store)\.json$|^log-key\.pem$/.test(name);

const filesOf = (folder: string): string[] =>
  readdirSync(folder)
    .filter(isOfStore)
    .map((name) => join(folder, name));

/** Throws when somebody keeps writing to the folder. */
async function copyAsOfOneMoment(folder: string, copy: string): Promise<void> {
  for (let tries = 0; tries < TRIES; tries++) {
    const before = stateOf(folder);
    for (const name of readdirSync(folder).filter(isOfStore)) {
      const mine = join(copy, name);
      await copyFile(join(folder, name), mine);
      // The copy has the permissions of the original.
      await chmod(mine, 0o600);
    }
    if (stateOf(folder) === before) return;
  }
  throw new Error(`${folder} cannot be written to, and somebody else writes to it: ask the server that does`);
}

const stateOf = (folder: string): string =>
  filesOf(folder)
    .map((path) => `${path} ${statSync(path).size} ${statSync(path).mtimeMs}`)
    .join('\n');
