import type { RecordSource } from './automaker.js';
import { knownBy, type Clocks } from './clocks.js';
import type { Act } from './fold-layers.js';
import type { Fold } from './fold.js';
import { effective, logged, withAct, type LoggedEvent } from './logged-event.js';
import type { Day } from './occurred-on.js';
import type { AutomakerRecord, EffectiveEvent, RecordKind, Records } from './records.js';
import { inOrder, subjectOf, worldEvent } from './subject.js';

/**
 * The records of a stream as of two clocks, taken from the fold of all that is recorded: equal to those of
 * `foldEvents(stream, events, clocks)`. Only the subjects that looked different then are folded again, the others are
 * shared with the fold; so an answer costs O(subjects + events not yet known then), without reading an event again.
 *
 * It stands on the fold as it is when `entries` is called: read it before anything else is applied.
 */
export class FoldAsOf implements RecordSource {
  private readonly lastRevision: number;
  /** Events that were corrected, retracted or given evidence since: what they said then is in `saidThen`. */
  private readonly changedSince = new Set<string>();
  private readonly saidThen = new Map<RecordKind, Map<string, EffectiveEvent[]>>();
  private readonly automaker: AutomakerRecord | undefined;
  /** Whether the registration was another one then, which every rule of the stream looks at. */
  private readonly foldsAll: boolean;

  constructor(
    private readonly fold: Fold,
    private readonly clocks: Clocks,
  ) {
    this.lastRevision = lastRevisionKnown(fold, clocks.knownOn);
    if (this.lastRevision < fold.revision) this.takeBackActs();
    const { events } = fold.subject('automaker', '');
    const then = this.eventsThen('automaker', '', events);
    this.foldsAll = then !== events;
    // The subject of the registration only ever folds into an AutomakerRecord.
    this.automaker = this.foldsAll
      ? (subjectOf(then, undefined, fold.stream).record as AutomakerRecord | undefined)
      : fold.automaker;
  }

  *entries<K extends RecordKind>(kind: K): Generator<readonly [string, Records[K]]> {
    if (kind === 'automaker') {
      // The registration is the one record of its kind, under the empty key.
      if (this.automaker) yield ['', this.automaker as Records[K]];
      return;
    }
    const seen = this.saidThen.get(kind);
    const added = new Set(seen?.keys());
    for (const [key, { events }] of this.fold.subjects(kind)) {
      added.delete(key);
      const record = this.recordThen(kind, key, events);
      if (record) yield [key, record];
    }
    for (const key of added) {
      const record = this.recordThen(kind, key, []);
      if (record) yield [key, record];
    }
  }

  /** What a subject with these events by now amounted to then. */
  private recordThen<K extends RecordKind>(
    kind: K,
    key: string,
    events: readonly EffectiveEvent[],
  ): Records[K] | undefined {
    const then = this.eventsThen(kind, key, events);
    if (then === events && !this.foldsAll) return this.fold.record(kind, key);
    if (then.length === 0) return undefined;
    // A subject of a kind only ever folds into records of that kind.
    return subjectOf(then, this.automaker, this.fold.stream).record as Records[K] | undefined;
  }

  /** The events of a subject as of then: the very same array where nothing was different. */
  private eventsThen(
    kind: RecordKind,
    key: string,
    events: readonly EffectiveEvent[],
  ): readonly EffectiveEvent[] {
    const wasThere = (event: EffectiveEvent) => this.hadHappened(kind, event.day) && this.stands(event);
    const back = this.saidThen.get(kind)?.get(key) ?? [];
    const kept = events.every(wasThere) ? events : events.filter(wasThere);
    return back.length === 0 ? kept : [...kept, ...back].sort(inOrder);
  }

  private stands({ id, revision }: EffectiveEvent): boolean {
    return revision <= this.lastRevision && !this.changedSince.has(id);
  }

  /** An automaker is registered on every day, once it is known at all. */
  private hadHappened(kind: RecordKind, day: Day): boolean {
    return kind === 'automaker' || this.clocks.trueOn === undefined || day <= this.clocks.trueOn;
  }

  private takeBackActs(): void {
    const known = new Map<string, Act[]>();
    for (const act of this.fold.acts()) {
      if (act.recorded.revision > this.lastRevision) this.changedSince.add(act.about);
      else known.set(act.about, [...(known.get(act.about) ?? []), act]);
    }
    for (const id of this.changedSince) {
      const entry = this.fold.logged(id);
      const event = entry && entry.recorded.revision <= this.lastRevision && saidWith(entry, known.get(id));
      if (event) this.put(event);
    }
  }

  private put(event: EffectiveEvent): void {
    const { kind, subject } = worldEvent(event.type);
    if (!this.hadHappened(kind, event.day)) return;
    const ofKind = this.saidThen.get(kind) ?? new Map<string, EffectiveEvent[]>();
    const key = subject(event.data);
    ofKind.set(key, [...(ofKind.get(key) ?? []), event]);
    this.saidThen.set(kind, ofKind);
  }
}

/** What an event said while only these acts about it were known. */
function saidWith({ recorded }: LoggedEvent, acts: readonly Act[] = []): EffectiveEvent | undefined {
  const inTurn = [...acts].sort((a, b) => a.recorded.revision - b.recorded.revision);
  return effective(inTurn.reduce((entry, act) => withAct(entry, act.recorded), logged(recorded)));
}

/** Revision of the last event that was known, -1 where none was: within a stream recordedAt never decreases. */
function lastRevisionKnown(fold: Fold, knownOn: string | undefined): number {
  if (knownBy(fold.recordedAt, knownOn)) return fold.revision;
  let last = -1;
  for (const { recorded } of fold.loggedEvents())
    if (recorded.revision > last && knownBy(recorded.recordedAt, knownOn)) last = recorded.revision;
  for (const { recorded } of fold.acts())
    if (recorded.revision > last && knownBy(recorded.recordedAt, knownOn)) last = recorded.revision;
  return last;
}
