import { endOfDay, instantFrom, type Instant } from './instant.js';
import { dayOf, isDay, type Day } from './edtf.js';

/** The three clocks of every question. They combine: an answer stands on what all of those that are given let through. */
export interface Clocks {
  /** The world as of this day: what had surely occurred by then. */
  readonly trueOn?: Day;
  /** Using only what was recorded by then: the end of a day (UTC), or an instant. */
  readonly knownOn?: string;
  /** Using only what had been published by the end of this day, whenever it was recorded. */
  readonly publicOn?: Day;
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

/**
 * The clocks of a point in time as it is written: `trueOn`, or `trueOn,knownOn`, or `trueOn,knownOn,publicOn`, where
 * `knownOn` may be empty. Undefined for anything else.
 */
export function pointFrom(text: string): (Clocks & { readonly trueOn: Day }) | undefined {
  const [trueOn = '', knownOn = '', publicOn, ...rest] = text.split(',');
  const isPublic = publicOn !== undefined;
  const isOdd = knownOn === '' ? !isPublic && text.includes(',') : !isKnownOn(knownOn);
  if (!isDay(trueOn) || isOdd || rest.length > 0 || (isPublic && !isDay(publicOn))) return undefined;
  return { trueOn, ...(knownOn !== '' && { knownOn }), ...(isPublic && { publicOn }) };
}

/** The same the other way round. */
export function pointText({ trueOn = '', knownOn, publicOn }: Clocks): string {
  if (publicOn !== undefined) return [trueOn, knownOn ?? '', publicOn].join(',');
  return knownOn === undefined ? trueOn : `${trueOn},${knownOn}`;
}

/** Without clocks a question is about now. */
export function isNow({ trueOn, knownOn, publicOn }: Clocks): boolean {
  return trueOn === undefined && knownOn === undefined && publicOn === undefined;
}

/**
 * The day that a question is about: `trueOn`, or else the day of the clock that lies further back, so that the same
 * question gets the same answer for ever; `today` without clocks.
 */
export function dayAsked({ trueOn, knownOn, publicOn }: Clocks, today: Day): Day {
  if (trueOn !== undefined) return trueOn;
  const known = knownOn === undefined ? today : dayOf(knownOn);
  return publicOn !== undefined && publicOn < known ? publicOn : known;
}
