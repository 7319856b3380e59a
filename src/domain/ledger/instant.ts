import { isDay, type Day } from './edtf.js';

/**
 * An instant in the ledger's format: ISO 8601 in UTC with milliseconds, `2025-12-31T12:00:00.000Z`. Instants
 * compare as strings.
 */
export type Instant = string;

const WRITTEN = /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,3}))?Z$/;

/**
 * Parses an instant in UTC, with up to three decimals of seconds, into the ledger's format. Undefined for an
 * impossible one: on 30 February, at 24:00, in the year 0.
 */
export function instantFrom(text: string): Instant | undefined {
  const [, day = '', time = '', decimals = ''] = WRITTEN.exec(text) ?? [];
  return isDay(day) ? `${day}T${time}.${decimals.padEnd(3, '0')}Z` : undefined;
}

/** Whether a text is an instant in the ledger's format. */
export function isInstant(text: string): boolean {
  return instantFrom(text) === text;
}

/** The last instant of a day. */
export const endOfDay = (day: Day): Instant => `${day}T23:59:59.999Z`;

/** Milliseconds from one instant to another; negative if `to` comes first. */
export const msBetween = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);
