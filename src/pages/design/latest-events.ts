import { daySpan, dayNumber } from '../../domain/ledger/edtf.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';

/** So many newest events are looked at for each that is wanted. */
export const SPARE = 5;
const MONTH = 31;

/**
 * The newest of some events, newest first. "Some time in this year" may be January: it is no news beside what is dated to a month at
 * least, and is told only where there is nothing else.
 */
export function latestOf(events: readonly TimelineEntry[], count: number): readonly TimelineEntry[] {
  return [...events.filter(isDated), ...events.filter((event) => !isDated(event))].slice(0, count);
}

function isDated({ occurredOn }: TimelineEntry): boolean {
  const span = daySpan(occurredOn);
  return span !== undefined && dayNumber(span.last) - dayNumber(span.first) < MONTH;
}
