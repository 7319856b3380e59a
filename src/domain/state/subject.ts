import type { AnyEventType, RuleViolation } from '../events/event-type.js';
import { definitionOf, isAmendment } from '../events/catalogue.js';
import { daysOf, overlap, type Day, type EdtfDate } from '../ledger/edtf.js';
import type { AutomakerRecord, EffectiveEvent, RecordKind } from './records.js';
import { PersistentList } from './persistent-list.js';
import { inSpanOrder, SpanTree, type Span } from './span-tree.js';
import { EVENTS_A_STEP, type Steps } from './steps.js';
import type { AnySubjectState } from './subject-state.js';

/** An event that cannot have happened as stated. The fold skips it. */
export interface Contradiction extends RuleViolation {
  readonly event: string;
}

/** The folded result of some events of a subject. */
interface Outcome {
  readonly state: AnySubjectState | undefined;
  readonly contradictions: PersistentList<Contradiction>;
}

/**
 * A subject of a stream, such as a market, target or site: its events in the order in which they happened,
 * and their folded result.
 */
export interface Subject extends Outcome {
  readonly events: PersistentList<EffectiveEvent>;
  /** The results before every 64th event. A change in the middle is folded from the nearest one. */
  readonly checkpoints: PersistentList<Outcome>;
  /**
   * The days of its events, for finding duplicates. Absent for few events, where a linear search is cheaper.
   */
  readonly spans: SpanTree | undefined;
}

const CHECKPOINT = 64;
const FEW = 32;

export const EMPTY: Subject = {
  events: PersistentList.empty(),
  state: undefined,
  contradictions: PersistentList.empty(),
  checkpoints: PersistentList.empty(),
  spans: undefined,
};

/** Identifies a subject within its stream. */
export type SubjectName = `${RecordKind}/${string}`;

/** The subject of its stream to which an event belongs. */
export interface SubjectRef {
  readonly kind: RecordKind;
  readonly key: string;
  readonly name: SubjectName;
}

export function subjectRef(kind: RecordKind, key: string): SubjectRef {
  return { kind, key, name: `${kind}/${key}` };
}

/** The subject that an event is about. */
export function subjectOf({ type, data }: { readonly type: string; readonly data: object }): SubjectRef {
  const { kind, subject } = worldEvent(type);
  return subjectRef(kind, subject(data));
}

/** What every rule of a stream may read in addition to the subject. */
export interface FoldContext {
  readonly stream: string;
  readonly automaker: AutomakerRecord | undefined;
}

/** A subject with one more event, which must come after all its events. O(log n). */
export function withNext(subject: Subject, event: EffectiveEvent, context: FoldContext): Subject {
  const next = folded(subject, event, context);
  if (next.events.size <= FEW) return next;
  const { events, state, contradictions, checkpoints } = next;
  const spans = subject.spans ? subject.spans.with(spanOf(event)) : spansOf(events);
  return { events, state, contradictions, checkpoints, spans };
}

/** Folds some events of one subject, given in any order. Events that cannot have happened are skipped. */
export function amountsTo(
  events: readonly EffectiveEvent[],
  context: FoldContext,
): AnySubjectState | undefined {
  let state: AnySubjectState | undefined;
  for (const event of [...events].sort(inOrder)) {
    const definition = worldEvent(event.type);
    if (!violationOf(definition, state, event, context)) state = definition.effect(state, event);
  }
  return state;
}

/** The subject after an event. Its spans do not include the event yet. */
function folded(subject: Subject, event: EffectiveEvent, context: FoldContext): Subject {
  const { events, state, contradictions, checkpoints, spans } = subject;
  const isCheckpoint = events.size % CHECKPOINT === 0 && events.size > 0;
  const definition = worldEvent(event.type);
  const violation = violationOf(definition, state, event, context);
  return {
    events: events.push(event),
    state: violation ? state : definition.effect(state, event),
    contradictions: violation ? contradictions.push({ event: event.id, ...violation }) : contradictions,
    checkpoints: isCheckpoint ? checkpoints.push({ state, contradictions }) : checkpoints,
    spans,
  };
}

function violationOf(
  definition: AnyEventType,
  state: AnySubjectState | undefined,
  event: EffectiveEvent,
  { automaker, stream }: FoldContext,
): RuleViolation | undefined {
  return definition.stream === 'automaker' && definition.kind !== 'automaker' && !automaker
    ? { rule: 'not-registered', message: `${stream} is not registered; record AutomakerRegistered first` }
    : definition.rule?.(state, event, { automaker });
}

/** Whether an event comes after all events of a subject. */
export function comesLast({ events }: Subject, event: EffectiveEvent): boolean {
  return events.last === undefined || inOrder(events.last, event) < 0;
}

/** The subject before its event at an index. O(64 + log n). */
export function before(subject: Subject, index: number, context: FoldContext): Subject {
  let earlier = checkpointBefore(subject, index);
  for (const event of subject.events.between(earlier.events.size, index))
    earlier = folded(earlier, event, context);
  return earlier;
}

/**
 * The subject at its last checkpoint at or before an index. It has no spans, because such subjects are mostly
 * read and rarely used for decisions.
 */
function checkpointBefore({ events, checkpoints }: Subject, index: number): Subject {
  const passed = Math.min(Math.floor(index / CHECKPOINT), checkpoints.size);
  const outcome = checkpoints.get(passed - 1);
  if (!outcome) return EMPTY;
  return {
    ...outcome,
    events: events.take(passed * CHECKPOINT),
    checkpoints: checkpoints.take(passed - 1),
    spans: undefined,
  };
}

/**
 * A subject with some events removed and others added. O((m + 64 + k) log n) for m removed or added events
 * and the k events after the first of them.
 */
