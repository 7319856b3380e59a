import { isDay, type Day } from './edtf.js';

/** A moment as the ledger writes it: an ISO 8601 instant in UTC with milliseconds, `2025-12-31T12:00:00.000Z`. They compare as strings. */
export type Instant = string;

const WRITTEN = /^(\d{4}-\d\d-\d\d)T((?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d)(?:\.(\d{1,3}))?Z$/;

/**
 * The moment that a text means, as the ledger writes it: in UTC, its seconds with three decimals, fewer or none. Undefined
 * where there is no such moment: on 30 February, at 24:00, in the year 0.
 */
export function instantFrom(text: string): Instant | undefined {
  const [, day = '', time = '', decimals = ''] = WRITTEN.exec(text) ?? [];
  return isDay(day) ? `${day}T${time}.${decimals.padEnd(3, '0')}Z` : undefined;
}

/** Whether a text is a moment as the ledger writes it. */
export function isInstant(text: string): boolean {
  return instantFrom(text) === text;
}

/** The last moment of a day. */
export const endOfDay = (day: Day): Instant => `${day}T23:59:59.999Z`;

/** Milliseconds from one moment to another; negative where `to` comes first. */
export const msBetween = (from: Instant, to: Instant): number => Date.parse(to) - Date.parse(from);
