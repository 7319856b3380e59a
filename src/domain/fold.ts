import { knownBy, type Clocks } from './clocks.js';
import type { StreamReader } from './event-type.js';
import type { StreamEvent } from './event.js';
import { FoldLayers, type Act } from './fold-layers.js';
import { stepOf, type FoldStep } from './fold-step.js';
import { Layer } from './layer.js';
import { effective, type LoggedEvent } from './logged-event.js';
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
  placeAt,
  subjectOf,
  worldEvent,
  type Contradiction,
  type Place,
  type Subject,
} from './subject.js';

/**
 * The fold: what the recorded events of one stream amount to. Rules, stored views, time travel and differences all
 * stand on it, so that a fact is interpreted in one place.
 *
 * Each event belongs to one subject, and only the subjects that an event touches are folded again (`stepOf`). The order
 * is that of `EffectiveEvent.day`, then the first day that the date can mean, then recording.
 *
 * `draft` gives a fold that lies over this one, to try events on; `keep` merges it. Everything else is deterministic in
 * the events and `trueOn`.
 */
export class Fold implements StreamReader {
  private constructor(
    readonly stream: string,
    /** The day that it is as of; the newest one where there is none. */
    readonly trueOn: Day | undefined,
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
      const place = placeAt(kind, subject(event.data));
      const group = bySubject.get(place.name) ?? { place, events: [] };
      group.events.push(event);
      bySubject.set(place.name, group);
    }
    // The registration comes first: rules of all other subjects look at it.
    const groups = [...bySubject.values()].sort(
      (a, b) => Number(b.place.kind === 'automaker') - Number(a.place.kind === 'automaker'),
    );
    for (const { place, events: group } of groups) {
      const automaker = place.kind === 'automaker' ? undefined : fold.automaker;
      fold.layers.subjects(place.kind).set(place.key, subjectOf(group.sort(inOrder), automaker, stream));
    }
    return fold;
  }

  draft(): Fold {
    this.alike();
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

  /**
   * The events of this stream that say the same as an event of this type and data, on whichever day. O(their number),
   * and the first time O(events).
   */
  *eventsLike(type: string, data: object): Generator<EffectiveEvent> {
    for (const id of this.alike().get(likeness(type, data)) ?? []) {
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
   * Throws UnknownEventType for a type or a version that is not in the catalogue, EventNotInStream for an act on an event that is not here.
   */
  apply(recorded: StreamEvent): Place[] {
    return this.take(stepOf(this, recorded));
  }

  /** Takes in a step from this fold as it is, and answers which subjects it touched. */
  take({ recorded, entry, act, before, after, subjects }: FoldStep): Place[] {
    if (act) this.layers.acts.set(recorded.id, act);
    this.layers.log.set(entry.recorded.id, entry);
    this.moveAmongLike(before, after);
    for (const { place, subject } of subjects) this.layers.subjects(place.kind).set(place.key, subject);
    this.last = { revision: recorded.revision, recordedAt: recorded.recordedAt };
    return subjects.map(({ place }) => place);
  }

  /** Only decisions ask which events are alike, and knowing it costs each event, so it is found out when they do. */
  private alike(): Layer<readonly string[]> {
    if (this.layers.alike) return this.layers.alike;
    this.layers.alike = new Layer();
    for (const entry of this.loggedEvents()) this.moveAmongLike(undefined, effective(entry));
    return this.layers.alike;
  }

  private moveAmongLike(before: EffectiveEvent | undefined, after: EffectiveEvent | undefined): void {
    const { alike } = this.layers;
    if (!alike) return;
    const from = before && likeness(before.type, before.data);
    const to = after && likeness(after.type, after.data);
    if (from === to) return;
    if (before && from !== undefined)
      alike.set(
        from,
        (alike.get(from) ?? []).filter((id) => id !== before.id),
      );
    if (after && to !== undefined) alike.set(to, [...(alike.get(to) ?? []), after.id]);
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
