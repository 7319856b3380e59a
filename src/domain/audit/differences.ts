import { automakerInSteps, type Automaker } from '../state/automaker.js';
import type { Clocks } from '../ledger/clocks.js';
import type { StreamEvent } from '../ledger/event.js';
import {
  changedNumbers,
  shownNumbersInSteps,
  type ChangedNumber,
  type ShownNumbers,
} from './shown-numbers.js';
import { touchedGoals } from './touched-goals.js';
import type { Day } from '../ledger/edtf.js';
import { RECORD_KINDS, type AnyRecord, type EffectiveEvent, type RecordKind } from '../state/records.js';
import { effective } from '../state/logged-event.js';
import { exchanged, statesAsOfInSteps } from '../state/state-as-of.js';
import { EVENTS_A_STEP, type Steps } from '../state/steps.js';
import { hasHappened, isAmendment, type StreamState } from '../state/stream-state.js';
import { recordOf } from '../state/subject-state.js';
import type { Subject } from '../state/subject.js';
import { ownerOf } from '../ledger/streams.js';

/**
 * Why something differs between two points on the three clocks. `time`: the day of the question differs. `new
 * fact`: it happened between the two days. `late fact`: it had happened before, but was recorded (on the
 * public clock: published) in between. The others are self-explanatory.
 */
export const CAUSES = [
  'time',
  'new fact',
  'late fact',
  'evidence',
  'correction',
  'retraction',
  'move',
] as const;
export type Cause = (typeof CAUSES)[number];

/** A point on the three clocks. */
export interface Point extends Clocks {
  readonly trueOn: Day;
}

export interface EventDifference {
  readonly event: string;
  readonly type: string;
  readonly cause: Exclude<Cause, 'time'>;
  /** Whether the event takes effect at only one of the points, or has other content at the second. */
  readonly change: 'added' | 'changed' | 'removed';
  /** The corrections, retractions and additions of evidence that caused the difference. */
  readonly acts: readonly string[];
}

export interface RecordDifference {
  readonly kind: RecordKind;
  readonly key: string;
  readonly before?: AnyRecord;
  readonly after?: AnyRecord;
  readonly causes: readonly Cause[];
  /** The record's events that differ. */
  readonly events: readonly string[];
}

export interface NumberDifference extends ChangedNumber {
  /** The contribution of each cause, in the order of CAUSES. For numbers, the parts add up to the change. */
  readonly parts: readonly NumberPart[];
}

export interface NumberPart {
  readonly cause: Cause;
  readonly from?: number | string;
  readonly to?: number | string;
  /** to − from, if both are numbers. */
  readonly change?: number;
}

export interface Differences {
  readonly stream: string;
  readonly events: readonly EventDifference[];
  readonly records: readonly RecordDifference[];
  readonly numbers: readonly NumberDifference[];
}

/**
 * What differs in one stream between two points, and why. The events in effect at the first point are
 * replaced by those of the second, cause by cause; the change of a number at each step is that cause's part,
 * so the parts add up. `state` must hold everything recorded. O(subjects, and the events that differ) per
 * cause.
 */
export function* differencesInSteps(state: StreamState, from: Point, to: Point): Steps<Differences> {
  const [before, after] = yield* statesAsOfInSteps(state, clocksOf(from), clocksOf(to));
  const events = yield* eventDifferences(before, after, from, to);
  const stages = stagesBetween(before, after, events);
  const [first] = stages;
  const last = stages.at(-1);
  if (!first || !last) throw new Error('there is always a first stage');
  const records = yield* recordDifferences(first.state, last.state, events);
  return {
    stream: state.stream,
    events,
    records,
    numbers: yield* numberDifferences(state.stream, stages, records, from.trueOn, to.trueOn),
  };
}

/** On the public clock's own day, everything published has happened, however vague its date. */
function clocksOf({ trueOn, ...clocks }: Point): Clocks {
  return clocks.publicOn === trueOn ? clocks : { ...clocks, trueOn };
}

