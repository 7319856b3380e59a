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
  /** The event that it is about; of the retraction of a correction, the event that was corrected. */
  readonly about: string;
}

/** What was recorded: an event with all that was recorded about it, or an amendment. */
export type LogEntry = LoggedEvent | Amendment;

/** The subjects of a stream by their key. */
export type Subjects = PersistentMap<Subject>;

/** What changes from a state to the next one. */
type StateParts = Pick<
  StreamState,
  'trueOn' | 'revision' | 'recordedAt' | 'bytes' | 'log' | 'places' | 'subjects'
>;

/**
 * What the recorded events of one stream amount to. Rules, stored rows, time travel and differences all stand on it, so
 * that a fact is interpreted in one place.
 *
 * A state is a value: it never changes, and the one that `evolve` makes of it shares all that is the same. So a state can be
 * kept, tried on, handed on and forgotten at no cost.
 */
export class StreamState implements StreamReader, FoldContext {
  private constructor(
    readonly stream: string,
    /** The day that it is as of; the newest one where there is none. */
    readonly trueOn: Day | undefined,
    /** Revision of the last event, -1 where there is none. */
    readonly revision: number,
    /** When the last event was recorded, empty where there is none. */
    readonly recordedAt: string,
    /** About how many bytes of memory it takes. */
    readonly bytes: number,
    /** In the order of recording. */
    readonly log: PersistentList<LogEntry>,
    /** Where in the log the event of an id is, if it is. */
    readonly places: PersistentMap<number>,
    readonly subjects: Readonly<Record<RecordKind, Subjects>>,
  ) {}

  /** The state of a stream before its first event. */
  static of(stream: string, trueOn?: Day): StreamState {
    const [log, places] = [PersistentList.empty<LogEntry>(), PersistentMap.empty<number>()];
    return new StreamState(stream, trueOn, -1, '', 0, log, places, NO_SUBJECTS);
  }

  /** The state with some parts exchanged. */
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

  /** The state as of all days. */
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
    // The subjects of a kind only ever hold what its definitions' effects return, which are states of that kind.
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

  /** An event of this stream with all that was recorded about it. */
  logged(id: string): LoggedEvent | undefined {
    const entry = this.entry(id);
    return entry && !isAmendment(entry) ? entry : undefined;
  }

  /** A correction, retraction or added evidence of this stream, with the event that it is about in the end. */
  amendment(id: string): Amendment | undefined {
    const entry = this.entry(id);
    return entry && isAmendment(entry) ? entry : undefined;
  }

  /** An event of this stream as it was recorded, whatever its type. */
  recorded(id: string): StreamEvent | undefined {
    return this.entry(id)?.recorded;
  }

  /** All events of this stream with what was recorded about them, in the order of recording. */
  *loggedEvents(): Generator<LoggedEvent> {
    for (const entry of this.log) if (!isAmendment(entry)) yield entry;
  }

  /** The events that take effect, in the order of recording. */
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
    // A state of the past shares the places of the events that came later.
    return entry?.recorded.id === id ? entry : undefined;
  }
}

export function isAmendment(entry: LogEntry): entry is Amendment {
  return 'about' in entry;
}

/** Whether an event counts as of a day. An automaker is registered on every day, once that is known at all. */
export function hasHappened(
  { type, day }: Pick<EffectiveEvent, 'type' | 'day'>,
  on: Day | undefined,
): boolean {
  return on === undefined || day <= on || type === 'AutomakerRegistered';
}

// Object.fromEntries forgets that the keys are the kinds.
const NO_SUBJECTS = Object.fromEntries(
  RECORD_KINDS.map((kind) => [kind, PersistentMap.empty()]),
) as unknown as Readonly<Record<RecordKind, Subjects>>;
