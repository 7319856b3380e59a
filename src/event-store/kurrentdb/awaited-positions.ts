import type { KurrentPositionIndex } from './position-index.js';

interface Waiter {
  readonly revision: number;
  readonly found: (position: number) => void;
  readonly lost: (error: Error) => void;
}

/** Those who wait for the positions of events that the server has and that are not counted yet, by stream. */
export class AwaitedPositions {
  private readonly waiting = new Map<string, Set<Waiter>>();

  /** Hands the position of an event to the work, for as long as that takes. */
  async during<T>(
    stream: string,
    revision: number,
    work: (position: Promise<number>) => Promise<T>,
  ): Promise<T> {
    const waiting = this.waiting.get(stream) ?? new Set();
    this.waiting.set(stream, waiting);
    let waiter: Waiter = { revision, found: () => undefined, lost: () => undefined };
    const position = new Promise<number>((found, lost) => (waiter = { revision, found, lost }));
    // Whoever has stopped waiting by then need not hear of it.
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

  /** Tells those whose events stand in an index that somebody else writes. */
  lookUp(index: KurrentPositionIndex): void {
    for (const [stream, waiting] of this.waiting)
      for (const { revision, found } of waiting) {
        const position = index.positionOf(stream, revision);
        if (position !== undefined) found(position);
      }
  }

  /** No position will come any more. */
  fail(error: Error): void {
    for (const waiting of this.waiting.values()) for (const { lost } of waiting) lost(error);
  }
}
