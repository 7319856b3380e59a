import type { EndOfLedger } from './end-of-ledger.js';
import type { KurrentPositionIndex } from './position-index.js';
import type { FoundEvent, KurrentReads } from './reads.js';

/** Events that are counted in one transaction at most. */
export const COUNTED_AT_ONCE = 1000;

/** What the ledger has beyond what is counted, page by page: the client's reader brings events several times as fast as a subscription. */
export class UncountedPages {
  /**
   * The server looks for a page in much that is not of the ledger, for longer than others wait. Resolves when all pages
   * have come, or none will.
   */
  longLook: Promise<void> | undefined;
  private endLongLook: (() => void) | undefined;

  constructor(
    private readonly reads: KurrentReads,
    private readonly index: KurrentPositionIndex,
    private readonly end: EndOfLedger,
  ) {}

  /** Each page has to be counted before the next one. */
  async *pages(): AsyncGenerator<readonly FoundEvent[]> {
    const onGoingOn = () => {
      this.longLook ??= new Promise((resolve) => (this.endLongLook = resolve));
    };
    try {
      // Read first: all of the ledger up to there is on the pages.
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
