import { isAfter, type KurrentPositionIndex, type LogPosition } from './position-index.js';
import { STREAM_DELETED, type KurrentReads } from './reads.js';

/** A look that takes longer, in milliseconds, is one through much that others wrote. */
const LONG_MS = 100;
/** Where more events than these came since the last look, they are looked for from the end of the log. */
const FEW = 10;

/**
 * Where the ledger ends. Others may write millions of events after its last one, which the server would look through
 * whenever it is asked: so it is asked only for what came since.
 */
export class EndOfLedger {
  /** All of the ledger up to here was counted, or found. */
  private lookedUpTo: LogPosition | undefined;
  private found: LogPosition | undefined;
  private wasLong = false;

  constructor(
    private readonly reads: KurrentReads,
    private readonly index: KurrentPositionIndex,
  ) {}

  /** All of the ledger up to a place in the log is counted, and what was known before may be of another log. */
  countedUpTo(place: LogPosition | undefined): void {
    this.lookedUpTo = place;
    this.found = undefined;
  }

  /** The place of the ledger's last event; of none where it is known to be counted. */
  async last(): Promise<LogPosition | undefined> {
    const before = this.lookedUpTo;
    // Read first: what comes during the look is found by the next one.
    const end = this.wasLong ? await this.reads.endOfLog() : undefined;
    const started = performance.now();
    const last = await this.lastAfter(later(before, this.index.last?.log)).finally(() => {
      this.wasLong = performance.now() - started > LONG_MS;
    });
    if (this.lookedUpTo === before) {
      this.found = later(this.found, last);
      if (end) this.lookedUpTo = end;
    }
    return later(this.found, last);
  }

  private async lastAfter(place: LogPosition | undefined): Promise<LogPosition | undefined> {
    const { events, isLast } = await this.reads.log(place, FEW);
    if (!isLast) return (await this.reads.last())?.log;
    // What the server writes where a stream is deleted for good is no event of the ledger.
    return events.findLast(({ type }) => type !== STREAM_DELETED)?.log;
  }
}

function later(a: LogPosition | undefined, b: LogPosition | undefined): LogPosition | undefined {
  return a && b ? (isAfter(a, b) ? a : b) : (a ?? b);
}
