import { closeSync, existsSync, fsyncSync, openSync, readdirSync } from 'node:fs';
import { copyFile, mkdir, rename, rm } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { makeOwnersFile, openDatabase } from '../event-store/sqlite/driver.js';

/** A backup cannot be made or restored there; the message says why and what to do. */
export class BackupRefused extends Error {
  override readonly name = 'BackupRefused';
}

export interface BackupReport {
  /** Events in the backup. */
  readonly events: number;
  readonly files: readonly string[];
}

const LEDGER = 'events.sqlite';
const LOG = 'log.sqlite';
/**
 * What cannot be computed again, the log first: it follows the ledger, so a log that was copied before the ledger
 * never knows of an event that the copy does not have. Views are left out: they are built from the ledger.
 */
const DATABASES = [LOG, 'access.sqlite', LEDGER] as const;
const SIGNING_KEY = 'log-key.pem';

/**
 * Copies the ledger, the log with its signing key and the keys of a data folder into a new folder, while a server may
 * be recording: each database as of one moment. The folder appears whole or not at all.
 *
 * Throws BackupRefused where there is no ledger, or where the folder is there already.
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
 * Makes a data folder from a backup. Throws BackupRefused where the folder holds something, where the backup has no
 * ledger, and where one of its files is damaged. Views are built from the ledger at the next start.
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

/** Fills a folder beside the wanted one and gives it its name once everything in it is on the disk. */
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
    // One reading transaction: a copy as of one moment, for which no writer has to wait.
    database.prepare('VACUUM INTO ?').run(to);
  } finally {
    database.close();
  }
}

/**
 * The mark of a clean stop says that whatever the ledger has beyond it was put there by hand. The ledger is copied
 * after the log, so that in a backup it would accuse what was recorded between the two.
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

/** Waits until a file, or the names in a folder, are on the disk. */
function flush(path: string): void {
  const file = openSync(path, 'r');
  try {
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}
