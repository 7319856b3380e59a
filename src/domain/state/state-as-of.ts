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
 * The state as of three clocks, derived from the state of all recorded events. It equals the result of
 * `foldEvents` with these clocks, and shares unchanged parts. Cost: `trueOn` takes O(subjects), plus O(64 +
 * log n) for each subject that differs on that day; `knownOn` takes back the events recorded since, or folds
 * the earlier ones, whichever are fewer; `publicOn` folds all published events. The log of a state on the
 * public clock contains only public events.
 */
export function stateAsOf(state: StreamState, clocks: Clocks): StreamState {
  return finish(stateAsOfInSteps(state, clocks));
}

/** `stateAsOf` in interruptible steps. */
export function* stateAsOfInSteps(
  state: StreamState,
  { trueOn, knownOn, publicOn }: Clocks,
): Steps<StreamState> {
  // recordedAt never decreases within a stream, so all known events come before the first unknown one.
  const known = knownBy(state.recordedAt, knownOn)
    ? state
    : yield* takenBack(
        state,
        state.log.search(({ recorded }) => !knownBy(recorded.recordedAt, knownOn)),
      );
  const published = publicOn === undefined ? known : yield* asPublic(known, publicOn);
  return trueOn === undefined ? published : yield* asOfDay(published, trueOn);
}

/**
 * The states of one ledger as of two points. Subjects in which nothing happened between the points are shared by both where only
 * their days differ, so that whoever compares the two need not look at them.
 */
export function* statesAsOfInSteps(
  state: StreamState,
  first: Clocks,
  second: Clocks,
): Steps<readonly [StreamState, StreamState]> {
  const { trueOn: firstDay, ...firstClocks } = first;
  const { trueOn: secondDay, ...secondClocks } = second;
  const isOneLedger =
    firstClocks.knownOn === secondClocks.knownOn && firstClocks.publicOn === secondClocks.publicOn;
  if (!isOneLedger || firstDay === undefined || secondDay === undefined)
    return [yield* stateAsOfInSteps(state, first), yield* stateAsOfInSteps(state, second)];
  return yield* asOfDays(yield* stateAsOfInSteps(state, firstClocks), firstDay, secondDay);
}

/** The state after the event of a revision. The cost depends on the later events. */
export function* stateAtInSteps(state: StreamState, revision: number): Steps<StreamState> {
  if (state.revision <= revision) return state;
  return yield* takenBack(
    state,
    state.log.search(({ recorded }) => recorded.revision > revision),
  );
}

/** A state with some effective events replaced by others. The log stays unchanged. */
export function exchanged(
  state: StreamState,
  removed: readonly EffectiveEvent[],
  added: readonly EffectiveEvent[],
): StreamState {
  const touched = finish(movedSubjects(state, removed, added));
  return state.with({ subjects: withSubjects(state.subjects, touched) });
}

/** The state after the first `count` log entries, derived by undoing the later ones. */
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

/** The state after the first `count` log entries, folded from the start. */
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

/** The state from everything published by a day. */
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
  return (yield* asOfDays(state, trueOn, trueOn))[0];
}

/** A state as of two days. The second one is made of the first, with what happened between them. */
function* asOfDays(state: StreamState, first: Day, second: Day): Steps<readonly [StreamState, StreamState]> {
  const touched: TouchedSubject[] = [];
  const between: TouchedSubject[] = [];
  const earlier = first < second ? first : second;
  let left = EVENTS_A_STEP;
  for (const kind of RECORD_KINDS) {
    // An automaker counts as registered on every day, once its registration is known.
    if (kind === 'automaker') continue;
    for (const [key, subject] of state.subjects[kind]) {
      if (--left === 0) {
        left = EVENTS_A_STEP;
        yield;
      }
      const { last, size } = subject.events;
      if (last === undefined || last.day <= earlier) continue;
      const countBy = (on: Day): number =>
        last.day <= on ? size : subject.events.search(({ day }) => day > on);
      const [then, later] = [countBy(first), countBy(second)];
      const as = (count: number): TouchedSubject => ({
        ref: subjectRef(kind, key),
        subject: count === size ? subject : before(subject, count, state),
      });
      if (then < size) touched.push(as(then));
      if (later !== then) between.push(as(later));
    }
  }
  const asOfFirst = state.with({ trueOn: first, subjects: withSubjects(state.subjects, touched) });
  return [asOfFirst, asOfFirst.with({ trueOn: second, subjects: withSubjects(asOfFirst.subjects, between) })];
}

function says(entry: LoggedEvent): EffectiveEvent[] {
  const event = effective(entry);
  return event ? [event] : [];
}
