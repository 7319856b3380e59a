import { endOfDay, instantFrom, type Instant } from './instant.js';
import { dayOf, isDay, type Day } from './edtf.js';

/** The three clocks of a question. They combine: the answer uses only what all given clocks allow. */
export interface Clocks {
  /** The world as of this day: what had certainly occurred by then. */
  readonly trueOn?: Day;
  /** Only what was recorded by then: the end of a day (UTC), or an instant. */
  readonly knownOn?: string;
  /** Only what had been published by the end of this day, whenever it was recorded. */
  readonly publicOn?: Day;
}

/**
 * The last instant of `knownOn`, in the format of `recordedAt`. Throws RangeError for anything but a day or
 * an instant.
 */
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

/** Whether a text is a valid `knownOn`: a day or an instant. */
export const isKnownOn = (text: string): boolean => isDay(text) || instantFrom(text) !== undefined;

/**
 * Parses a written point in time: `trueOn`, `trueOn,knownOn` or `trueOn,knownOn,publicOn`, where `knownOn`
 * may be empty. Undefined for anything else.
 */
export function pointFrom(text: string): (Clocks & { readonly trueOn: Day }) | undefined {
  const [trueOn = '', knownOn = '', publicOn, ...rest] = text.split(',');
  const isPublic = publicOn !== undefined;
  const isOdd = knownOn === '' ? !isPublic && text.includes(',') : !isKnownOn(knownOn);
  if (!isDay(trueOn) || isOdd || rest.length > 0 || (isPublic && !isDay(publicOn))) return undefined;
  return { trueOn, ...(knownOn !== '' && { knownOn }), ...(isPublic && { publicOn }) };
}

/** The inverse of `pointFrom`. */
export function pointText({ trueOn = '', knownOn, publicOn }: Clocks): string {
  if (publicOn !== undefined) return [trueOn, knownOn ?? '', publicOn].join(',');
  return knownOn === undefined ? trueOn : `${trueOn},${knownOn}`;
}

/** A question without clocks is about now. */
export function isNow({ trueOn, knownOn, publicOn }: Clocks): boolean {
  return trueOn === undefined && knownOn === undefined && publicOn === undefined;
}

/**
 * The day of a question: `trueOn`, or otherwise the earlier day of the other clocks, so that the same
 * question always gets the same answer. `today` without clocks.
 */
export function dayAsked({ trueOn, knownOn, publicOn }: Clocks, today: Day): Day {
  if (trueOn !== undefined) return trueOn;
  const known = knownOn === undefined ? today : dayOf(knownOn);
  return publicOn !== undefined && publicOn < known ? publicOn : known;
}
