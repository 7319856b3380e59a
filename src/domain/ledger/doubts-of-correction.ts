import type { Doubt } from './doubts.js';
import type { NewEvent, StreamEvent } from './event.js';
import { doubtsInContext } from './plausibility.js';
import { upcast } from '../events/versions.js';
import { evolveInSteps } from '../state/evolve.js';
import { effective } from '../state/logged-event.js';
import type { Steps } from '../state/steps.js';
import type { StreamState } from '../state/stream-state.js';

/**
 * Returns what is unlikely about the data that a correction gives to an event. The new data is compared with the stream without
 * that event, because otherwise the wrong data would be among what it is compared with. A doubt that the data so far raises as well
 * was confirmed before, and is not raised again.
 *
 * O(k log n) for the k events that come after the corrected one in its subject.
 */
export function* doubtsOfCorrection(state: StreamState, correction: NewEvent): Steps<Doubt[]> {
  if (correction.type !== 'EventCorrected') return [];
  // The type of the event says what its data is.
  const { event, data, occurredOn, version = 1 } = correction.data;
  const entry = state.logged(event);
  const before = entry && effective(entry);
  // Nothing is compared with a registration, and taking it away would fold the whole stream anew.
  if (!before || before.type === 'AutomakerRegistered') return [];
  const { type } = before;
  const { state: without } = yield* evolveInSteps(state, retractionOf(event, state, correction));
  const doubtsOf = (said: Said): Doubt[] =>
    // The data was validated against its type, which is what ties the two.
    doubtsInContext(without, { ...correction, ...said, type, evidence: [] } as NewEvent);
  const known = new Set(doubtsOf(before).map(identity));
  return doubtsOf({ data: upcast(type, version, data), occurredOn })
    .filter((doubt) => !known.has(identity(doubt)))
    .map((doubt) => ({ ...doubt, field: `data.${doubt.field}` }));
}

/** What a correction replaces. */
interface Said {
  readonly data: object;
  readonly occurredOn: string;
}

/** An event that voids another one, for a state that nobody records. */
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
