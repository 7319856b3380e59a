import { Injectable } from '@nestjs/common';

/**
 * One decision at a time per stream inside this process: who comes first finishes first. Between processes the expected
 * revision decides.
 */
@Injectable()
export class KeyedMutex {
  /** The keys that are held, and who waits for each. One that nobody holds takes no memory. */
  private readonly held = new Map<string, (() => void)[]>();

  /**
   * Runs `work` once everything that was given before under these keys is over; at once where nothing is. Keys are taken in
   * their order, so that two calls cannot block each other.
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

  /** Takes a key that nobody holds, without a promise; else answers when it is ours. */
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
