import { Beside } from './beside.js';
import type { TouchedSubject } from './moved-subjects.js';
import { PersistentMap } from './persistent-map.js';
import type { RecordKind } from './records.js';
import type { StreamState, Subjects } from './stream-state.js';
import type { AnySubjectState, SubjectStates } from './subject-state.js';

/** The keys of the subjects that say the same. */
type Entries = PersistentMap<readonly string[]>;

/**
 * Finds the records of one kind that say the same, in O(log n) for each state that `evolve` derives from one that was
 * asked; the first question costs O(n). `saidBy` tells what a record says; a record that says undefined is not found.
 */
export class RecordIndex<K extends RecordKind> {
  private readonly kept = new Beside<Subjects, Entries>();

  constructor(
    private readonly kind: K,
    private readonly saidBy: (record: SubjectStates[K]) => string | undefined,
  ) {}

  /** The records that say something, in the order in which they came to say it. */
  find(state: StreamState, said: string): readonly SubjectStates[K][] {
    const entries = this.kept.of(state.subjects[this.kind], (subjects) => this.entriesOf(subjects));
    return (entries.get(said) ?? []).flatMap((key) => state.record(this.kind, key) ?? []);
  }

  /** Updates the index for the next state, if that of the state before was ever asked. */
  keep(
    before: StreamState['subjects'],
    after: StreamState['subjects'],
    touched: readonly TouchedSubject[],
  ): void {
    const [earlier, later] = [before[this.kind], after[this.kind]];
    const known = earlier === later ? undefined : this.kept.get(earlier);
    if (!known) return;
    let entries = known;
    for (const { ref, subject } of touched)
      if (ref.kind === this.kind)
        entries = this.moved(entries, ref.key, earlier.get(ref.key)?.state, subject.state);
    this.kept.set(later, entries);
  }

  private entriesOf(subjects: Subjects): Entries {
    let entries: Entries = PersistentMap.empty();
    for (const [key, { state }] of subjects) entries = this.moved(entries, key, undefined, state);
    return entries;
  }

  private moved(
    entries: Entries,
    key: string,
    before: AnySubjectState | undefined,
    after: AnySubjectState | undefined,
  ): Entries {
    const [left, said] = [this.saidIn(before), this.saidIn(after)];
    if (left === said) return entries;
    const others = left === undefined ? entries : entries.set(left, without(entries.get(left), key));
    return said === undefined ? others : others.set(said, [...(others.get(said) ?? []), key]);
  }

  private saidIn(state: AnySubjectState | undefined): string | undefined {
    // The subjects of a kind hold states of that kind only.
    return state && this.saidBy(state as SubjectStates[K]);
  }
}

const without = (keys: readonly string[] = [], key: string): readonly string[] =>
  keys.filter((each) => each !== key);
