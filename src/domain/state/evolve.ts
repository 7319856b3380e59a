import { knownBy, type Clocks } from '../ledger/clocks.js';
import type { StreamEvent } from '../ledger/event.js';
import { isAmendment } from '../events/catalogue.js';
import type { EffectiveEvent } from './records.js';
import { definitionFor } from '../events/versions.js';
import { bytesOf } from './bytes.js';
import { keepFigureSpans } from './figure-spans.js';
import { keepKnownNames } from './known-names.js';
import { effective, logged, withAmendment, type LoggedEvent } from './logged-event.js';
import { movedSubjects, withLast, withSubjects, type TouchedSubject } from './moved-subjects.js';
import { publicEvents } from './public-events.js';
import { finish, type Steps } from './steps.js';
import { StreamState, type Amendment } from './stream-state.js';
import type { AnySubjectState } from './subject-state.js';

/** The state after an event, and what the event changed. */
export interface Evolved {
  readonly state: StreamState;
  readonly change: StateChange;
}

/** What one more recorded event changes in the state of its stream. It does not hold the state, which nobody else may need. */
export interface StateChange {
  readonly recorded: StreamEvent;
  /** The event that it is, or is about, with all that was recorded about it by then. */
  readonly entry: LoggedEvent;
  readonly amendment?: Amendment;
  /** What that event said before, and what it says after. */
  readonly saidBefore: EffectiveEvent | undefined;
  readonly saidAfter: EffectiveEvent | undefined;
  /** The subjects that it touches. */
  readonly touched: readonly ChangedSubject[];
}

/** A subject as an event leaves it, and what it amounted to before. */
export interface ChangedSubject extends TouchedSubject {
  readonly before: AnySubjectState | undefined;
}

/**
 * The state of a stream after its next recorded event; the one before stays as it is. An event that comes last in its
 * subject costs O(log n) in the subject's events, any other one O(k log n) for the k events after it.
 * Throws UnknownEventType for a type or a version that is not in the catalogue, EventNotInStream for an amendment of an event that is
 * not there.
 */
export function evolve(state: StreamState, recorded: StreamEvent): Evolved {
  return finish(evolveInSteps(state, recorded));
}

/** `evolve` as work that can be interrupted. */
export function* evolveInSteps(state: StreamState, recorded: StreamEvent): Steps<Evolved> {
  const amends = isAmendment(definitionFor(recorded));
  const known = amends ? amendedBy(state, recorded) : undefined;
  const entry = known ? withAmendment(known, recorded) : logged(recorded);
  const [saidBefore, saidAfter] = [known && effective(known), effective(entry)];
  const last = !known && saidAfter ? withLast(state, saidAfter) : undefined;
  const touched = last
    ? [last]
    : yield* movedSubjects(state, saidBefore ? [saidBefore] : [], saidAfter ? [saidAfter] : []);
  const amendment = known && { recorded, about: known.recorded.id };
  const after = state.with({
    revision: recorded.revision,
    recordedAt: recorded.recordedAt,
    bytes: state.bytes + bytesOf(recorded),
    log: logWith(state, entry, amendment),
    places: state.places.set(recorded.id, state.log.size),
    subjects: withSubjects(state.subjects, touched),
  });
  keepFigureSpans(state.subjects.figure, after.subjects.figure, touched);
  keepKnownNames(state, after, saidBefore, saidAfter);
  const changed = touched.map((each): ChangedSubject => ({
    ...each,
    before: state.subjects[each.ref.kind].get(each.ref.key)?.state,
  }));
  const change = {
    recorded,
    entry,
    ...(amendment && { amendment }),
    saidBefore,
    saidAfter,
    touched: changed,
  };
  return { state: after, change };
}

function logWith({ log, places }: StreamState, entry: LoggedEvent, amendment: Amendment | undefined) {
  if (!amendment) return log.push(entry);
  const place = places.get(amendment.about);
  if (place === undefined) throw new Error(`event ${amendment.about} has no place in the log`);
  return log.set(place, entry).push(amendment);
}

/** The event that an amendment is about in the end. */
function amendedBy(state: StreamState, { data }: StreamEvent): LoggedEvent {
  const named = 'event' in data ? data.event : '';
  const entry = state.logged(state.amendment(named)?.about ?? named);
  if (!entry) throw new EventNotInStream(named, state.stream);
  return entry;
}

/** The state that the events of a stream amount to as of three clocks. */
export function foldEvents(
  stream: string,
  events: Iterable<StreamEvent>,
  { trueOn, knownOn, publicOn }: Clocks = {},
): StreamState {
  let state = StreamState.of(stream, publicOn === undefined ? trueOn : undefined);
  for (const event of events) if (knownBy(event.recordedAt, knownOn)) ({ state } = evolve(state, event));
  return publicOn === undefined
    ? state
    : foldEvents(stream, publicEvents(state, publicOn), { ...(trueOn !== undefined && { trueOn }) });
}

/** An amendment names an event that is not in its stream. */
export class EventNotInStream extends Error {
  override readonly name = 'EventNotInStream';
  constructor(
    readonly eventId: string,
    readonly stream: string,
  ) {
    super(`event ${eventId} is not in stream ${stream}`);
  }
}
