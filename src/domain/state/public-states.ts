import type { Day } from '../ledger/edtf.js';
import { evidencePublicOn, isRegistration, publishedBy } from '../ledger/publication.js';
import { effective } from './logged-event.js';
import type { EffectiveEvent } from './records.js';
import { exchanged } from './state-as-of.js';
import { StreamState } from './stream-state.js';

/** The state of a stream from everything published by the end of a day. */
export interface PublicState {
  readonly publicOn: Day;
  readonly state: StreamState;
}

/** The public part of an event from one day on, and the public part before. */
interface PublicChange {
  readonly before: EffectiveEvent | undefined;
  readonly after: EffectiveEvent;
}

/**
 * The states of a stream on several public days, oldest first. The subjects of each equal those of
 * `stateAsOf` with that `publicOn`. Each event is folded once per day on which some of its evidence was
 * published, so all days together cost O(events + evidence) instead of one complete fold per day. `known`
 * must be restricted to what was known, but not to a day.
 */
export function* publicStates(
  known: StreamState,
  trueOn: Day | undefined,
  days: readonly Day[],
): Generator<PublicState> {
  const { always, changes } = publicChanges(known);
  const due = [...changes].sort(([a], [b]) => (a < b ? -1 : 1));
  let state = exchanged(StreamState.of(known.stream, trueOn), [], always);
  let next = 0;
  for (const publicOn of [...new Set(days)].sort()) {
    const removed = new Map<string, EffectiveEvent>();
    const added = new Map<string, EffectiveEvent>();
    for (; (due[next]?.[0] ?? '~') <= publicOn; next++)
      for (const { before, after } of due[next]?.[1] ?? []) {
        // When several days are due at once, the version before the first one is removed, and the version of
        // the last one is added.
        if (before && !added.has(before.id)) removed.set(before.id, before);
        added.set(after.id, after);
      }
    if (added.size > 0) state = exchanged(state, [...removed.values()], [...added.values()]);
    yield { publicOn, state };
  }
}

function publicChanges(known: StreamState): {
  always: EffectiveEvent[];
  changes: ReadonlyMap<Day, readonly PublicChange[]>;
} {
  const always: EffectiveEvent[] = [];
  const changes = new Map<Day, PublicChange[]>();
  for (const entry of known.loggedEvents()) {
    const event = effective(entry);
    if (!event) continue;
    let before = isRegistration(event.type) ? publicPart(event, '') : undefined;
    if (before) always.push(before);
    for (const day of publicDaysOf(event)) {
      const after = publicPart(event, day);
      const ofDay = changes.get(day);
      if (ofDay) ofDay.push({ before, after });
      else changes.set(day, [{ before, after }]);
      before = after;
    }
  }
  return { always, changes };
}

const publicPart = (event: EffectiveEvent, publicOn: Day): EffectiveEvent => ({
  ...event,
  evidence: evidencePublicOn(event.evidence, publicOn),
});

/** The publication days of an event's evidence, oldest first. Undated evidence is ignored. */
export function publicDaysOf({ evidence }: Pick<EffectiveEvent, 'evidence'>): readonly Day[] {
  return [...new Set(evidence.flatMap((item) => publishedBy(item) ?? []))].sort();
}
