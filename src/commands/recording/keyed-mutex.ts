import { Injectable } from '@nestjs/common';
import { Mutex } from 'async-mutex';

/**
 * One decision at a time per stream inside this process: who comes first finishes first. Between processes the expected
 * revision decides.
 */
@Injectable()
export class KeyedMutex {
  private readonly mutexes = new Map<string, Mutex>();

  /**
   * Runs `work` once everything that was given before under these keys is over. Keys are taken in their order, so that two
   * calls cannot block each other. One that nobody holds takes no memory.
   */
  async runExclusive<T>(keys: readonly string[], work: () => Promise<T>): Promise<T> {
    const held: (readonly [key: string, mutex: Mutex])[] = [];
    try {
      for (const key of [...new Set(keys)].sort()) {
        const mutex = this.mutexes.get(key) ?? new Mutex();
        this.mutexes.set(key, mutex);
        await mutex.acquire();
        held.push([key, mutex]);
      }
      return await work();
    } finally {
      for (const [key, mutex] of held) {
        mutex.release();
        // Whoever waits has taken the lock over by now.
        if (!mutex.isLocked()) this.mutexes.delete(key);
      }
    }
  }
}
