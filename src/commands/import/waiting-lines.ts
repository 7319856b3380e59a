import type { LedgerLine } from '../../formats/ledger-line.js';
import type { RejectedLine } from './rejected-line.js';

/** So many lines wait, and so many bytes of them. */
const MOST_LINES = 10_000;
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Lines that contradict what came before them, and may fit once the rest of the file is in: a goal that is revised before it
 * is set. The dates of events settle what comes after what, not their order in the file.
 */
export class WaitingLines {
  private lines: RejectedLine[] = [];
  private bytes = 0;

  get size(): number {
    return this.lines.length;
  }

  /** Lets a refused line wait; false where waiting cannot help it, or too many wait already. */
  add(refused: RejectedLine): boolean {
    const { bytes } = refused.source;
    const isFull = this.lines.length >= MOST_LINES || this.bytes + bytes.length > MOST_BYTES;
    if (refused.problem !== 'contradiction' || isFull) return false;
    this.lines.push(refused);
    this.bytes += bytes.length;
    return true;
  }

  /** All that wait, in the order of the file; none does after that. */
  take(): readonly RejectedLine[] {
    const waited = this.lines;
    this.lines = [];
    this.bytes = 0;
    return waited;
  }
}

/** Lines that are there already, as lines that are read. */
export async function* linesAgain(refused: readonly RejectedLine[]): AsyncGenerator<LedgerLine> {
  // Nothing is waited for; the caller reads a file in the same way.
  await Promise.resolve();
  for (const { source } of refused) yield source;
}
