import type { Doubt } from './doubts.js';
import type { NewEvent, StreamEvent } from './event.js';
import { doubtsInContext } from './plausibility.js';
import { upcast } from '../events/versions.js';
import { evolveInSteps } from '../state/evolve.js';
import { effective } from '../state/logged-event.js';
import type { Steps } from '../state/steps.js';
import type { StreamState } from '../state/stream-state.js';

/**
 * Doubts about the new data of a corrected event. The new data is compared with the stream without that
 * event, because otherwise it would be compared with the wrong data. A doubt that the current data also
 * raises was confirmed before and is not raised again.
 *
 * O(k log n) for the k events after the corrected one in its subject.
 */
export function* doubtsOfCorrection(state: StreamState, correction: NewEvent): Steps<Doubt[]> {
  if (correction.type !== 'EventCorrected') return [];
  // The type of the corrected event determines the type of the data.
  const { event, data, occurredOn, version = 1 } = correction.data;
  const entry = state.logged(event);
  const before = entry && effective(entry);
  // No check applies to a registration, and removing it would fold the whole stream again.
  if (!before || before.type === 'AutomakerRegistered') return [];
  const { type } = before;
  const { state: without } = yield* evolveInSteps(state, retractionOf(event, state, correction));
  const doubtsOf = (said: Said): Doubt[] =>
    // Validation has ensured that the data matches the type.
    doubtsInContext(without, { ...correction, ...said, type, evidence: [] } as NewEvent);
  const known = new Set(doubtsOf(before).map(identity));
  return doubtsOf({ data: upcast(type, version, data), occurredOn })
    .filter((doubt) => !known.has(identity(doubt)))
    .map((doubt) => ({ ...doubt, field: `data.${doubt.field}` }));
}

/** The parts of an event that a correction replaces. */
interface Said {
  readonly data: object;
  readonly occurredOn: string;
}

/** A temporary retraction of an event. It is never recorded. */
function retractionOf(event: string, { stream, revision }: StreamState, correction: NewEvent): StreamEvent {
  const { id, occurredOn, recordedAt, recordedBy } = correction;
  return {
    id,
    type: 'EventRetracted',
    occurredOn,
    data: { event, reason: '' },
    evidence: [],
    recordedAt,
    recordedBy,
    stream,
    revision: revision + 1,
  };
}

const identity = ({ code, field, message }: Doubt): string => `${code} ${field} ${message}`;
