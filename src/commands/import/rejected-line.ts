import type { Warning } from '../../domain/ledger/warning.js';
import type { LedgerLine } from '../../formats/ledger-line.js';

/** A line that was not recorded, and why. */
export interface RejectedLine {
  readonly line: number;
  /** The line itself, as it stood in the file. */
  readonly source: LedgerLine;
  /** One line of bounded length that is safe to print. */
  readonly reason: string;
  /** The kind of refusal, as in problem responses: `invalid-event`, `duplicate-event`, `contradiction`. */
  readonly problem: string;
}
/** A refused line without its source. */
export type RefusedReason = Omit<RejectedLine, 'source'>;

/** A line that was recorded with warnings. */
export interface WarnedLine {
  readonly line: number;
  readonly warnings: readonly Warning[];
}
