import { CancellablePause } from './cancellable-pause.js';
import { StoreUnreachable } from './event-store.js';

/** The promise's outcome. When the time is over, throws StoreUnreachable with `waitedFor` in its message. */
export function within<T>(ms: number, waitedFor: string, promise: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const late = () => reject(new StoreUnreachable(`${waitedFor} did not come within ${ms} ms`));
    const timer = setTimeout(late, ms);
    const inTime = () => clearTimeout(timer);
    promise.then(inTime, inTime);
    promise.then(resolve, reject);
  });
}

/** A pause that does not keep the process alive. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms).unref());

/** The promise's outcome, or undefined as soon as the signal aborts. */
export async function unlessAborted<T>(signal: AbortSignal, promise: Promise<T>): Promise<T | undefined> {
  let abort: (() => void) | undefined;
  const aborted = new Promise<undefined>((resolve) => {
    abort = () => resolve(undefined);
    signal.addEventListener('abort', abort);
    if (signal.aborted) abort();
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    if (abort) signal.removeEventListener('abort', abort);
  }
}

/** How long one attempt may take out of the total time for all attempts, in milliseconds. */
export const attemptMs = (timeoutMs: number): number => timeoutMs * 0.4;

const FIRST_PAUSE_MS = 50;
/** Short enough that work resumes soon after a server is back, however long the outage was. */
const LONGEST_PAUSE_MS = 1000;

/**
 * A pause that doubles with each consecutive failure. Half of it is random, so that many clients do not
 * return at the same moment. It ends early before `until`, in epoch milliseconds, so that one more attempt
 * fits before a deadline.
 */
export async function backOff(failures: number, signal: AbortSignal, until = Infinity): Promise<void> {
  const left = Math.max(0, until - Date.now()) / 2;
  const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** failures, left);
  await new CancellablePause().wait(longest * (0.5 + Math.random() / 2), signal);
}
