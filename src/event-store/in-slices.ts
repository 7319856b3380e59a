import { setImmediate as otherWork } from 'node:timers/promises';
import type { Steps } from '../domain/state/steps.js';

/** So long, in milliseconds, some work holds the event loop before other work gets its turn. */
const SLICE_MS = 10;

/** Tells when work has held the event loop for long, and lets others have it. */
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

/** Does work in slices, so that requests are answered in between. What takes less than a slice is done at once. */
export async function inSlices<T>(steps: Steps<T>, slice = new Slice()): Promise<T> {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
    if (slice.isOver) await slice.letOthersWork();
  }
}

/** Work that is done at once where it is short, without a promise, and in slices where it is long. */
export function soon<T>(steps: Steps<T>, slice?: Slice): T | Promise<T> {
  const { done, value } = steps.next();
  return done ? value : inSlices(steps, slice);
}
