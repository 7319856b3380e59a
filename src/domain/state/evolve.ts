import { knownBy, type Clocks } from '../ledger/clocks.js';
import type { StreamEvent } from '../ledger/event.js';
import { isAmendment } from '../events/catalogue.js';
import type { EffectiveEvent } from './records.js';
import { definitionFor } from '../events/versions.js';
import { bytesOf } from './bytes.js';
import { keepFigureSpans } from './figure-spans.js';
import { keepKnownNames } from './known-names.js';
import { keepIndexes } from './record-indexes.js';
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

/**
 * What one more recorded event changes in the state of its stream. It does not reference the state, so that
 * the state can be garbage collected.
 */
export interface StateChange {
  readonly recorded: StreamEvent;
  /** The event itself, or the amended event, with all its amendments so far. */
  readonly entry: LoggedEvent;
  readonly amendment?: Amendment;
  /** The effective event before the change. */
  readonly saidBefore: EffectiveEvent | undefined;
  readonly saidAfter: EffectiveEvent | undefined;
  /** The subjects that the event affects. */
  readonly touched: readonly ChangedSubject[];
}

/** A subject after an event, and its folded state before. */
export interface ChangedSubject extends TouchedSubject {
  readonly before: AnySubjectState | undefined;
}

/**
 * Returns the state of a stream after its next recorded event; the given state stays unchanged. An event that
 * comes last in its subject costs O(log n) in the subject's events; any other one costs O(k log n) for the k
 * events after it. Throws UnknownEventType for a type or version that is not in the catalogue, and
 * EventNotInStream for an amendment of a missing event.
 */
export function evolve(state: StreamState, recorded: StreamEvent): Evolved {
  return finish(evolveInSteps(state, recorded));
}

/** `evolve` in interruptible steps. */
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
  keepIndexes(state.subjects, after.subjects, touched);
  const changed = touched.map(({ ref, subject }): ChangedSubject => ({
    ref,
    subject,
    before: state.subjects[ref.kind].get(ref.key)?.state,
  }));
  const change = {
    recorded,
    entry,
    saidBefore,
    saidAfter,
    touched: changed,
    ...(amendment && { amendment }),
  };
  return { state: after, change };
}

function logWith({ log, places }: StreamState, entry: LoggedEvent, amendment: Amendment | undefined) {
  if (!amendment) return log.push(entry);
  const place = places.get(amendment.about);
  if (place === undefined) throw new Error(`event ${amendment.about} has no place in the log`);
  return log.set(place, entry).push(amendment);
}

/**
 * The event that an amendment finally concerns. For an amendment of an amendment, that is the original event.
 */
function amendedBy(state: StreamState, { data }: StreamEvent): LoggedEvent {
  const named = 'event' in data ? data.event : '';
  const entry = state.logged(state.amendment(named)?.about ?? named);
  if (!entry) throw new EventNotInStream(named, state.stream);
  return entry;
}

/** Folds the events of a stream into its state as of three clocks. */
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
