import type { Bounds } from '../measures/bounds.js';
import { loggedChanges, type LoggedChange } from '../measures/logged-count.js';
import type { Reading } from '../measures/readings.js';
import { daysOf, type Day } from '../ledger/edtf.js';
import { wantedOf, type GoalContext } from './finding.js';

/** The logged changes of what a goal counts; with what is only rumoured if the context says so. */
export const loggedIn = ({ automaker, terms, hasRumours }: GoalContext): readonly LoggedChange[] =>
  loggedChanges(automaker, {
    measure: terms.measure,
    ...wantedOf(terms),
    ...(hasRumours && { hasRumours }),
  }) ?? [];

export const atLeast = (count: number): Bounds => ({ lo: count, hi: Number.POSITIVE_INFINITY });

export function loggedReading(
  measure: GoalContext['terms']['measure'],
  terms: GoalContext['terms'],
  count: number,
  { day, occurredOn }: LoggedChange,
  events: readonly string[],
): Reading {
  return {
    bounds: atLeast(count),
    first: day,
    last: day,
    // Of a vague date only the last day is certain: so many had been logged by then.
    ...(occurredOn !== day && { told: `../${day}` }),
    formula: `at least the ${measure} that are logged one by one`,
    inputs: [{ name: measure, bounds: { lo: count }, events }],
    perimeter: wantedOf(terms),
    conflicts: [],
  };
}

/** The most sites that may have run on a day, if vague starts were in time and ends after it. */
export const mostBy = (changes: readonly LoggedChange[], end: Day): number =>
  changes.reduce((sum, { count, occurredOn, day }) => {
    const onDay = count > 0 ? daysOf(occurredOn).first : day;
    return onDay <= end ? sum + count : sum;
  }, 0);
