import { within } from '../../event-store/waiting.js';

/**
 * How long one recording may wait in all, in milliseconds. With the check of its key, it is answered within
 * twelve seconds.
 */
const PATIENCE_MS = 10_000;

/**
 * The time that a recording has left for waiting. Each call of the store has a deadline of its own, and one
 * recording may need several, behind others that need several. What it computes itself costs none of this
 * time, so that a large request on a slow machine is recorded.
 */
export class Patience {
  private left = PATIENCE_MS;

  /** The outcome of a promise. Throws StoreUnreachable when all the time is used up. */
  async for<T>(what: string, promise: Promise<T>): Promise<T> {
    const since = Date.now();
    try {
      return await within(Math.max(1, this.left), what, promise);
    } finally {
      this.left -= Date.now() - since;
    }
  }
}
