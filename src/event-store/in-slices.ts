import { setImmediate as otherWork } from 'node:timers/promises';
import type { Steps } from '../domain/state/steps.js';

/** Work yields the event loop to other work after this many milliseconds. */
const SLICE_MS = 10;

/** Measures how long work has held the event loop, and lets other work run. */
export class Slice {
  private began = performance.now();

  get isOver(): boolean {
    return performance.now() - this.began >= SLICE_MS;
  }

  async letOthersWork(): Promise<void> {
    await otherWork();
    this.began = performance.now();
  }
}

/**
 * Runs work in slices, so that requests are answered in between. Work shorter than one slice runs at once.
 */
export async function inSlices<T>(steps: Steps<T>, slice = new Slice()): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (slice.isOver) await slice.letOthersWork();
  }
}

/** Runs short work at once, without a promise, and long work in slices. */
export function soon<T>(steps: Steps<T>, slice?: Slice): T | Promise<T> {
  const { done, value } = steps.next();
  return done ? value : inSlices(steps, slice);
}
