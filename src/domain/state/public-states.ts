import type { Day } from '../ledger/edtf.js';
import { evidencePublicOn, isRegistration, publishedBy } from '../ledger/publication.js';
import { effective } from './logged-event.js';
import type { EffectiveEvent } from './records.js';
import { exchanged } from './state-as-of.js';
import { StreamState } from './stream-state.js';

/** What a stream amounted to, by all that had been published by the end of a day. */
export interface PublicState {
  readonly publicOn: Day;
  readonly state: StreamState;
}

/** What of an event is public from one day on, and what was until then. */
interface PublicChange {
  readonly before: EffectiveEvent | undefined;
  readonly after: EffectiveEvent;
}

/**
 * The states of a stream on some public days, oldest first: each equal in its subjects to `stateAsOf` with that `publicOn`.
 * Every event is folded once for each day on which something about it was published, so that all days together cost
 * O(events + evidence) and not a fold each. `known` is as of what was known, and of all days.
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
        // Of several days at once, what stood before the first of them goes, and what the last of them made comes.
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

/** The days on which evidence of an event was published, oldest first; none of what nobody dated. */
export function publicDaysOf({ evidence }: Pick<EffectiveEvent, 'evidence'>): readonly Day[] {
  return [...new Set(evidence.flatMap((item) => publishedBy(item) ?? []))].sort();
}
