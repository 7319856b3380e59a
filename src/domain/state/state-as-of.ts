import { knownBy, type Clocks } from '../ledger/clocks.js';
import type { Day } from '../ledger/edtf.js';
import { RECORD_KINDS, type EffectiveEvent } from './records.js';
import { evolveInSteps } from './evolve.js';
import { amendedUntil, effective, type LoggedEvent } from './logged-event.js';
import { publicEvents } from './public-events.js';
import { movedSubjects, withSubjects, type TouchedSubject } from './moved-subjects.js';
import { EVENTS_A_STEP, finish, type Steps } from './steps.js';
import { isAmendment, StreamState } from './stream-state.js';
import { before, subjectRef } from './subject.js';

/**
 * A state as of three clocks, made from the one of all that is recorded: equal to that of `foldEvents` with these clocks. What
 * was the same then is shared. `trueOn` costs O(subjects), and O(64 + log n) for each one that was another then;
 * `knownOn` costs what has to be taken back of the events recorded since, or what has to be folded of those before;
 * `publicOn` costs folding all that had been published. The log of a state on the public clock holds nothing else.
 */
export function stateAsOf(state: StreamState, clocks: Clocks): StreamState {
  return finish(stateAsOfInSteps(state, clocks));
}

/** `stateAsOf` as work that can be interrupted. */
export function* stateAsOfInSteps(
  state: StreamState,
  { trueOn, knownOn, publicOn }: Clocks,
): Steps<StreamState> {
  // Within a stream recordedAt never decreases, so nothing known comes after the first unknown event.
  const known = knownBy(state.recordedAt, knownOn)
    ? state
    : yield* takenBack(
        state,
        state.log.search(({ recorded }) => !knownBy(recorded.recordedAt, knownOn)),
      );
  const published = publicOn === undefined ? known : yield* asPublic(known, publicOn);
  return trueOn === undefined ? published : yield* asOfDay(published, trueOn);
}

/** A state as it was after the event of a revision, at the cost of what came since. */
export function* stateAtInSteps(state: StreamState, revision: number): Steps<StreamState> {
  if (state.revision <= revision) return state;
  return yield* takenBack(
    state,
    state.log.search(({ recorded }) => recorded.revision > revision),
  );
}

/** A state with some effective events taken out, and others in their place. The log stays as it is. */
export function exchanged(
  state: StreamState,
  removed: readonly EffectiveEvent[],
  added: readonly EffectiveEvent[],
): StreamState {
  const touched = finish(movedSubjects(state, removed, added));
  return state.with({ subjects: withSubjects(state.subjects, touched) });
}

/** A state after the first events of its log. */
function* takenBack(state: StreamState, count: number): Steps<StreamState> {
  const { log, places } = state;
  if (count < log.size / 2) return yield* foldedAnew(state, count);

  const changed = new Map<number, LoggedEvent>();
  const removed: EffectiveEvent[] = [];
  for (const entry of log.between(count)) {
    const place = isAmendment(entry) ? places.get(entry.about) : undefined;
    if (!isAmendment(entry)) removed.push(...says(entry));
    else if (place !== undefined && place < count) {
      const about = log.get(place);
      if (about && !isAmendment(about)) changed.set(place, about);
    }
    if (removed.length % EVENTS_A_STEP === 0) yield;
  }
  let then = log.take(count);
  const last = then.last?.recorded;
  const added: EffectiveEvent[] = [];
  for (const [place, entry] of changed) {
    const earlier = amendedUntil(entry, last?.revision ?? -1);
    then = then.set(place, earlier);
    removed.push(...says(entry));
    added.push(...says(earlier));
  }
  const touched = yield* movedSubjects(state, removed, added);
  return state.with({
    revision: last?.revision ?? -1,
    recordedAt: last?.recordedAt ?? '',
    log: then,
    subjects: withSubjects(state.subjects, touched),
  });
}

/** The state after the first events of a log. */
function* foldedAnew({ stream, trueOn, log }: StreamState, count: number): Steps<StreamState> {
  let state = StreamState.of(stream, trueOn);
  let left = EVENTS_A_STEP;
  for (const { recorded } of log.between(0, count)) {
    ({ state } = yield* evolveInSteps(state, recorded));
    if (--left > 0) continue;
    left = EVENTS_A_STEP;
    yield;
  }
  return state;
}

/** The state that what had been published by then amounts to. */
function* asPublic(state: StreamState, publicOn: Day): Steps<StreamState> {
  let published = StreamState.of(state.stream, state.trueOn);
  let left = EVENTS_A_STEP;
  for (const event of publicEvents(state, publicOn)) {
    ({ state: published } = yield* evolveInSteps(published, event));
    if (--left > 0) continue;
    left = EVENTS_A_STEP;
    yield;
  }
  return published;
}

function* asOfDay(state: StreamState, trueOn: Day): Steps<StreamState> {
  const touched: TouchedSubject[] = [];
  let left = EVENTS_A_STEP;
  for (const kind of RECORD_KINDS) {
    // An automaker is registered on every day, once it is known at all.
    if (kind === 'automaker') continue;
    for (const [key, subject] of state.subjects[kind]) {
      if (--left === 0) {
        left = EVENTS_A_STEP;
        yield;
      }
      const { last } = subject.events;
      if (last === undefined || last.day <= trueOn) continue;
      const index = subject.events.search(({ day }) => day > trueOn);
      touched.push({ ref: subjectRef(kind, key), subject: before(subject, index, state) });
    }
  }
  return state.with({ trueOn, subjects: withSubjects(state.subjects, touched) });
}

function says(entry: LoggedEvent): EffectiveEvent[] {
  const event = effective(entry);
  return event ? [event] : [];
}
