import { LedgerReplaced } from '../event-store.js';
import { toStoreError } from './errors.js';
import { isAfter, type KurrentPositionIndex } from './position-index.js';
import type { KurrentReads } from './reads.js';

/** The subscription skipped events of a stream: a later event came first. */
export class EventLeftOut extends Error {
  override readonly name = 'EventLeftOut';

  constructor(
    readonly stream: string,
    readonly expected: number,
    readonly revision: number,
    what: string,
  ) {
    super(`event ${revision} of ${stream} came where ${expected} was expected${what}`);
  }
}

/** Finds events that a subscription skipped. All events counted after a skipped one have wrong positions. */
export class LeftOutEvents {
  private isLooking = false;

  constructor(
    private readonly reads: KurrentReads,
    private readonly index: KurrentPositionIndex,
    private readonly onError: (error: Error) => void,
  ) {}

  /**
   * Looks in the log for the first event of some revisions of a stream. If later events were already counted,
   * the index drops them, and the answer is LedgerReplaced: the next process that opens the index counts them
   * again from the same pages as any other node. Answers 'not-looked' when the search failed, undefined when
   * nothing was skipped.
   */
  async look(stream: string, from: number, to = from): Promise<LedgerReplaced | 'not-looked' | undefined> {
    if (this.isLooking) return 'not-looked';
    this.isLooking = true;
    try {
      const found = await this.reads.inLog(stream, from, to);
      const { last } = this.index;
      if (!found?.log || !last || isAfter(found.log, last.log) || this.index.headOf(stream) >= found.revision)
        return undefined;
      const agreed = this.index.cutFrom(found.log);
      return new LedgerReplaced(
        `the server left event ${found.revision} of ${stream} out of what it sent to this node, which has counted wrongly after position ${agreed}. Start the node again: it then counts the rest anew`,
      );
    } catch (error) {
      this.onError(toStoreError(error));
      return 'not-looked';
    } finally {
      this.isLooking = false;
    }
  }
}
