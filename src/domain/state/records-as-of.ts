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
 * Folds the events of a stream into records as of two clocks. The result equals the records of `foldEvents`.
 * O(n log n), and cheaper than a state, which also keeps data for later events and rules. If the input
 * contains, in recording order, all events of some record kinds and all amendments, the result is complete
 * for those kinds.
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
  // The registration comes first, because the rules of all other subjects depend on it.
  fold({ stream, automaker: undefined }, (kind) => kind === 'automaker');
  // The subject of the registration always folds into an AutomakerRecord.
  const automaker = records.get('automaker')?.get('') as AutomakerRecord | undefined;
  fold({ stream, automaker }, (kind) => kind !== 'automaker');
  return {
    *entries<K extends RecordKind>(kind: K): Generator<readonly [string, SubjectState[K]]> {
      for (const [key, state] of records.get(kind) ?? []) yield [key, recordOf(state as SubjectStates[K])];
    },
  };
}

/** The events with the amendments known by then. Amendments of missing events are ignored. */
function loggedBy(events: Iterable<StreamEvent>, knownOn: string | undefined): Iterable<LoggedEvent> {
  const entries = new Map<string, LoggedEvent>();
  /** Maps each amendment to the event that it finally concerns. */
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
