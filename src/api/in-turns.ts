import { AsyncLocalStorage } from 'node:async_hooks';
import { setImmediate as otherWork } from 'node:timers/promises';

/** Milliseconds for which one request may compute before other work gets a turn. */
const TURN_MS = 20;

const abandonment = new AsyncLocalStorage<AbortSignal>();

/** Runs work that stops at its next turn once the signal aborts: the client is gone, or time is up. */
export const abandonedBy = <T>(signal: AbortSignal, work: () => Promise<T>): Promise<T> =>
  abandonment.run(signal, work);

/** Runs work that continues even if the clients waiting for it disconnect. */
export const outsideOfQuestions = <T>(work: () => T): T => abandonment.exit(work);

/** Lets long computations yield to other requests: call `next` between two steps. */
export class Turns {
  private began: number;

  constructor(private readonly now = () => performance.now()) {
    this.began = now();
  }

  /** Throws the signal's reason if the work was abandoned. */
  async next(): Promise<void> {
    if (this.now() - this.began < TURN_MS) return;
    await otherWork();
    abandonment.getStore()?.throwIfAborted();
    this.began = this.now();
  }
}

/** Collects the items of an iterable, yielding to other work in between. */
export async function inTurns<T>(items: Iterable<T>, now?: () => number): Promise<T[]> {
  const all: T[] = [];
  const turns = new Turns(now);
  for (const item of items) {
    all.push(item);
    await turns.next();
  }
  return all;
}

/** Maps each item, yielding to other work in between. */
export const mapInTurns = <T, U>(items: Iterable<T>, map: (item: T) => U): Promise<U[]> =>
  inTurns(mapped(items, map));

function* mapped<T, U>(items: Iterable<T>, map: (item: T) => U): Generator<U> {
  for (const item of items) yield map(item);
}
