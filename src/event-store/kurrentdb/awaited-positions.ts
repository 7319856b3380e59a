import type { KurrentPositionIndex } from './position-index.js';

interface Waiter {
  readonly revision: number;
  readonly found: (position: number) => void;
  readonly lost: (error: Error) => void;
}

/** Callers that wait for positions, by stream. The server has these events, but they are not counted yet. */
export class AwaitedPositions {
  private readonly waiting = new Map<string, Set<Waiter>>();

  /** Runs `work` with a promise of the event's position, and stops waiting when the work ends. */
  async during<T>(
    stream: string,
    revision: number,
    work: (position: Promise<number>) => Promise<T>,
  ): Promise<T> {
    const waiting = this.waiting.get(stream) ?? new Set();
    this.waiting.set(stream, waiting);
    let waiter: Waiter = { revision, found: () => undefined, lost: () => undefined };
    const position = new Promise<number>((found, lost) => (waiter = { revision, found, lost }));
    // A caller that has stopped waiting must not cause an unhandled rejection.
    position.catch(() => undefined);
    waiting.add(waiter);
    try {
      return await work(position);
    } finally {
      waiting.delete(waiter);
      if (waiting.size === 0 && this.waiting.get(stream) === waiting) this.waiting.delete(stream);
    }
  }

  counted(stream: string, revision: number, position: number): void {
    for (const waiter of this.waiting.get(stream) ?? [])
      if (waiter.revision === revision) waiter.found(position);
  }

  /** Answers waiting callers whose events are now in an index that another process writes. */
  lookUp(index: KurrentPositionIndex): void {
    for (const [stream, waiting] of this.waiting)
      for (const { revision, found } of waiting) {
        const position = index.positionOf(stream, revision);
        if (position !== undefined) found(position);
      }
  }

  /** Rejects all waiting callers, because no positions will follow. */
  fail(error: Error): void {
    for (const waiting of this.waiting.values()) for (const { lost } of waiting) lost(error);
  }
}
