import { existsSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { LedgerInUse } from '../event-store.js';
import { isBusy, openDatabase } from './driver.js';

/**
 * Takes the exclusive right to write to a ledger file, until the process ends or the returned function is
 * called.
 *
 * The lock is a transaction on a separate file that is never committed. It holds a lock of the operating
 * system, which disappears with the process however it ends. Throws LedgerInUse when another process holds
 * it.
 */
export function takeWriterLock(ledger: string): () => void {
  const path = lockOf(ledger);
  const holder = path.replace(/lock$/, 'writer');
  const lock = openDatabase(path, { busyTimeoutMs: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
    writeFileSync(holder, `process ${process.pid}\n`, { mode: 0o600 });
  } catch (error) {
    lock.close();
    if (!isBusy(error)) throw error;
    throw new LedgerInUse(
      `${ledger} is being written to by ${holderOf(holder)}. Stop it, or let it do the writing: a running server takes imports and events over HTTP.`,
    );
  }
  return () => lock.close();
}

/** The lock file of a ledger. A ledger has only one, even when it is opened through a symbolic link. */
export const lockOf = (ledger: string): string =>
  `${existsSync(ledger) ? realpathSync(ledger) : ledger}.lock`;

function holderOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim() || 'another process';
  } catch {
    return 'another process';
  }
}