function* eventDifferences(
  before: StreamState,
  after: StreamState,
  from: Point,
  to: Point,
): Steps<EventDifference[]> {
  const differences: EventDifference[] = [];
  const isPublic = from.publicOn !== undefined || to.publicOn !== undefined;
  const ids = isPublic ? logged(before, after) : yield* candidates(before, after);
  let left = EVENTS_A_STEP;
  for (const id of ids) {
    if (--left === 0) {
      left = EVENTS_A_STEP;
      yield;
    }
    const [was, is] = [takingEffect(before, id), takingEffect(after, id)];
    const event = is ?? was;
    if (!event || JSON.stringify(was) === JSON.stringify(is)) continue;
    const acts = amendmentsBetween(id, before, after);
    const change = was && is ? 'changed' : is ? 'added' : 'removed';
    const cause = was && is ? changeCause(was, is) : presenceCause(id, event, acts, before, after, from, to);
    differences.push({ event: id, type: event.type, cause, change, acts: acts.map((act) => act.id) });
  }
  return differences.sort((a, b) => (a.event < b.event ? -1 : 1));
}

/** The event as it takes effect in a state; undefined if it does not. */
function takingEffect(state: StreamState, id: string): EffectiveEvent | undefined {
  const entry = state.logged(id);
  const event = entry && effective(entry);
  return event && hasHappened(event, state.trueOn) ? event : undefined;
}

/** All events of either state. On the public clock, neither log need be a prefix of the other. */
function logged(before: StreamState, after: StreamState): Set<string> {
  return new Set([...before.loggedEvents(), ...after.loggedEvents()].map(({ recorded }) => recorded.id));
}

/** The events that may differ: recorded or amended in between, or of changed subjects. */
function* candidates(before: StreamState, after: StreamState): Steps<Set<string>> {
  const [less, more] = before.log.size < after.log.size ? [before, after] : [after, before];
  const ids = new Set<string>();
  for (const entry of more.log.between(less.log.size))
    ids.add(isAmendment(entry) ? entry.about : entry.recorded.id);
  for (const [was, is] of yield* changedSubjects(before, after)) {
    for (const { id } of was.events) ids.add(id);
    for (const { id } of is.events) ids.add(id);
  }
  return ids;
}

/** The amendments of an event that are known at only one of the points. */
function amendmentsBetween(id: string, before: StreamState, after: StreamState): StreamEvent[] {
  const amendments = (state: StreamState): StreamEvent[] => {
    const entry = state.logged(id);
    if (!entry) return [];
    const {
      corrections,
      addedEvidence,
      evidenceCorrections,
      retraction,
      undone,
      voided,
      movedTo,
      movedFrom,
    } = entry;
    return [
      ...corrections.filter((act) => !voided.has(act.id)),
      ...addedEvidence.filter((act) => !voided.has(act.id)),
      ...evidenceCorrections.filter((act) => !voided.has(act.id)),
      ...(retraction ? [retraction] : []),
      ...(movedTo ? [movedTo] : []),
      ...(movedFrom ? [movedFrom] : []),
      ...undone.map(({ by }) => by),
    ];
  };
  const [was, is] = [amendments(before), amendments(after)];
  const isIn = (list: readonly StreamEvent[]) => (act: StreamEvent) =>
    list.some((other) => other.id === act.id);
  return [...was.filter((act) => !isIn(is)(act)), ...is.filter((act) => !isIn(was)(act))];
}

function changeCause(was: EffectiveEvent, is: EffectiveEvent): 'correction' | 'evidence' {
  const said = ({ occurredOn, data }: EffectiveEvent) => JSON.stringify([occurredOn, data]);
  return said(was) === said(is) ? 'evidence' : 'correction';
}

/** Why an event takes effect at only one of the points. */
function presenceCause(
  id: string,
  event: EffectiveEvent,
  acts: readonly StreamEvent[],
  before: StreamState,
  after: StreamState,
  from: Point,
  to: Point,
): Exclude<Cause, 'time' | 'evidence'> {
  const knownAtBoth = before.logged(id) !== undefined && after.logged(id) !== undefined;
  const isVoiding = ({ type }: StreamEvent) => type === 'EventRetracted' || type === 'EventReinstated';
  if (acts.some(({ type }) => type === 'EventMoved')) return 'move';
  if (acts.some(isVoiding) && knownAtBoth) return 'retraction';
  const earlier = from.trueOn < to.trueOn ? from.trueOn : to.trueOn;
  if (!knownAtBoth) return event.day <= earlier ? 'late fact' : 'new fact';
  return acts.some(({ type }) => type === 'EventCorrected') ? 'correction' : 'new fact';
}

interface Stage {
  readonly cause: Cause | undefined;
  readonly state: StreamState;
}

