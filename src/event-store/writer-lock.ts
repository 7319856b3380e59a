import { readFileSync, writeFileSync } from 'node:fs';
import { LedgerInUse } from './event-store.js';
import { openDatabase } from './sqlite-driver.js';

/**
 * Takes the right to write to a ledger file, for as long as the process lives or until the returned function is called.
 *
 * A transaction that is never committed, on a file of its own, holds a lock of the operating system, which goes with the
 * process however it ends. Throws LedgerInUse where another holds it.
 */
export function takeWriterLock(ledger: string): () => void {
  const holder = `${ledger}.writer`;
  const lock = openDatabase(`${ledger}.lock`, { busyTimeoutMs: 0 });
  try {
    lock.exec('BEGIN EXCLUSIVE');
  } catch {
    lock.close();
    throw new LedgerInUse(
      `${ledger} is being written to by ${holderOf(holder)}. Stop it, or let it do the writing: a running server takes imports and events over HTTP.`,
    );
  }
  writeFileSync(holder, `process ${process.pid}\n`);
  return () => lock.close();
}

function holderOf(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim() || 'another process';
  } catch {
    return 'another process';
  }
}
