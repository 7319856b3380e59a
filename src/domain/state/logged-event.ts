import type { StreamEvent } from '../ledger/event.js';
import { dayOf, daysOf, type Day, type EdtfDate } from '../ledger/edtf.js';
import type { EffectiveEvent } from './records.js';
import { newestVersion, upcast } from '../events/versions.js';
import { standingEvidence } from './standing-evidence.js';

/** A recorded event with all that was recorded about it since. */
export interface LoggedEvent {
  readonly recorded: StreamEvent;
  readonly corrections: readonly StreamEvent<'EventCorrected'>[];
  readonly addedEvidence: readonly StreamEvent<'EvidenceAdded'>[];
  /** What replaced pieces of all that evidence, in their order. */
  readonly evidenceCorrections: readonly StreamEvent<'EvidenceCorrected'>[];
  /** Absent where it counts: it never was retracted, or was reinstated since. */
  readonly retraction?: StreamEvent<'EventRetracted'>;
  /** Present where it was moved to another stream: it counts there, and here no more, whatever retracts this side of the move. */
  readonly movedTo?: StreamEvent<'EventMoved'>;
  /** Present where it came from another stream. */
  readonly movedFrom?: StreamEvent<'EventMoved'>;
  /** Retractions that were undone, in their order. */
  readonly undone: readonly UndoneRetraction[];
  /** Corrections, also of evidence, and added evidence that were retracted themselves, each with the revision of its retraction. */
  readonly voided: ReadonlyMap<string, number>;
}

/** A retraction with the act that undid it. */
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

/** One for all events: few have anything recorded about them. */
const NONE: readonly never[] = [];
const NOTHING: ReadonlyMap<string, number> = new Map();

/**
 * The day by which an event has surely occurred: the last day that its date can mean, or the day of its recording
 * where that is earlier, since nobody records what has not happened.
 */
export function occurredBy(occurredOn: EdtfDate, recordedAt: string): Day {
  const { first, last } = daysOf(occurredOn);
  const recorded = dayOf(recordedAt);
  const latest = recorded > first ? recorded : first;
  return last < latest ? last : latest;
}

/** What the event says now: its latest correction that stands, with all its evidence. Undefined where it was retracted, or moved. */
export function effective(entry: LoggedEvent): EffectiveEvent | undefined {
  return entry.retraction || entry.movedTo ? undefined : saidBy(entry);
}

/** What an event says, whether it counts or not. */
export function saidBy(entry: LoggedEvent): EffectiveEvent {
  const { recorded, corrections, voided } = entry;
  const evidence = standingEvidence(entry);
  const correction = corrections.findLast(({ id }) => !voided.has(id));
  const { occurredOn, data } = correction?.data ?? recorded;
  // What lies wholly after the first recording cannot have been known by then: it was first told by the correction.
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

/** The day since which it is known: that of its recording, wherever that was. Of a year that was told of it, the last day. */
export function firstRecorded({ recorded, movedFrom }: LoggedEvent): Day {
  const told = movedFrom?.data.firstRecordedOn;
  return told === undefined ? dayOf(recorded.recordedAt) : daysOf(told).last;
}

/** The event with one more amendment about it, or about an amendment of it. */
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

/** A correction with what it says of an event of a type in today's version of that. Throws UnknownEventVersion. */
function inTodaysVersion(
  type: string,
  correction: StreamEvent<'EventCorrected'>,
): StreamEvent<'EventCorrected'> {
  const { version = 1, data } = correction.data;
  const newest = newestVersion(type);
  if (version === newest) return correction;
  // Data of a type is an object of named fields.
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
  // What was undone later still held then.
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
