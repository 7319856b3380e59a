import { daySpan, dayNumber } from '../../domain/ledger/edtf.js';
import type { TimelineEntry } from '../../queries/events/timeline.js';

/** Number of newest events to examine for each one that is needed. */
export const SPARE = 5;
const MONTH = 31;

/**
 * The newest of some events, newest first. "Some time in this year" may mean January, so such events come
 * only after those dated to at least a month.
 */
export function latestOf(events: readonly TimelineEntry[], count: number): readonly TimelineEntry[] {
  return [...events.filter(isDated), ...events.filter((event) => !isDated(event))].slice(0, count);
}

function isDated({ occurredOn }: TimelineEntry): boolean {
  const span = daySpan(occurredOn);
  return span !== undefined && dayNumber(span.last) - dayNumber(span.first) < MONTH;
}
