import { dayOf, type Day } from './occurred-on.js';

/** The two clocks of every question. */
export interface Clocks {
  /** The world as of this day: what had surely occurred by then. */
  readonly trueOn?: Day;
  /** Using only what was recorded by then: the end of a day (UTC), or an instant. */
  readonly knownOn?: string;
}

/** Whether something recorded at an instant was known by `knownOn`. */
export function knownBy(recordedAt: string, knownOn: string | undefined): boolean {
  if (knownOn === undefined) return true;
  return knownOn.length === 10 ? dayOf(recordedAt) <= knownOn : recordedAt <= knownOn;
}