export function* replaced(
  subject: Subject,
  removed: readonly EffectiveEvent[],
  added: readonly EffectiveEvent[],
  context: FoldContext,
): Steps<Subject> {
  const gone = new Set(removed.map(({ id }) => id));
  const coming = [...added].sort(inOrder);
  let first = subject.events.size;
  for (const event of [...removed, ...added]) first = Math.min(first, placeIn(subject, event));
  const start = checkpointBefore(subject, first);
  const spans = movedSpans(subject.spans, removed, added);
  let result: Subject = { ...start, spans };
  let next = 0;
  let count = 0;
  for (const event of subject.events.between(start.events.size)) {
    for (let other = coming[next]; other && inOrder(other, event) < 0; other = coming[++next])
      result = folded(result, other, context);
    if (!gone.has(event.id)) result = folded(result, event, context);
    if (++count % EVENTS_A_STEP === 0) yield;
  }
  for (const event of coming.slice(next)) {
    result = folded(result, event, context);
    if (++count % EVENTS_A_STEP === 0) yield;
  }
  return result;
}

/** A subject with the same events, folded with another registration. */
export function* refolded({ events, spans }: Subject, context: FoldContext): Steps<Subject> {
  let result: Subject = { ...EMPTY, spans };
  for (const event of events) {
    result = folded(result, event, context);
    if (result.events.size % EVENTS_A_STEP === 0) yield;
  }
  return result;
}

/** The event of a subject directly after a given one. */
export function nextAfter(subject: Subject, event: EffectiveEvent): EffectiveEvent | undefined {
  return subject.events.get(placeIn(subject, event) + 1);
}

/** The index of the first event of a subject that does not come before the given one. */
function placeIn({ events }: Subject, event: EffectiveEvent): number {
  return events.search((other) => inOrder(other, event) >= 0);
}

/**
 * Compares events by the day by which they have certainly occurred, then by the first possible day of their
 * date, then by recording order.
 */
export function inOrder(a: EffectiveEvent, b: EffectiveEvent): number {
  if (a.day !== b.day) return a.day < b.day ? -1 : 1;
  const [firstOfA, firstOfB] = [daysOf(a.occurredOn).first, daysOf(b.occurredOn).first];
  if (firstOfA !== firstOfB) return firstOfA < firstOfB ? -1 : 1;
  return a.revision - b.revision;
}

/**
 * Finds events of a subject that say the same on an overlapping date. Returns the one that may have begun
 * first. O(log n).
 */
export function findDuplicate(
  { events, spans }: Subject,
  type: string,
  data: object,
  occurredOn: EdtfDate,
): string | undefined {
  const key = duplicateKey(type, data);
  if (!spans) return firstSame(events, type, key, occurredOn)?.event;
  const { first, last } = daysOf(occurredOn);
  return spans.overlapping(key, first, last)?.event;
}

/**
 * Whether an event of a type is recorded whose duplicate key begins like this. One look, where most often there is
 * none.
 */
export function hasKeyLike({ events, spans }: Subject, type: string, beginning: string): boolean {
  const key = `${type}/${beginning}`;
  if (spans) return spans.hasKeyLike(key);
  for (const event of events)
    if (event.type === type && duplicateKey(type, event.data).startsWith(key)) return true;
  return false;
}

/** All events of a subject that say the same and overlap a range of days, by first day. O(log n) for each. */
export function sayingSame(
  { events, spans }: Subject,
  type: string,
  data: object,
  { first, last }: { readonly first: Day; readonly last: Day },
): readonly Span[] {
  const key = duplicateKey(type, data);
  if (spans) return spans.within(key, first, last);
  return [...events]
    .filter((event) => event.type === type)
    .map(spanOf)
    .filter((span) => span.key === key && span.first <= last && span.last >= first)
    .sort(inSpanOrder);
}

/** Finds the same event as a tree of spans would. */
function firstSame(
  events: Iterable<EffectiveEvent>,
  type: string,
  key: string,
  occurredOn: EdtfDate,
): Span | undefined {
  let found: Span | undefined;
  for (const event of events) {
    if (event.type !== type || !overlap(event.occurredOn, occurredOn)) continue;
    if (duplicateKey(type, event.data) !== key) continue;
    const span = spanOf(event);
    if (!found || inSpanOrder(span, found) < 0) found = span;
  }
  return found;
}

/** Two events of a subject with overlapping dates are duplicates when their keys are equal. */
function duplicateKey(type: string, data: object): string {
  return `${type}/${worldEvent(type).duplicateKey?.(data) ?? ''}`;
}

function spanOf({ id, type, data, occurredOn, revision }: EffectiveEvent): Span {
  const { first, last } = daysOf(occurredOn);
  return { key: duplicateKey(type, data), first, last, revision, event: id };
}

function spansOf(events: Iterable<EffectiveEvent>): SpanTree {
  let spans = SpanTree.empty;
  for (const event of events) spans = spans.with(spanOf(event));
  return spans;
}

function movedSpans(
  spans: SpanTree | undefined,
  removed: readonly EffectiveEvent[],
  added: readonly EffectiveEvent[],
): SpanTree | undefined {
  if (!spans) return undefined;
  const left = removed.reduce((tree, event) => tree.without(spanOf(event)), spans);
  return added.reduce((tree, event) => tree.with(spanOf(event)), left);
}

/** The definition of an event type that is not an amendment. Throws for amendments. */
export function worldEvent(type: string): AnyEventType {
  const definition = definitionOf(type);
  if (isAmendment(definition)) throw new Error(`${type} folds into no record of its own`);
  return definition;
}
