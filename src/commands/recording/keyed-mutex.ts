import { Injectable } from '@nestjs/common';
import type { Patience } from './patience.js';

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
   * taken in sorted order, so that two calls cannot deadlock. Without patience for its turn, the call gives up
   * and lets the next one pass. A single free key is taken, and work without a promise done, at once.
   */
  runExclusive<T>(keys: readonly string[], work: () => T | Promise<T>, patience?: Patience): T | Promise<T> {
    const [key] = keys;
    if (key === undefined || keys.length > 1 || this.held.has(key)) return this.inTurn(keys, work, patience);
    this.held.set(key, []);
    let done: T | Promise<T> | undefined;
    try {
      done = work();
    } finally {
      if (!(done instanceof Promise)) this.release(key);
    }
    return done instanceof Promise ? done.finally(() => this.release(key)) : done;
  }

  private async inTurn<T>(
    keys: readonly string[],
    work: () => T | Promise<T>,
    patience?: Patience,
  ): Promise<T> {
    const taken: string[] = [];
    try {
      for (const key of [...new Set(keys)].sort()) {
        const turn = this.take(key);
        if (turn) await (patience ? this.turnOf(key, turn, patience) : turn);
        taken.push(key);
      }
      return await work();
    } finally {
      for (const key of taken) this.release(key);
    }
  }

  private async turnOf(key: string, turn: Promise<void>, patience: Patience): Promise<void> {
    try {
      await patience.for('the recordings before this one', turn);
    } catch (error) {
      void turn.then(() => this.release(key));
      throw error;
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
