import type { StreamReader } from '../events/event-type.js';
import type { StreamEvent } from '../ledger/event.js';
import type { Day } from '../ledger/edtf.js';
import {
  RECORD_KINDS,
  type AutomakerRecord,
  type EffectiveEvent,
  type RecordKind,
  type SubjectState,
} from './records.js';
import { effective, type LoggedEvent } from './logged-event.js';
import { PersistentList } from './persistent-list.js';
import { PersistentMap } from './persistent-map.js';
import { recordOf, type SubjectStates } from './subject-state.js';
import { EMPTY, type Contradiction, type FoldContext, type Subject } from './subject.js';

/** An event about another event. */
export interface Amendment {
  readonly recorded: StreamEvent;
  /** The id of the amended event. For the retraction of a correction, that is the corrected event. */
  readonly about: string;
}

/** An entry of the log: an event with its amendments, or an amendment. */
export type LogEntry = LoggedEvent | Amendment;

/** The subjects of a stream by key. */
export type Subjects = PersistentMap<Subject>;

/** The parts of a state that an event can change. */
type StateParts = Pick<
  StreamState,
  'trueOn' | 'revision' | 'recordedAt' | 'bytes' | 'log' | 'places' | 'subjects'
>;

/**
 * The state of one stream after its recorded events. Rules, stored rows, time travel and differences all use
 * it, so that each fact is interpreted in one place.
 *
 * A state is immutable, and the states that `evolve` derives from it share all unchanged parts. So keeping,
 * trying, passing on and dropping a state costs nothing.
 */
export class StreamState implements StreamReader, FoldContext {
  private constructor(
    readonly stream: string,
    /** The day of the state; undefined for the newest state. */
    readonly trueOn: Day | undefined,
    /** Revision of the last event; -1 if there is none. */
    readonly revision: number,
    /** When the last event was recorded; empty if there is none. */
    readonly recordedAt: string,
    /** Estimated memory size in bytes. */
    readonly bytes: number,
    /** The entries in recording order. */
    readonly log: PersistentList<LogEntry>,
    /** The index of each event in the log, by id. */
    readonly places: PersistentMap<number>,
    readonly subjects: Readonly<Record<RecordKind, Subjects>>,
  ) {}

  /** The state of a stream without events. */
  static of(stream: string, trueOn?: Day): StreamState {
    const [log, places] = [PersistentList.empty<LogEntry>(), PersistentMap.empty<number>()];
    return new StreamState(stream, trueOn, -1, '', 0, log, places, NO_SUBJECTS);
  }

  /** The state with some parts replaced. */
  with(parts: Partial<StateParts>): StreamState {
    const {
      trueOn = this.trueOn,
      revision = this.revision,
      recordedAt = this.recordedAt,
      bytes = this.bytes,
      log = this.log,
      places = this.places,
      subjects = this.subjects,
    } = parts;
    return new StreamState(this.stream, trueOn, revision, recordedAt, bytes, log, places, subjects);
  }

  /** The state without a limit to a day. */
  ofAllDays(): StreamState {
    const { stream, revision, recordedAt, bytes, log, places, subjects } = this;
    return new StreamState(stream, undefined, revision, recordedAt, bytes, log, places, subjects);
  }

  get automaker(): AutomakerRecord | undefined {
    return this.record('automaker', '');
  }

  subject(kind: RecordKind, key: string): Subject {
    return this.subjects[kind].get(key) ?? EMPTY;
  }

  record<K extends RecordKind>(kind: K, key: string): SubjectStates[K] | undefined {
    // The subjects of a kind always contain states of that kind, because only its own effects create them.
    return this.subject(kind, key).state as SubjectStates[K] | undefined;
  }

  *records<K extends RecordKind>(kind: K): Generator<SubjectStates[K]> {
    for (const [, { state }] of this.subjects[kind]) if (state) yield state as SubjectStates[K];
  }

  /** The records of a kind with their keys, as plain data. */
  *entries<K extends RecordKind>(kind: K): Generator<[string, SubjectState[K]]> {
    for (const [key, { state }] of this.subjects[kind])
      if (state) yield [key, recordOf(state as SubjectStates[K])];
  }

  /** An event of this stream with all its amendments. */
  logged(id: string): LoggedEvent | undefined {
    const entry = this.entry(id);
    return entry && !isAmendment(entry) ? entry : undefined;
  }

  /** An amendment of this stream, with the event that it finally concerns. */
  amendment(id: string): Amendment | undefined {
    const entry = this.entry(id);
    return entry && isAmendment(entry) ? entry : undefined;
  }

  /** An event of this stream as recorded, of any type. */
  recorded(id: string): StreamEvent | undefined {
    return this.entry(id)?.recorded;
  }

  /** All events of this stream with their amendments, in recording order. */
  *loggedEvents(): Generator<LoggedEvent> {
    for (const entry of this.log) if (!isAmendment(entry)) yield entry;
  }

  /** The effective events, in recording order. */
  *effectiveEvents(): Generator<EffectiveEvent> {
    const { trueOn } = this;
    for (const entry of this.loggedEvents()) {
      const event = effective(entry);
      if (event && hasHappened(event, trueOn)) yield event;
    }
  }

  *contradictions(): Generator<Contradiction> {
    for (const kind of RECORD_KINDS)
      for (const [, subject] of this.subjects[kind]) yield* subject.contradictions;
  }

  private entry(id: string): LogEntry | undefined {
    const place = this.places.get(id);
    const entry = place === undefined ? undefined : this.log.get(place);
    // The place may belong to a later event, because a past state shares the index with newer states.
    return entry?.recorded.id === id ? entry : undefined;
  }
}

export function isAmendment(entry: LogEntry): entry is Amendment {
  return 'about' in entry;
}

/**
 * Whether an event counts on a day. An automaker counts as registered on every day, once its registration is
 * known.
 */
export function hasHappened(
  { type, day }: Pick<EffectiveEvent, 'type' | 'day'>,
  on: Day | undefined,
): boolean {
  return on === undefined || day <= on || type === 'AutomakerRegistered';
}

// `Object.fromEntries` loses the key type.
const NO_SUBJECTS = Object.fromEntries(
  RECORD_KINDS.map((kind) => [kind, PersistentMap.empty()]),
) as unknown as Readonly<Record<RecordKind, Subjects>>;
