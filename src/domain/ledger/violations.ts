import { mayComeFirst, whichDay } from './doubts-of-order.js';
import type { StreamEvent } from './event.js';
import type { RuleViolation } from '../events/event-type.js';
import { effective } from '../state/logged-event.js';
import type { EffectiveEvent } from '../state/records.js';
import type { StreamState } from '../state/stream-state.js';
import { nextAfter, subjectOf, type Contradiction } from '../state/subject.js';

/** Describes a contradiction from the viewpoint of the event that caused it. */
export function violationFrom(
  candidate: StreamEvent,
  found: Contradiction,
  state: StreamState,
): RuleViolation {
  const { event, rule, message, contradicts } = found;
  // An amendment represents the event that it concerns, also when it retracts a correction of it.
  if (event === candidate.id || event === state.amendment(candidate.id)?.about) {
    const other = contradicts ?? laterNeighbour(event, state);
    const why = contradicts === undefined ? lastDayOf(event, state) : '';
    return { rule, message: message + why, ...(other !== undefined && { contradicts: other }) };
  }
  const recorded = state.recorded(event);
  const what = recorded ? `${recorded.type} of ${recorded.occurredOn}` : 'event';
  return {
    rule,
    message: `the recorded ${what} would no longer be possible: ${message}${whyLater(event, candidate.id, state)}`,
    contradicts: event,
  };
}

/**
 * Explains why a possibly earlier event counts as later: for example, its date is a year and counts as its
 * last day.
 */
function lastDayOf(event: string, state: StreamState): string {
  const entry = state.logged(event);
  const now = entry && effective(entry);
  const later = now && laterEvent(now, state);
  if (!now || !later || !mayComeFirst(later, now)) return '';
  return `; the ${later.type} of ${later.occurredOn} counts as ${whichDay(later)}, ${later.day}`;
}

/** The same explanation for a recorded event that conflicts with the proposed one. */
function whyLater(recorded: string, candidate: string, state: StreamState): string {
  const [then, now] = [recorded, state.amendment(candidate)?.about ?? candidate].map((id) => {
    const entry = state.logged(id);
    return entry && effective(entry);
  });
  return then && now && then.day > now.day && mayComeFirst(then, now)
    ? `; ${then.occurredOn} counts as ${whichDay(then)}, ${then.day}`
    : '';
}

/** The next event of the same subject, such as an entry dated after an exit. */
function laterNeighbour(event: string, state: StreamState): string | undefined {
  const entry = state.logged(event);
  const now = entry && effective(entry);
  return now && laterEvent(now, state)?.id;
}

function laterEvent(event: EffectiveEvent, state: StreamState): EffectiveEvent | undefined {
  const { kind, key } = subjectOf(event);
  return nextAfter(state.subject(kind, key), event);
}
