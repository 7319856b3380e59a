import type { LedgerLine } from '../../formats/ledger-line.js';
import type { RejectedLine } from './rejected-line.js';

/** Limits for the number and the total bytes of waiting lines. */
const MOST_LINES = 10_000;
const MOST_BYTES = 32 * 1024 * 1024;

/**
 * Lines that contradict earlier lines and may fit after the rest of the file, such as a goal that is revised
 * before it is set. The dates of events decide their order, not their order in the file.
 */
export class WaitingLines {
  private lines: RejectedLine[] = [];
  private bytes = 0;

  get size(): number {
    return this.lines.length;
  }

  /** Lets a refused line wait. Returns false when a retry cannot help or the limits are reached. */
  add(refused: RejectedLine): boolean {
    const { bytes } = refused.source;
    const isFull = this.lines.length >= MOST_LINES || this.bytes + bytes.length > MOST_BYTES;
    if (refused.problem !== 'contradiction' || isFull) return false;
    this.lines.push(refused);
    this.bytes += bytes.length;
    return true;
  }

  /** Removes and returns all waiting lines, in file order. */
  take(): readonly RejectedLine[] {
    const waited = this.lines;
    this.lines = [];
    this.bytes = 0;
    return waited;
  }
}

/** Yields existing lines through the interface of a file reader. */
export async function* linesAgain(refused: readonly RejectedLine[]): AsyncGenerator<LedgerLine> {
  // There is nothing to wait for. This is async only because the caller reads files in the same way.
  await Promise.resolve();
  for (const { source } of refused) yield source;
}
