import { Injectable } from '@nestjs/common';

/**
 * Allows one decision at a time per stream in this process, in the order of the calls. Between processes, the
 * expected revision decides.
 */
@Injectable()
export class KeyedMutex {
  /** The held keys with their waiting callers. A free key takes no memory. */
  private readonly held = new Map<string, (() => void)[]>();

  /**
   * Runs `work` after all earlier calls with these keys have finished; at once if there are none. Keys are
   * taken in sorted order, so that two calls cannot deadlock.
   */
  async runExclusive<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const taken: string[] = [];
    try {
      for (const key of keys.length === 1 ? keys : [...new Set(keys)].sort()) {
        const turn = this.take(key);
        if (turn) await turn;
        taken.push(key);
      }
      return await work();
    } finally {
      for (const key of taken) this.release(key);
    }
  }

  /**
   * Takes a free key without a promise. Otherwise returns a promise that resolves when this caller holds the
   * key.
   */
  private take(key: string): Promise<void> | undefined {
    const waiting = this.held.get(key);
    if (waiting) return new Promise((resolve) => waiting.push(resolve));
    this.held.set(key, []);
    return undefined;
  }

  private release(key: string): void {
    const next = this.held.get(key)?.shift();
    if (next) next();
    else this.held.delete(key);
  }
}
