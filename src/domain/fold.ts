import { knownBy, type Clocks } from './clocks.js';
import type { StreamReader } from './event-type.js';
import type { StreamEvent } from './event.js';
import { definitionOf, isLedgerAct } from './events/catalogue.js';
import { FoldLayers, type Act } from './fold-layers.js';
import { effective, logged, withAct, type LoggedEvent } from './logged-event.js';
import type { Day } from './occurred-on.js';
import {
  RECORD_KINDS,
  type AutomakerRecord,
  type EffectiveEvent,
  type RecordKind,
  type Records,
} from './records.js';
import {
  EMPTY,
  inOrder,
  likeness,
  subjectOf,
  without,
  withNext,
  worldEvent,
  type Contradiction,
  type Place,
  type Subject,
  type SubjectKey,
} from './subject.js';

/**
 * The fold: what the recorded events of one stream amount to. Rules, stored views, time travel and differences all
 * stand on it, so that a fact is interpreted in one place.
 *
 * Each event belongs to one subject, and only the subjects that an event touches are folded again. An event that
 * comes last in its subject costs O(1), and a copy of the list of the subject's events; a late, corrected or retracted one
 * costs folding all of them again. The order is
 * that of `EffectiveEvent.day`, then the first day that the date can mean, then recording.
 *
 * `draft` gives a fold that lies over this one, to try events on; `keep` merges it. Everything else is deterministic in
 * the events and `trueOn`.
 */
export class Fold implements StreamReader {
  private constructor(
    readonly stream: string,
    private readonly trueOn: Day | undefined,
    private readonly below: Fold | undefined,
    private readonly layers: FoldLayers,
    private last: { revision: number; recordedAt: string },
  ) {}

  static of(stream: string, trueOn?: Day): Fold {
    return new Fold(stream, trueOn, undefined, new FoldLayers(), { revision: -1, recordedAt: '' });
  }

  /** What some effective events amount to, whichever they are: two points in time are compared by such folds. */
  static ofEffective(stream: string, events: Iterable<EffectiveEvent>): Fold {
    const fold = Fold.of(stream);
    const bySubject = new Map<string, { place: Place; events: EffectiveEvent[] }>();
    for (const event of events) {
      const { kind, subject } = worldEvent(event.type);
      const place = { kind, key: subject(event.data) };
      const name = `${place.kind}/${place.key}`;
      const group = bySubject.get(name) ?? { place, events: [] };
      group.events.push(event);
      bySubject.set(name, group);
    }
    // The registration comes first: rules of all other subjects look at it.
    const groups = [...bySubject.values()].sort(
      (a, b) => Number(b.place.kind === 'automaker') - Number(a.place.kind === 'automaker'),
    );
    for (const { place, events: group } of groups) fold.put(place, group.sort(inOrder));
    return fold;
  }

  draft(): Fold {
    return new Fold(this.stream, this.trueOn, this, new FoldLayers(this.layers), this.last);
  }

  /** Merges this draft into the fold that it was drawn from. */
  keep(): void {
    if (!this.below) throw new Error('only a draft can be kept');
    this.layers.merge();
    this.below.last = this.last;
  }

  /** Revision of the last event, -1 where there is none. */
  get revision(): number {
    return this.last.revision;
  }

  /** When the last event was recorded, empty where there is none. */
  get recordedAt(): string {
    return this.last.recordedAt;
  }

  get automaker(): AutomakerRecord | undefined {
    return this.record('automaker', '');
  }

  subject(kind: RecordKind, key: string): Subject {
    return this.layers.subjects(kind).get(key) ?? EMPTY;
  }

  record<K extends RecordKind>(kind: K, key: string): Records[K] | undefined {
    // The layer of a kind only ever holds what its definitions' effects return, which are records of that kind.
    return this.subject(kind, key).record as Records[K] | undefined;
  }

  *records<K extends RecordKind>(kind: K): Generator<Records[K]> {
    for (const [, { record }] of this.layers.subjects(kind).entries()) if (record) yield record as Records[K];
  }

  /** The records of a kind with their keys. */
  *entries<K extends RecordKind>(kind: K): Generator<[string, Records[K]]> {
    for (const [key, { record }] of this.layers.subjects(kind).entries())
      if (record) yield [key, record as Records[K]];
  }

  /** The subjects of a kind with their keys: their events in order, and what they amount to. */
  subjects(kind: RecordKind): Iterable<readonly [string, Subject]> {
    return this.layers.subjects(kind).entries();
  }

  /** An event of this stream with all that was recorded about it. */
  logged(id: string): LoggedEvent | undefined {
    return this.layers.log.get(id);
  }

  /** All events of this stream with what was recorded about them. */
  *loggedEvents(): Generator<LoggedEvent> {
    for (const [, entry] of this.layers.log.entries()) yield entry;
  }

  /** A correction, retraction or added evidence of this stream, with the event that it is about in the end. */
  act(id: string): Act | undefined {
    return this.layers.acts.get(id);
  }

  /** All corrections, retractions and added evidence of this stream. */
  *acts(): Generator<Act> {
    for (const [, act] of this.layers.acts.entries()) yield act;
  }

  /** An event of this stream as it was recorded, whatever its type. */
  recorded(id: string): StreamEvent | undefined {
    return this.layers.log.get(id)?.recorded ?? this.layers.acts.get(id)?.recorded;
  }

