import type { RecordedEvent, StreamEvent } from '../domain/ledger/event.js';
import { dayOf } from '../domain/ledger/edtf.js';
import { rowOf } from '../event-store/event-row.js';
import type { ChangedSubject, StateChange } from '../domain/state/evolve.js';
import { firstPublished, isRegistration } from '../domain/ledger/publication.js';
import { saidBy, type LoggedEvent } from '../domain/state/logged-event.js';
import { withCorrectedEvidence } from '../domain/state/standing-evidence.js';
import type { AnySubjectState } from '../domain/state/subject-state.js';
import { subjectOf } from '../domain/state/subject.js';
import type { Steps } from '../domain/state/steps.js';
import { changedParts } from './record-parts.js';
import type {
  CheckpointRow,
  EventStatus,
  MOVED_COLUMNS,
  ParkedStreamRow,
  RecordRowName,
  SubjectRow,
  TimelineRow,
} from './rows.js';

/** The changes that some events make to the views. They are written in one transaction. */
export interface RowChanges {
  /** Streams whose rows are replaced completely: projected again, and no longer parked. */
  readonly cleared: readonly string[];
  readonly records: readonly SubjectRow[];
  /** Rows of records to delete. */
  readonly gone: readonly RecordRowName[];
  readonly timeline: readonly TimelineRow[];
  /** Earlier events whose timeline row changed because they were corrected or retracted. */
  readonly moved: readonly MovedEvent[];
  readonly parked: readonly ParkedStreamRow[];
  /** The checkpoint after these changes. Its version is one more than the previous one's. */
  readonly checkpoint: ReadModelCheckpoint;
}

/** How far the views have come: the last projected event, and the number of transactions so far. */
export type ReadModelCheckpoint = Omit<CheckpointRow, 'id'>;

export const BEFORE_THE_FIRST: ReadModelCheckpoint = { position: 0, recordedAt: '', version: 0 };

/** Whether an interrupted build by stream left these views: it moves the position at its end only. */
export const isUnfinished = ({ position, version }: ReadModelCheckpoint): boolean =>
  position === 0 && version > 0;

export type MovedEvent = Pick<TimelineRow, (typeof MOVED_COLUMNS)[number]>;

/** The rows to write and to delete for some subjects, computed in steps so that other work can run. */
export function* recordRowsInSteps(
  stream: string,
  touched: Iterable<ChangedSubject>,
): Steps<Pick<RowChanges, 'records' | 'gone'>> {
  const records: SubjectRow[] = [];
  const gone: RecordRowName[] = [];
  for (const { ref, before, subject } of touched) {
    const { kind, key } = ref;
    for (const changed of changedParts(before, subject.state)) {
      if ('gone' in changed) gone.push({ stream, kind, key, part: changed.gone });
      else records.push({ stream, kind, key, ...changed });
      if (records.length % PARTS_A_STEP === PARTS_A_STEP - 1) yield;
    }
  }
  return { records, gone };
}

/** The number of rows per step, before other work may run. */
const PARTS_A_STEP = 32;

/** The timeline row of an event that has just been recorded. `change` is its effect on its stream. */
export function timelineRow(event: RecordedEvent, change: StateChange): TimelineRow {
  const { position, id, stream, revision, type, recordedAt, recordedBy } = event;
  const { amendment } = change;
  const { subject, markets, day, published } = placeOf(change);
  return {
    position,
    id,
    stream,
    revision,
    type,
    about: amendment?.about ?? null,
    subject,
    markets,
    day: amendment ? dayOf(recordedAt) : day,
    published: amendment ? publishedOfAct(amendment.recorded) : published,
    recordedAt,
    recordedBy,
    standing: 'stands',
    body: rowOf(event, Infinity).body,
  };
}

/** An earlier event whose timeline row changed. The writer determines its position. */
export interface Moved extends Omit<MovedEvent, 'position'> {
  readonly recorded: StreamEvent;
}

/** Earlier events whose timeline rows an amendment changes: its target, and an amendment it voids. */
export function movedBy(change: StateChange): Moved[] {
  const { recorded, amendment, entry } = change;
  if (!amendment) return [];
  const { subject, markets, day, published } = placeOf(change);
  const moved: Moved[] = [
    { recorded: entry.recorded, subject, markets, day, published, standing: standingOf(entry) },
  ];
  const act = (about: StreamEvent, standing: EventStatus): Moved => ({
    recorded: about,
    subject,
    markets,
    day: dayOf(about.recordedAt),
    published: publishedOfAct(withCorrectedEvidence(about, entry)),
    standing,
  });
  const voided = voidedBy(recorded, entry);
  if (voided) moved.push(act(voided, 'retracted'));
  // Corrected evidence, or evidence restored to its earlier form, changes the day of publication.
  if ((voided ?? recorded).type === 'EvidenceCorrected')
    for (const added of entry.addedEvidence)
      moved.push(act(added, entry.voided.has(added.id) ? 'retracted' : 'stands'));
  return moved;
}

/** The correction, added evidence or retraction that an amendment voids. */
function voidedBy(recorded: StreamEvent, entry: LoggedEvent): StreamEvent | undefined {
  if (recorded.type === 'EventRetracted') return amendmentOf(entry, recorded.data.event);
  return recorded.type === 'EventReinstated' ? entry.undone.at(-1)?.retraction : undefined;
}

function amendmentOf(
  { corrections, addedEvidence, evidenceCorrections }: LoggedEvent,
  id: string,
): StreamEvent | undefined {
  return [...corrections, ...addedEvidence, ...evidenceCorrections].find((amendment) => amendment.id === id);
}

/** The timeline fields of the event that was recorded or amended, as of now. */
function placeOf({
  entry,
  saidAfter,
  touched,
}: StateChange): Pick<TimelineRow, 'subject' | 'markets' | 'day' | 'published'> {
  const now = saidAfter ?? saidBy(entry);
  const { name } = subjectOf(now);
  const state = touched.find(({ ref }) => ref.name === name)?.subject.state;
  const published = isRegistration(now.type) ? '' : (firstPublished(now.evidence) ?? null);
  return { subject: name, markets: marketsOf(now.data, state), day: now.day, published };
}

/** Corrections and retractions are always public. Added evidence is public from its own publication on. */
function publishedOfAct(act: StreamEvent): TimelineRow['published'] {
  return act.type === 'EvidenceAdded' ? (firstPublished(act.data.evidence) ?? null) : '';
}

function standingOf({ retraction, movedTo, corrections, voided }: LoggedEvent): EventStatus {
  if (movedTo) return 'moved';
  if (retraction) return 'retracted';
  return corrections.some(({ id }) => !voided.has(id)) ? 'corrected' : 'stands';
}

/** The markets that an event names or, if it names none, those of its subject. */
function marketsOf(data: object, state: AnySubjectState | undefined): string {
  return marketsNamed(data) || (state ? marketsNamed(state) : '');
}

function marketsNamed(source: object): string {
  if ('market' in source && typeof source.market === 'string') return `,${source.market},`;
  const several: readonly unknown[] =
    'markets' in source && Array.isArray(source.markets) ? source.markets : [];
  return several.length > 0 ? `,${several.join(',')},` : '';
}

/** The row for a stream with an event that could not be applied. */
export function parkedStream(event: RecordedEvent, error: unknown, parkedAt: string): ParkedStreamRow {
  return {
    stream: event.stream,
    position: event.position,
    event: event.id,
    // PostgreSQL texts cannot contain NUL.
    error: (error instanceof Error ? `${error.name}: ${error.message}` : String(error)).replaceAll(
      '\0',
      '\ufffd',
    ),
    parkedAt,
  };
}
