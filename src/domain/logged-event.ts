import type { StreamEvent } from './event.js';
import { dayOf, daysOf, type Day, type EdtfDate } from './occurred-on.js';
import type { EffectiveEvent } from './records.js';
import { newestVersion, upcast } from './versions.js';

/** A recorded event with all that was recorded about it since. */
export interface LoggedEvent {
  readonly recorded: StreamEvent;
  readonly corrections: readonly StreamEvent<'EventCorrected'>[];
  readonly addedEvidence: readonly StreamEvent<'EvidenceAdded'>[];
  readonly retraction?: StreamEvent<'EventRetracted'>;
  /** Corrections and added evidence that were retracted themselves. */
  readonly voided: ReadonlySet<string>;
}

export const logged = (recorded: StreamEvent): LoggedEvent => ({
  recorded,
  corrections: NONE,
  addedEvidence: NONE,
  voided: NOTHING,
});

/** One for all events: few have anything recorded about them. */
const NONE: readonly never[] = [];
const NOTHING: ReadonlySet<string> = new Set();

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

/** What the event says now: its latest correction that stands, with all its evidence. Undefined where it was retracted. */
export function effective({
  recorded,
  corrections,
  addedEvidence,
  retraction,
  voided,
}: LoggedEvent): EffectiveEvent | undefined {
  if (retraction) return undefined;
  if (corrections.length === 0 && addedEvidence.length === 0) return asRecorded(recorded);
  const correction = corrections.findLast(({ id }) => !voided.has(id));
  const { occurredOn, data } = correction?.data ?? recorded;
  // What lies wholly after the recording cannot have been known by then: it was first told by the correction.
  const isLater = daysOf(occurredOn).first > dayOf(recorded.recordedAt);
  const told = correction && isLater ? correction.recordedAt : recorded.recordedAt;
  const more = [
    ...addedEvidence.filter(({ id }) => !voided.has(id)).flatMap((added) => added.data.evidence),
    ...(correction?.evidence ?? []),
  ];
  return {
    id: recorded.id,
    type: recorded.type,
    revision: recorded.revision,
    occurredOn,
    day: occurredBy(occurredOn, told),
    data,
    evidence: more.length === 0 ? recorded.evidence : [...recorded.evidence, ...more],
  };
}

function asRecorded({
  id,
  type,
  revision,
  occurredOn,
  recordedAt,
  data,
  evidence,
}: StreamEvent): EffectiveEvent {
  return { id, type, revision, occurredOn, day: occurredBy(occurredOn, recordedAt), data, evidence };
}

/** The event with one more act about it, or about an act about it. */
export function withAct(entry: LoggedEvent, act: StreamEvent): LoggedEvent {
  switch (act.type) {
    case 'EventCorrected':
      return { ...entry, corrections: [...entry.corrections, inTodaysVersion(entry.recorded.type, act)] };
    case 'EvidenceAdded':
      return { ...entry, addedEvidence: [...entry.addedEvidence, act] };
    case 'EventRetracted':
      return act.data.event === entry.recorded.id
        ? { ...entry, retraction: act }
        : { ...entry, voided: new Set([...entry.voided, act.data.event]) };
    default:
      return entry;
  }
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
