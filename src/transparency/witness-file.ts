import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { refuseOtherThanFile } from '../event-store/ordinary-file.js';
import type { LedgerLog } from './ledger-log.js';
import { InvalidCheckpoint, readCheckpoint } from './checkpoint.js';
import type { KeptCheckpoint } from './tree-store.js';

/** What a witness reports about the ledger. */
export interface Testimony {
  /** How many earlier checkpoints the witness has, as far as it tells. */
  readonly seen: number;
  /** Whether the witness now has the ledger's current checkpoint. */
  readonly deposited: boolean;
  /** Why the ledger does not continue the deposited checkpoints. Lists only the first faults. */
  readonly faults: readonly string[];
  /** The witness's own signatures on the checkpoint. */
  readonly cosignatures?: string;
}

const MOST_FAULTS = 20;

/**
 * Checks the ledger against the checkpoints in a file stored elsewhere, one per line as JSON, and appends the
 * current one. If a deposited checkpoint does not hold, nothing is appended: it covers a different ledger.
 * Throws if the path is not a regular file or cannot be written.
 */
export function witnessInFile(file: string, log: LedgerLog, now: KeptCheckpoint): Testimony {
  refuseOtherThanFile(file);
  const lines = existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter((line) => line.trim() !== '')
    : [];
  const faults: string[] = [];
  for (const [index, line] of lines.entries()) {
    const fault = faultOf(line, log);
    if (fault !== undefined && faults.length < MOST_FAULTS) faults.push(`line ${index + 1}: ${fault}`);
  }
  if (faults.length > 0) return { seen: lines.length, deposited: false, faults };
  const line = JSON.stringify({ size: now.size, note: now.note });
  if (lines.at(-1) !== line) append(file, line);
  return { seen: lines.length, deposited: true, faults };
}

function faultOf(line: string, log: LedgerLog): string | undefined {
  const note = noteIn(line);
  if (note === undefined) return 'is no checkpoint: every line has to be {"size":…,"note":"…"}';
  try {
    return log.faultOf(note);
  } catch (error) {
    if (!(error instanceof InvalidCheckpoint)) throw error;
    return isCheckpoint(note)
      ? `${error.message}: it is another log’s, or the key was replaced`
      : error.message;
  }
}

function noteIn(line: string): string | undefined {
  try {
    const read: unknown = JSON.parse(line);
    return typeof read === 'object' && read !== null && 'note' in read && typeof read.note === 'string'
      ? read.note
      : undefined;
  } catch {
    return undefined;
  }
}

function isCheckpoint(note: string): boolean {
  try {
    readCheckpoint(note);
    return true;
  } catch {
    return false;
  }
}

/** Flushes to disk before it returns, so that the deposit survives a crash. */
function append(file: string, line: string): void {
  const handle = openSync(file, 'a');
  try {
    writeSync(handle, `${line}\n`);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
}
