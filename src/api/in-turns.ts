import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as otherWork } from 'node:timers/promises';

/** So long, in milliseconds, one question works before other work gets its turn. */
const TURN_MS = 20;

const abandonment = new AsyncLocalStorage<AbortSignal>();

/** Runs work that ends at its next turn where the signal aborts: its client is gone, or it took too long. */
export const abandonedBy = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> =>
  abandonment.run(signal, work);

/** Runs work that goes on whoever of those who wait for it goes away. */
export const outsideOfQuestions = <T>(work: () => T): T => abandonment.exit(work);

/** Long work asks it between two steps: whenever a turn's time is over, other requests go first. */
export class Turns {
  private began: number;

  constructor(private readonly now = () => performance.now()) {
    this.began = now();
  }

  /** Throws the signal's reason where the work is abandoned. */
  async next(): Promise<void> {
    if (this.now() - this.began < TURN_MS) return;
    await otherWork();
    abandonment.getStore()?.throwIfAborted();
    this.began = this.now();
  }
}

/** All that an iterable gives, worked out in turns. */
export async function inTurns<T>(items: Iterable<T>, now?: () => number): Promise<T[]> {
  const all: T[] = [];
  const turns = new Turns(now);
  for (const item of items) {
    all.push(item);
    await turns.next();
  }
  return all;
}

/** What becomes of each item, worked out in turns. */
export const mapInTurns = <T, U>(items: Iterable<T>, map: (item: T) => U): Promise<U[]> =>
  inTurns(mapped(items, map));

function* mapped<T, U>(items: Iterable<T>, map: (item: T) => U): Generator<U> {
  for (const item of items) yield map(item);
}
