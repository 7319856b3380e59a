import { isAfter, type KurrentPositionIndex, type LogPosition } from './position-index.js';
import { STREAM_DELETED } from './found-event.js';
import type { KurrentReads } from './reads.js';

/** A search that takes longer than this, in milliseconds, went through many events of other programs. */
const LONG_MS = 100;
/** When more events than this came since the last search, the search starts at the end of the log instead. */
const FEW = 10;

/**
 * Finds the end of the ledger. Others may write millions of events after its last one, and the server would
 * search them on every request; so each search covers only what came since the last one.
 */
export class EndOfLedger {
  /** All events of the ledger up to here were counted or found. */
  private lookedUpTo: LogPosition | undefined;
  private found: LogPosition | undefined;
  private wasLong = false;

  constructor(
    private readonly reads: KurrentReads,
    private readonly index: KurrentPositionIndex,
  ) {}

  /**
   * Notes that the ledger is counted up to a place in the log. Drops earlier findings, which may belong to
   * another log.
   */
  countedUpTo(place: LogPosition | undefined): void {
    this.lookedUpTo = place;
    this.found = undefined;
  }

  /** The place of the ledger's last event; undefined when that event is already counted. */
  async last(): Promise<LogPosition | undefined> {
    const before = this.lookedUpTo;
    // The end is read first: the next search covers what arrives during this one.
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
    // The server's own tombstone for a deleted stream is not an event of the ledger.
    return events.findLast(({ type }) => type !== STREAM_DELETED)?.log;
  }
}

function later(a: LogPosition | undefined, b: LogPosition | undefined): LogPosition | undefined {
  return a && b ? (isAfter(a, b) ? a : b) : (a ?? b);
}
