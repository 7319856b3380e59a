import { isAmendment } from '../events/catalogue.js';
import { definitionFor } from '../events/versions.js';
import { knownBy, type Clocks } from '../ledger/clocks.js';
import type { StreamEvent } from '../ledger/event.js';
import type { RecordSource } from './automaker.js';
import { effective, logged, withAmendment, type LoggedEvent } from './logged-event.js';
import type { AutomakerRecord, EffectiveEvent, RecordKind, SubjectState } from './records.js';
import { hasHappened } from './stream-state.js';
import { recordOf, type AnySubjectState, type SubjectStates } from './subject-state.js';
import { amountsTo, subjectOf, type FoldContext } from './subject.js';

/**
 * The records that the events of a stream amount to as of two clocks: equal to those of `foldEvents` with them. O(n log n), and
 * cheaper than a state, which keeps what later events and rules need. Given all events of some kinds of records and all
 * amendments, in the order of recording, it gives the records of those kinds.
 */
export function recordsAsOf(
  stream: string,
  events: Iterable<StreamEvent>,
  { trueOn, knownOn }: Omit<Clocks, 'publicOn'>,
): RecordSource {
  const records = new Map<RecordKind, Map<string, AnySubjectState>>();
  const subjects = subjectsOf(loggedBy(events, knownOn), trueOn);
  const fold = (context: FoldContext, isWanted: (kind: RecordKind) => boolean): void => {
    for (const { kind, key, events: own } of subjects.values()) {
      const state = isWanted(kind) ? amountsTo(own, context) : undefined;
      if (state) records.set(kind, (records.get(kind) ?? new Map<string, AnySubjectState>()).set(key, state));
    }
  };
  // The registration first: the rules of all other subjects look at it.
  fold({ stream, automaker: undefined }, (kind) => kind === 'automaker');
  // The subject of the registration only ever folds into an AutomakerRecord.
  const automaker = records.get('automaker')?.get('') as AutomakerRecord | undefined;
  fold({ stream, automaker }, (kind) => kind !== 'automaker');
  return {
    *entries<K extends RecordKind>(kind: K): Generator<readonly [string, SubjectState[K]]> {
      for (const [key, state] of records.get(kind) ?? []) yield [key, recordOf(state as SubjectStates[K])];
    },
  };
}

/** What is known of each event by then. An amendment of an event that is not given is passed over. */
function loggedBy(events: Iterable<StreamEvent>, knownOn: string | undefined): Iterable<LoggedEvent> {
  const entries = new Map<string, LoggedEvent>();
  /** The event that an amendment is about in the end. */
  const abouts = new Map<string, string>();
  for (const event of events) {
    if (!knownBy(event.recordedAt, knownOn)) break;
    if (!isAmendment(definitionFor(event))) {
      entries.set(event.id, logged(event));
      continue;
    }
    const named = 'event' in event.data ? event.data.event : '';
    const about = abouts.get(named) ?? named;
    abouts.set(event.id, about);
    const entry = entries.get(about);
    if (entry) entries.set(about, withAmendment(entry, event));
  }
  return entries.values();
}

interface SubjectEvents {
  readonly kind: RecordKind;
  readonly key: string;
  readonly events: EffectiveEvent[];
}

function subjectsOf(
  entries: Iterable<LoggedEvent>,
  trueOn: string | undefined,
): ReadonlyMap<string, SubjectEvents> {
  const subjects = new Map<string, SubjectEvents>();
  for (const entry of entries) {
    const event = effective(entry);
    if (!event || !hasHappened(event, trueOn)) continue;
    const { kind, key, name } = subjectOf(event);
    const known = subjects.get(name);
    if (known) known.events.push(event);
    else subjects.set(name, { kind, key, events: [event] });
  }
  return subjects;
}
