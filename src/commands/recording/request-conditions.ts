import type { StreamEvent } from '../../domain/ledger/event.js';
import type { Proposal } from '../../domain/ledger/proposal.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { idForKey, MOST_ATTEMPTS, newId } from './event-ids.js';
import { EventIdTaken, IdempotencyKeyReused, StreamHasChanged } from './rejections.js';
import { isSameRequest } from './same-request.js';

/** What a request says of itself and of the stream, beside its events. */
export interface RequestConditions {
  readonly author: string;
  readonly idempotencyKey?: string | undefined;
  /**
   * The revision that the caller has seen; -1 for a stream that must not exist. If the stream has another
   * revision, the request is refused with StreamHasChanged.
   */
  readonly ifRevision?: number | undefined;
  /** Ids that other streams are known to have. */
  readonly taken?: ReadonlySet<string>;
}

/** The ids of new events, or the events that the same request recorded before. */
export type IdsAsked =
  { readonly idOf: (index: number) => string } | { readonly earlier: readonly StreamEvent[] };

/**
 * Holds a request against the stream before its events are looked at. Recording and dry runs ask here, so that
 * both refuse the same. Throws IdempotencyKeyReused, EventIdTaken and StreamHasChanged.
 */
export function idsAsked(
  state: StreamState,
  proposals: readonly Proposal[],
  { author, idempotencyKey: key, ifRevision, taken = new Set() }: RequestConditions,
): IdsAsked {
  let idOf: (index: number) => string = newId;
  if (key !== undefined) {
    idOf = idsOfKey(state, proposals.length, { author, key, taken });
    const earlier = recordedBefore(state, proposals, { author, key, idOf });
    if (earlier) return { earlier };
  }
  refuseChanged(state, ifRevision);
  return { idOf };
}

/** Throws StreamHasChanged when the stream is not at the revision that the caller has seen. */
export function refuseChanged(state: StreamState, ifRevision: number | undefined): void {
  if (ifRevision !== undefined && ifRevision !== state.revision) throw changed(state);
}

/** The events that the same request recorded before, if it did. Throws if another request used the key. */
function recordedBefore(
  state: StreamState,
  proposals: readonly Proposal[],
  { author, key, idOf }: { author: string; key: string; idOf: (index: number) => string },
): readonly StreamEvent[] | undefined {
  const ofKey = (index: number) => recordedBy(author, state, idOf(index));
  const events = proposals.map((_, index) => ofKey(index)).filter((event) => event !== undefined);
  if (events.length === 0) return undefined;
  const same =
    events.length === proposals.length &&
    ofKey(proposals.length) === undefined &&
    events.every((event, index) => isSameRequest(event, proposals[index]));
  if (same) return events;
  const detail = `The Idempotency-Key "${key}" was used before, for another request. Use a new key for a new request.`;
  throw new IdempotencyKeyReused({ detail });
}

/**
 * The event with an id, if this author recorded it. A key belongs to its user, so another author's event
 * under the same id does not count.
 */
function recordedBy(author: string, state: StreamState, id: string): StreamEvent | undefined {
  const event = state.recorded(id);
  return event?.recordedBy === author ? event : undefined;
}

/**
 * The ids of a request with an Idempotency-Key: the ids under which it was recorded before, or else the first
 * ones that no other event has. Throws EventIdTaken if there are none.
 */
function idsOfKey(
  state: StreamState,
  count: number,
  { author, key, taken }: { author: string; key: string; taken: ReadonlySet<string> },
): (index: number) => string {
  const attempts = Array.from({ length: MOST_ATTEMPTS }, (_, attempt) => {
    return (index: number) => idForKey(author, state.stream, key, index, attempt);
  });
  const ours = attempts.find((idOf) => recordedBy(author, state, idOf(0)) !== undefined);
  if (ours) return ours;
  const isFree = (id: string) => !taken.has(id) && state.recorded(id) === undefined;
  const free = attempts.find((idOf) =>
    Array.from({ length: count }, (_, index) => idOf(index)).every(isFree),
  );
  if (free) return free;
  const detail = `The ids of the Idempotency-Key "${key}" belong to other events. Use a new key.`;
  throw new EventIdTaken({ detail });
}

export function changed({ stream, revision }: StreamState): StreamHasChanged {
  const now = revision < 0 ? 'does not exist' : `is at revision ${revision}`;
  const detail = `The condition of the request does not hold: ${stream} ${now}. Read it again before you decide.`;
  return new StreamHasChanged({ detail, revision });
}
