import type { Day } from './occurred-on.js';

/** The two clocks of every question. */
export interface Clocks {
  /** The world as of this day: what had surely occurred by then. */
  readonly trueOn?: Day;
  /** Using only what was recorded by then: the end of a day (UTC), or an instant. */
  readonly knownOn?: string;
}

/** The last instant of what was known by then, written as `recordedAt` is. */
export function lastInstantOf(knownOn: string): string {
  if (knownOn.length === 10) return `${knownOn}T23:59:59.999Z`;
  // An instant without milliseconds sorts after those of its second.
  return knownOn.length === INSTANT_LENGTH ? knownOn : new Date(knownOn).toISOString();
}

const INSTANT_LENGTH = '2025-12-31T12:00:00.000Z'.length;

/** Whether something recorded at an instant was known by `knownOn`. */
export function knownBy(recordedAt: string, knownOn: string | undefined): boolean {
  return knownOn === undefined || recordedAt <= lastInstantOf(knownOn);
}

/** Without clocks a question is about now. */
export function isNow({ trueOn, knownOn }: Clocks): boolean {
  return trueOn === undefined && knownOn === undefined;
}
