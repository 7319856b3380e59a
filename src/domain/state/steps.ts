/**
 * Work that is done a step at a time, so that whoever drives it can let other work have a turn in between. Where it is
 * given up half-way nothing is lost: it changes no value.
 */
export type Steps<T> = Generator<void, T, void>;

/** Does all steps of some work at once. */
export function finish<T>(steps: Steps<T>): T {
  for (;;) {
    const { done, value } = steps.next();
    if (done) return value;
  }
}

/** So many events are folded, or looked at, in a step: well under a millisecond. */
export const EVENTS_A_STEP = 256;
