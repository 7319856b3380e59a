import type { StreamEvent } from '../ledger/event.js';
import { dayOf, daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import type { EffectiveEvent } from './records.js';
import { newestVersion, upcast } from '../events/versions.js';
import { standingEvidence } from './standing-evidence.js';

/** A recorded event with all its amendments. */
export interface LoggedEvent {
  readonly recorded: StreamEvent;
  readonly corrections: readonly StreamEvent<'EventCorrected'>[];
  readonly addedEvidence: readonly StreamEvent<'EvidenceAdded'>[];
  /** Acts that replaced pieces of the evidence, in order. */
  readonly evidenceCorrections: readonly StreamEvent<'EvidenceCorrected'>[];
  /** Absent when the event counts: it was never retracted, or it was reinstated. */
  readonly retraction?: StreamEvent<'EventRetracted'>;
  /**
   * Present when the event was moved to another stream. It counts there and no longer here, even if this side
   * of the move is retracted.
   */
  readonly movedTo?: StreamEvent<'EventMoved'>;
  /** Present when the event came from another stream. */
  readonly movedFrom?: StreamEvent<'EventMoved'>;
  /** Retractions that were undone, in order. */
  readonly undone: readonly UndoneRetraction[];
  /**
   * Retracted amendments (corrections of the event or its evidence, and added evidence), each with the
   * revision of its retraction.
   */
  readonly voided: ReadonlyMap<string, number>;
}

/** A retraction and the act that undid it. */
export interface UndoneRetraction {
  readonly retraction: StreamEvent<'EventRetracted'>;
  readonly by: StreamEvent<'EventReinstated'>;
}

export const logged = (recorded: StreamEvent): LoggedEvent => ({
  recorded,
  corrections: NONE,
  addedEvidence: NONE,
  evidenceCorrections: NONE,
  undone: NONE,
  voided: NOTHING,
});

/** Shared by all events, because few have amendments. */
const NONE: readonly never[] = [];
const NOTHING: ReadonlyMap<string, number> = new Map();

/**
 * The day by which an event has certainly occurred: the last possible day of its date, or its recording day
 * if that is earlier, because nobody records future events.
 */
export function occurredBy(occurredOn: EdtfDate, recordedAt: string): Day {
  const { first, last } = daysOf(occurredOn);
  const recorded = dayOf(recordedAt);
  const latest = recorded > first ? recorded : first;
  return last < latest ? last : latest;
}

/**
 * The event as it counts now: its latest valid correction with all its evidence. Undefined when it was
 * retracted or moved.
 */
export function effective(entry: LoggedEvent): EffectiveEvent | undefined {
  return entry.retraction || entry.movedTo ? undefined : saidBy(entry);
}

/** The latest content of an event, whether it counts or not. */
export function saidBy(entry: LoggedEvent): EffectiveEvent {
  const { recorded, corrections, voided } = entry;
  const evidence = standingEvidence(entry);
  const correction = corrections.findLast(({ id }) => !voided.has(id));
  const { occurredOn, data } = correction?.data ?? recorded;
  // A date entirely after the first recording cannot have been known then, so it became known with the
  // correction.
  const first = firstRecorded(entry);
  const told = daysOf(occurredOn).first > first ? dayOf((correction ?? recorded).recordedAt) : first;
  return {
    id: recorded.id,
    type: recorded.type,
    revision: recorded.revision,
    occurredOn,
    day: occurredBy(occurredOn, told),
    data,
    evidence,
  };
}

/**
 * The day of the first recording, in whatever stream. If only a longer period such as a year is known, its
 * last day.
 */
export function firstRecorded({ recorded, movedFrom }: LoggedEvent): Day {
  const told = movedFrom?.data.firstRecordedOn;
  return told === undefined ? dayOf(recorded.recordedAt) : daysOf(told).last;
}

/** Adds an amendment of the event, or of one of its amendments. */
export function withAmendment(entry: LoggedEvent, amendment: StreamEvent): LoggedEvent {
  switch (amendment.type) {
    case 'EventCorrected':
      return {
        ...entry,
        corrections: [...entry.corrections, inTodaysVersion(entry.recorded.type, amendment)],
      };
    case 'EvidenceAdded':
      return { ...entry, addedEvidence: [...entry.addedEvidence, amendment] };
    case 'EvidenceCorrected':
      return { ...entry, evidenceCorrections: [...entry.evidenceCorrections, amendment] };
    case 'EventRetracted':
      return amendment.data.event === entry.recorded.id
        ? { ...entry, retraction: entry.retraction ?? amendment }
        : { ...entry, voided: voidedBy(entry, amendment.data.event, amendment.revision) };
    case 'EventReinstated':
      return reinstated(entry, amendment);
    case 'EventMoved':
      return amendment.data.direction === 'to'
        ? { ...entry, movedTo: entry.movedTo ?? amendment }
        : { ...entry, movedFrom: entry.movedFrom ?? amendment };
    default:
      return entry;
  }
}

function reinstated({ retraction, ...entry }: LoggedEvent, by: StreamEvent<'EventReinstated'>): LoggedEvent {
  return retraction ? { ...entry, undone: [...entry.undone, { retraction, by }] } : entry;
}

/** A correction with its data converted to today's version of the event type. Throws UnknownEventVersion. */
function inTodaysVersion(
  type: string,
  correction: StreamEvent<'EventCorrected'>,
): StreamEvent<'EventCorrected'> {
  const { version = 1, data } = correction.data;
  const newest = newestVersion(type);
  if (version === newest) return correction;
  // The data of every event type is an object.
  const said = upcast(type, version, data) as Record<string, unknown>;
  return { ...correction, data: { ...correction.data, version: newest, data: said } };
}

function voidedBy({ voided }: LoggedEvent, id: string, revision: number): ReadonlyMap<string, number> {
  return voided.has(id) ? voided : new Map([...voided, [id, revision]]);
}

/** The event with the amendments up to a revision of its stream. */
export function amendedUntil(
  {
    recorded,
    corrections,
    addedEvidence,
    evidenceCorrections,
    voided,
    retraction,
    undone,
    movedTo,
    movedFrom,
  }: LoggedEvent,
  revision: number,
): LoggedEvent {
  const isKnown = (amendment: StreamEvent) => amendment.revision <= revision;
  // A retraction that was undone only later was still in effect.
  const held = undone.find((each) => isKnown(each.retraction) && !isKnown(each.by))?.retraction ?? retraction;
  return {
    recorded,
    corrections: corrections.filter(isKnown),
    addedEvidence: addedEvidence.filter(isKnown),
    evidenceCorrections: evidenceCorrections.filter(isKnown),
    undone: undone.filter(({ by }) => isKnown(by)),
    ...(held && isKnown(held) && { retraction: held }),
    ...(movedTo && isKnown(movedTo) && { movedTo }),
    ...(movedFrom && isKnown(movedFrom) && { movedFrom }),
    voided: new Map([...voided].filter(([, by]) => by <= revision)),
  };
}