/** The states between the two points: the first state, then the state after the changes of each cause. */
function stagesBetween(
  before: StreamState,
  after: StreamState,
  differences: readonly EventDifference[],
): Stage[] {
  // Between the two points, events of both days take effect.
  let state = before.ofAllDays();
  const stages: Stage[] = [{ cause: undefined, state }];
  for (const cause of CAUSES) {
    const ids = differences.filter((difference) => difference.cause === cause).map(({ event }) => event);
    if (ids.length > 0) {
      const removed = ids.flatMap((id) => takingEffect(before, id) ?? []);
      const added = ids.flatMap((id) => takingEffect(after, id) ?? []);
      state = exchanged(state, removed, added);
    }
    stages.push({ cause, state });
  }
  return stages;
}

function* recordDifferences(
  first: StreamState,
  last: StreamState,
  events: readonly EventDifference[],
): Steps<RecordDifference[]> {
  const causes = new Map(events.map(({ event, cause }) => [event, cause]));
  const changed = yield* changedSubjects(first, last);
  return changed.flatMap(([before, after, kind, key]): RecordDifference[] => {
    const [was, is] = [before.state && recordOf(before.state), after.state && recordOf(after.state)];
    if (JSON.stringify(was) === JSON.stringify(is)) return [];
    const touching = new Set([...before.events, ...after.events].map(({ id }) => id));
    const ids = [...touching].filter((id) => causes.has(id));
    const why = CAUSES.filter((cause) => ids.some((id) => causes.get(id) === cause));
    return [{ kind, key, ...(was && { before: was }), ...(is && { after: is }), causes: why, events: ids }];
  });
}

/** The subjects that differ between two states, by kind and key. Unchanged ones are shared objects. */
function* changedSubjects(a: StreamState, b: StreamState): Steps<ChangedSubject[]> {
  const all: ChangedSubject[] = [];
  let left = EVENTS_A_STEP;
  for (const kind of RECORD_KINDS) {
    if (a.subjects[kind] === b.subjects[kind]) continue;
    const changed: ChangedSubject[] = [];
    for (const key of a.subjects[kind].keysUnlike(b.subjects[kind])) {
      if (--left === 0) {
        left = EVENTS_A_STEP;
        yield;
      }
      const [was, is] = [a.subject(kind, key), b.subject(kind, key)];
      if (was !== is) changed.push([was, is, kind, key]);
    }
    all.push(...changed.sort(([, , , one], [, , , other]) => (one < other ? -1 : 1)));
  }
  return all;
}

type ChangedSubject = readonly [was: Subject, is: Subject, kind: RecordKind, key: string];

function* numberDifferences(
  stream: string,
  stages: readonly Stage[],
  records: readonly RecordDifference[],
  from: Day,
  to: Day,
): Steps<NumberDifference[]> {
  const owner = ownerOf(stream);
  if (owner?.owner !== 'automaker') return [];
  const numbers: ShownNumbers[] = [];
  // Computed values are cached per automaker, so a state that occurs at two stages gets one automaker.
  const automakers = new Map<StreamState, Automaker | undefined>();
  for (const { state } of stages)
    if (!automakers.has(state)) automakers.set(state, yield* automakerInSteps(owner.automaker, state));
  const isTouched = touchedGoals(records, [...automakers.values()]);
  for (const [index, { state }] of stages.entries()) {
    const known = index > 1 && stages[index - 1]?.state === state ? numbers[index - 1] : undefined;
    numbers.push(
      known ?? (yield* shownNumbersInSteps(automakers.get(state), index === 0 ? from : to, isTouched)),
    );
  }
  const [first, last] = [numbers[0], numbers.at(-1)];
  if (!first || !last) return [];
  return changedNumbers(first, last).map((changed) => ({
    ...changed,
    parts: stages.slice(1).flatMap(({ cause }, index) => {
      const part = partOf(changed.number, numbers[index], numbers[index + 1]);
      return part && cause ? [{ cause, ...part }] : [];
    }),
  }));
}

function partOf(
  number: string,
  before: ShownNumbers | undefined,
  after: ShownNumbers | undefined,
): Omit<NumberPart, 'cause'> | undefined {
  const [from, to] = [before?.get(number)?.value, after?.get(number)?.value];
  if (from === to) return undefined;
  const change = typeof from === 'number' && typeof to === 'number' ? { change: to - from } : {};
  return { ...(from !== undefined && { from }), ...(to !== undefined && { to }), ...change };
}
