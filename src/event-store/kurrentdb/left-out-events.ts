import { LedgerReplaced } from '../event-store.js';
import { toStoreError } from './errors.js';
import { isAfter, type KurrentPositionIndex } from './position-index.js';
import type { KurrentReads } from './reads.js';

/** Events of a stream that the subscription should have brought before the one that it brought. */
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

/**
 * Finds events that a subscription left out while it went on with others: everything that was counted since has a
 * wrong position.
 */
export class LeftOutEvents {
  private isLooking = false;

  constructor(
    private readonly reads: KurrentReads,
    private readonly index: KurrentPositionIndex,
    private readonly onError: (error: Error) => void,
  ) {}

  /**
   * Looks where in the log an event stands that should have come, the first of some revisions of a stream. Where others
   * after it are counted, the index forgets them, and whoever opens it next counts them anew by the same pages as any other
   * node; that is answered. Answers 'not-looked' where it did not come out, undefined where nothing was left out.
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
