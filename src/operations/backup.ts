import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeOwnersFile, openDatabase } from '../event-store/sqlite/driver.js';

/** The backup cannot be made or restored; the message gives the reason and the remedy. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

export interface BackupReport {
  /** Number of events in the backup. */
  readonly events: number;
  readonly files: readonly string[];
}

const LEDGER = 'events.sqlite';
const LOG = 'log.sqlite';
/**
 * The databases that cannot be recomputed. The log comes first: it follows the ledger, so a log copied before
 * the ledger never knows an event that the ledger's copy lacks. Views are left out, because they are built
 * from the ledger.
 */
const DATABASES = [LOG, 'access.sqlite', LEDGER] as const;
const SIGNING_KEY = 'log-key.pem';

/**
 * Copies the ledger, the log with its signing key, and the keys of a data folder into a new folder, even
 * while a server is recording. Each database is copied as of one moment. The folder appears complete or not
 * at all.
 *
 * Throws BackupRefused when there is no ledger, or when the folder already exists.
 */
export async function backUp(dataDir: string, folder: string): Promise<BackupReport> {
  const present = new Set(namesIn(dataDir));
  if (!present.has(LEDGER))
    throw new BackupRefused(`${dataDir} holds no ledger. Set DATA_DIR to the folder of the one to back up.`);
  return whole(folder, async (partial) => {
    const files = DATABASES.filter((name) => present.has(name));
    for (const name of files) copyDatabase(join(dataDir, name), join(partial, name));
    if (files.includes(LOG)) forgetCleanStop(join(partial, LOG));
    const copied: string[] = [...files];
    if (present.has(SIGNING_KEY)) {
      await copyFile(join(dataDir, SIGNING_KEY), join(partial, SIGNING_KEY));
      copied.push(SIGNING_KEY);
    }
    return { events: eventsIn(join(partial, LEDGER)), files: copied };
  });
}

/**
 * Creates a data folder from a backup. Throws BackupRefused when the folder is not empty, when the backup has
 * no ledger, or when one of its files is damaged. The next start builds the views from the ledger.
 */
export async function restore(folder: string, dataDir: string): Promise<BackupReport> {
  const files = namesIn(folder).filter(isPartOfBackup);
  if (!files.includes(LEDGER)) throw new BackupRefused(`${folder} is no backup: it has no ${LEDGER}.`);
  return whole(dataDir, async (partial) => {
    for (const name of files) {
      makeOwnersFile(join(partial, name));
      await copyFile(join(folder, name), join(partial, name));
      if (name !== SIGNING_KEY) refuseDamaged(join(partial, name), join(folder, name));
    }
    return { events: eventsIn(join(partial, LEDGER)), files };
  });
}

/** Fills a temporary folder beside the target, and renames it when all its content is on disk. */
async function whole<T>(folder: string, fill: (partial: string) => Promise<T>): Promise<T> {
  if (namesIn(folder).length > 0)
    throw new BackupRefused(`${folder} holds something already. Name a new folder, or move that one away.`);
  const wanted = resolve(folder);
  const partial = join(dirname(wanted), `.${basename(wanted)}.partial`);
  await rm(partial, { recursive: true, force: true });
  await mkdir(partial, { recursive: true, mode: 0o700 });
  try {
    const filled = await fill(partial);
    for (const name of namesIn(partial)) flush(join(partial, name));
    flush(partial);
    await rm(wanted, { recursive: true, force: true });
    await rename(partial, wanted);
    flush(dirname(wanted));
    return filled;
  } catch (error) {
    await rm(partial, { recursive: true, force: true });
    throw error;
  }
}

function copyDatabase(from: string, to: string): void {
  const database = openDatabase(from);
  try {
    makeOwnersFile(to);
    // A single read transaction: a copy as of one moment that blocks no writer.
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}

/**
 * Removes the mark of a clean stop, which implies that any later event of the ledger was inserted by hand. In
 * a backup, the ledger is copied after the log, so the mark would accuse events recorded in between.
 */
function forgetCleanStop(log: string): void {
  const database = openDatabase(log);
  try {
    database.exec('DELETE FROM closed');
  } finally {
    database.close();
  }
}

function eventsIn(ledger: string): number {
  const database = openDatabase(ledger, { readOnly: true });
  try {
    return (database.prepare('SELECT COUNT(*) AS events FROM events').get() as { events: number }).events;
  } finally {
    database.close();
  }
}

function refuseDamaged(copy: string, original: string): void {
  const refusal = (reason: string) =>
    new BackupRefused(`${original} is damaged (${reason}). Restore an earlier backup.`);
  const database = openDatabase(copy, { readOnly: true });
  let answer: string;
  try {
    answer = (database.prepare('PRAGMA integrity_check').get() as { integrity_check: string })
      .integrity_check;
  } catch (error) {
    throw refusal(error instanceof Error ? error.message : String(error));
  } finally {
    database.close();
  }
  if (answer !== 'ok') throw refusal(answer);
}

function isPartOfBackup(name: string): boolean {
  return name === SIGNING_KEY || DATABASES.some((database) => database === name);
}

function namesIn(folder: string): string[] {
  return existsSync(folder) ? readdirSync(folder) : [];
}

/** Waits until a file or a folder's entries are on disk. */
function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
