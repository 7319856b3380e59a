import type { EndOfLedger } from './end-of-ledger.js';
import type { KurrentPositionIndex } from './position-index.js';
import type { FoundEvent } from './found-event.js';
import type { KurrentReads } from './reads.js';

/** Maximum number of events counted in one transaction. */
export const COUNTED_AT_ONCE = 1000;

/**
 * Pages through the events that are not counted yet: the client's reader is several times as fast as a
 * subscription.
 */
export class UncountedPages {
  /**
   * Set while the server searches many foreign events for a page, longer than other reads wait. Resolves when
   * all pages have arrived or the search has failed.
   */
  longLook: Promise<void> | undefined;
  private endLongLook: (() => void) | undefined;

  constructor(
    private readonly reads: KurrentReads,
    private readonly index: KurrentPositionIndex,
    private readonly end: EndOfLedger,
  ) {}

  /** Yields page after page. The caller must count each page before it asks for the next one. */
  async *pages(): AsyncGenerator<readonly FoundEvent[]> {
    const onGoingOn = () => {
      this.longLook ??= new Promise((resolve) => (this.endLongLook = resolve));
    };
    try {
      // The end is read first: the pages then contain all events of the ledger up to there.
      const end = await this.reads.endOfLog();
      for (let isLast = false; !isLast;) {
        const page = await this.reads.log(this.index.last?.log, COUNTED_AT_ONCE, { onGoingOn });
        yield page.events;
        ({ isLast } = page);
      }
      this.end.countedUpTo(end);
    } finally {
      this.longLook = undefined;
      this.endLongLook?.();
    }
  }
}
