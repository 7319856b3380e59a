import { endOfDay, instantFrom, type Instant } from './instant.js';
import { isDay, type Day } from './edtf.js';

/** The two clocks of every question. */
export interface Clocks {
  /** The world as of this day: what had surely occurred by then. */
  readonly trueOn?: Day;
  /** Using only what was recorded by then: the end of a day (UTC), or an instant. */
  readonly knownOn?: string;
}

/** The last instant of what was known by then, written as `recordedAt` is. Throws RangeError for what is neither a day nor an instant. */
export function lastInstantOf(knownOn: string): Instant {
  if (isDay(knownOn)) return endOfDay(knownOn);
  const instant = instantFrom(knownOn);
  if (instant === undefined) throw new RangeError(`"${knownOn}" is neither a day nor an instant`);
  return instant;
}

/** Whether something recorded at an instant was known by `knownOn`. */
export function knownBy(recordedAt: string, knownOn: string | undefined): boolean {
  return knownOn === undefined || recordedAt <= lastInstantOf(knownOn);
}

/** Whether a text can be what was known by when: a day or an instant. */
export const isKnownOn = (text: string): boolean => isDay(text) || instantFrom(text) !== undefined;

/** Without clocks a question is about now. */
export function isNow({ trueOn, knownOn }: Clocks): boolean {
  return trueOn === undefined && knownOn === undefined;
}
