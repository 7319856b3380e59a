import type { StreamEvent } from './event.js';
import { isLedgerAct } from './events/catalogue.js';
import type { Act } from './fold-layers.js';
import type { Fold } from './fold.js';
import { effective, logged, withAct, type LoggedEvent } from './logged-event.js';
import { RECORD_KINDS, type AutomakerRecord, type EffectiveEvent } from './records.js';
import {
  inOrder,
  placeAt,
  subjectOf,
  without,
  withNext,
  worldEvent,
  type Place,
  type Subject,
} from './subject.js';
import { definitionFor } from './versions.js';

/** What one more recorded event changes in a fold, worked out before anything is changed. */
export interface FoldStep {
  readonly recorded: StreamEvent;
  /** The event that it is, or is about, with all that was recorded about it by then. */
  readonly entry: LoggedEvent;
  readonly act?: Act;
  /** What that event said before, and what it says after. */
  readonly before: EffectiveEvent | undefined;
  readonly after: EffectiveEvent | undefined;
  /** The subjects that it touches, as they are after it. */
  readonly subjects: readonly TouchedSubject[];
}

export interface TouchedSubject {
  readonly place: Place;
  readonly subject: Subject;
}

/**
 * The step from a fold to the one with the next recorded event of its stream; the fold stays as it is. An event that comes
 * last in its subject costs O(1), and a copy of the list of the subject's events; any other one folding them again.
 * Throws UnknownEventType for a type or a version that is not in the catalogue, EventNotInStream for an act on an event that is not there.
 */
export function stepOf(fold: Fold, recorded: StreamEvent): FoldStep {
  if (isLedgerAct(definitionFor(recorded))) return stepOfAct(fold, recorded);
  const entry = logged(recorded);
  const after = effective(entry);
  return { recorded, entry, before: undefined, after, subjects: touchedBy(fold, undefined, after) };
}

function stepOfAct(fold: Fold, recorded: StreamEvent): FoldStep {
  const named = 'event' in recorded.data ? recorded.data.event : '';
  const about = fold.act(named)?.about ?? named;
  const known = fold.logged(about);
  if (!known) throw new EventNotInStream(named, fold.stream);
  const entry = withAct(known, recorded);
  const [before, after] = [effective(known), effective(entry)];
  return {
    recorded,
    entry,
    act: { recorded, about },
    before,
    after,
    subjects: touchedBy(fold, before, after),
  };
}

function touchedBy(
  fold: Fold,
  before: EffectiveEvent | undefined,
  after: EffectiveEvent | undefined,
): TouchedSubject[] {
  const from = before && placeOf(fold, before);
  const to = after && placeOf(fold, after);
  const touched: TouchedSubject[] = [];
  if (from && from.name !== to?.name) {
    const left = without(fold.subject(from.kind, from.key).events, before.id);
    touched.push({ place: from, subject: folded(fold, from, left, fold.automaker) });
  }
  if (to) touched.push({ place: to, subject: withEvent(fold, to, after, before !== undefined) });
  const registration =
    fold.revision < 0 ? undefined : touched.find(({ place }) => place.kind === 'automaker');
  return registration ? foldedAll(fold, registration) : touched;
}

/** The home market or the registration itself changed, which every rule of the stream may look at. */
function foldedAll(fold: Fold, registration: TouchedSubject): TouchedSubject[] {
  // The subject of the registration only ever folds into an AutomakerRecord.
  const automaker = registration.subject.record as AutomakerRecord | undefined;
  const touched = [registration];
  for (const kind of RECORD_KINDS) {
    if (kind === 'automaker') continue;
    for (const [key, { events }] of fold.subjects(kind)) {
      const place = placeAt(kind, key);
      touched.push({ place, subject: folded(fold, place, events, automaker) });
    }
  }
  return touched;
}

function withEvent(fold: Fold, place: Place, event: EffectiveEvent, replaces: boolean): Subject {
  const subject = fold.subject(place.kind, place.key);
  const last = subject.events.at(-1);
  if (!replaces && (!last || inOrder(last, event) < 0))
    return withNext(subject, event, fold.automaker, fold.stream);
  const events = replaces ? without(subject.events, event.id) : subject.events;
  return folded(fold, place, [...events, event].sort(inOrder), fold.automaker);
}

function folded(
  fold: Fold,
  { kind }: Place,
  events: readonly EffectiveEvent[],
  automaker: AutomakerRecord | undefined,
): Subject {
  return subjectOf(events, kind === 'automaker' ? undefined : automaker, fold.stream);
}

/** Where an event belongs; undefined where it had not happened by the day that the fold is of. */
function placeOf({ trueOn }: Fold, event: EffectiveEvent): Place | undefined {
  const { kind, subject } = worldEvent(event.type);
  if (kind !== 'automaker' && trueOn !== undefined && event.day > trueOn) return undefined;
  return placeAt(kind, subject(event.data));
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