  /** The events of this stream that say the same as an event of this type and data, on whichever day. O(their number). */
  *eventsLike(type: string, data: object): Generator<EffectiveEvent> {
    for (const id of this.layers.alike.get(likeness(type, data)) ?? []) {
      const entry = this.layers.log.get(id);
      const event = entry && effective(entry);
      if (event) yield event;
    }
  }

  *contradictions(): Generator<Contradiction> {
    for (const kind of RECORD_KINDS) {
      for (const [, subject] of this.layers.subjects(kind).entries()) yield* subject.contradictions;
    }
  }

  /**
   * Takes in the next recorded event of the stream and answers which subjects it touched.
   * Throws UnknownEventType for a type that is not in the catalogue, EventNotInStream for an act on an event that is not here.
   */
  apply(recorded: StreamEvent): SubjectKey[] {
    const definition = definitionOf(recorded.type);
    const touched = isLedgerAct(definition) ? this.applyAct(recorded) : this.applyEvent(recorded);
    this.last = { revision: recorded.revision, recordedAt: recorded.recordedAt };
    return touched;
  }

  private applyEvent(recorded: StreamEvent): SubjectKey[] {
    const entry = logged(recorded);
    this.layers.log.set(recorded.id, entry);
    return this.replace(undefined, effective(entry));
  }

  private applyAct(recorded: StreamEvent): SubjectKey[] {
    const about = eventOf(recorded);
    const id = this.layers.acts.get(about)?.about ?? about;
    const before = this.layers.log.get(id);
    if (!before) throw new EventNotInStream(about, this.stream);
    this.layers.acts.set(recorded.id, { recorded, about: id });
    const after = withAct(before, recorded);
    this.layers.log.set(id, after);
    return this.replace(effective(before), effective(after));
  }

  private replace(before: EffectiveEvent | undefined, after: EffectiveEvent | undefined): SubjectKey[] {
    this.moveAmongLike(before, after);
    const from = this.placeOf(before);
    const to = this.placeOf(after);
    const touched: SubjectKey[] = [];
    if (from && before && !(to && to.kind === from.kind && to.key === from.key)) {
      this.put(from, without(this.subject(from.kind, from.key).events, before.id));
      touched.push(`${from.kind}/${from.key}`);
    }
    if (to && after) {
      this.insert(to, after, before !== undefined);
      touched.push(`${to.kind}/${to.key}`);
    }
    const registrationChanged = touched.includes('automaker/') && this.revision >= 0;
    return registrationChanged ? this.foldAll() : touched;
  }

  /** The home market or the registration itself changed, which every rule of the stream may look at. */
  private foldAll(): SubjectKey[] {
    const touched: SubjectKey[] = [];
    for (const kind of RECORD_KINDS) {
      for (const [key, { events }] of [...this.layers.subjects(kind).entries()]) {
        if (kind !== 'automaker') this.put({ kind, key }, events);
        touched.push(`${kind}/${key}`);
      }
    }
    return touched;
  }

  private moveAmongLike(before: EffectiveEvent | undefined, after: EffectiveEvent | undefined): void {
    const from = before && likeness(before.type, before.data);
    const to = after && likeness(after.type, after.data);
    if (from === to) return;
    if (before && from !== undefined) {
      this.layers.alike.set(
        from,
        (this.layers.alike.get(from) ?? []).filter((id) => id !== before.id),
      );
    }
    if (after && to !== undefined)
      this.layers.alike.set(to, [...(this.layers.alike.get(to) ?? []), after.id]);
  }

  private placeOf(event: EffectiveEvent | undefined): Place | undefined {
    if (!event) return undefined;
    const { kind, subject } = worldEvent(event.type);
    if (kind !== 'automaker' && this.trueOn !== undefined && event.day > this.trueOn) return undefined;
    return { kind, key: subject(event.data) };
  }

  private insert({ kind, key }: Place, event: EffectiveEvent, replaces: boolean): void {
    const subject = this.subject(kind, key);
    const events = replaces ? without(subject.events, event.id) : subject.events;
    const last = events.at(-1);
    if (!replaces && (!last || inOrder(last, event) < 0)) {
      this.layers.subjects(kind).set(key, withNext(subject, event, this.automaker, this.stream));
    } else {
      this.put({ kind, key }, [...events, event].sort(inOrder));
    }
  }

  private put({ kind, key }: Place, events: readonly EffectiveEvent[]): void {
    const automaker = kind === 'automaker' ? undefined : this.automaker;
    this.layers.subjects(kind).set(key, subjectOf(events, automaker, this.stream));
  }
}

/** The fold of a stream's events as of two clocks. */
export function foldEvents(
  stream: string,
  events: Iterable<StreamEvent>,
  { trueOn, knownOn }: Clocks = {},
): Fold {
  const fold = Fold.of(stream, trueOn);
  for (const event of events) if (knownBy(event.recordedAt, knownOn)) fold.apply(event);
  return fold;
}

/** An act names an event that is not in its stream. */
export class EventNotInStream extends Error {
  override readonly name = 'EventNotInStream';
  constructor(
    readonly eventId: string,
    readonly stream: string,
  ) {
    super(`event ${eventId} is not in stream ${stream}`);
  }
}

function eventOf({ data }: StreamEvent): string {
  return 'event' in data ? data.event : '';
}
