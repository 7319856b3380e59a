/**
 * Work in small steps, so that the caller can let other work run in between. Abandoning it is safe, because
 * it changes no existing values.
 */
export type Steps<T> = Generator<void, T, void>;

/** Runs all steps of some work at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** Events processed per step: well under a millisecond of work. */
export const EVENTS_A_STEP = 256;
