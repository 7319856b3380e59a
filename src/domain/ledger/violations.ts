import { mayComeFirst, whichDay } from './doubts-of-order.js';
import type { StreamEvent } from './event.js';
import type { RuleViolation } from '../events/event-type.js';
import { effective } from '../state/logged-event.js';
import type { EffectiveEvent } from '../state/records.js';
import type { StreamState } from '../state/stream-state.js';
import { nextAfter, subjectOf, type Contradiction } from '../state/subject.js';

/** A contradiction told from the side of the event that raised it. */
export function violationFrom(
  candidate: StreamEvent,
  found: Contradiction,
  state: StreamState,
): RuleViolation {
  const { event, rule, message, contradicts } = found;
  // An amendment speaks for the event that it is about, also where it voids a correction of it.
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

/** Why what may have come before an event counts as after it: its date is a year, say, and counts as its last day. */
function lastDayOf(event: string, state: StreamState): string {
  const entry = state.logged(event);
  const now = entry && effective(entry);
  const later = now && laterEvent(now, state);
  if (!now || !later || !mayComeFirst(later, now)) return '';
  return `; the ${later.type} of ${later.occurredOn} counts as ${whichDay(later)}, ${later.day}`;
}

/** The same of a recorded event that is in the way of one. */
function whyLater(recorded: string, candidate: string, state: StreamState): string {
  const [then, now] = [recorded, state.amendment(candidate)?.about ?? candidate].map((id) => {
    const entry = state.logged(id);
    return entry && effective(entry);
  });
  return then && now && then.day > now.day && mayComeFirst(then, now)
    ? `; ${then.occurredOn} counts as ${whichDay(then)}, ${then.day}`
    : '';
}

/** The event of the same subject that comes next, such as the entry that is dated after an exit. */
function laterNeighbour(event: string, state: StreamState): string | undefined {
  const entry = state.logged(event);
  const now = entry && effective(entry);
  return now && laterEvent(now, state)?.id;
}

function laterEvent(event: EffectiveEvent, state: StreamState): EffectiveEvent | undefined {
  const { kind, key } = subjectOf(event);
  return nextAfter(state.subject(kind, key), event);
}
