import type { Day } from '../../domain/ledger/edtf.js';
import type { RecordKind, SubjectState } from '../../domain/state/records.js';
import { EVENTS_A_STEP, type Steps } from '../../domain/state/steps.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { recordOf, type SubjectStates } from '../../domain/state/subject-state.js';
import { before } from '../../domain/state/subject.js';

/** A record as it stands from a day on; undefined if its events amount to none. */
export type RecordDay<K extends RecordKind> = {
  readonly [Kind in K]: {
    readonly day: Day;
    readonly kind: Kind;
    readonly key: string;
    readonly record: SubjectState[Kind] | undefined;
  };
}[K];

/** The records of some kinds on every day on which an event of theirs happened, in the order of days. */
export function* recordDaysInSteps<K extends RecordKind>(
  state: StreamState,
  kinds: readonly K[],
): Steps<RecordDay<K>[]> {
  const found: RecordDay<K>[] = [];
  let left = EVENTS_A_STEP;
  for (const kind of kinds)
    for (const [key, subject] of state.subjects[kind]) {
      let count = 0;
      let previous: Day | undefined;
      const add = (day: Day): void => {
        const then = count === subject.events.size ? subject : before(subject, count, state);
        // The subjects of a kind always contain states of that kind.
        const record = then.state && recordOf(then.state as SubjectStates[K]);
        found.push({ day, kind, key, record });
      };
      for (const { day } of subject.events) {
        if (previous !== undefined && day !== previous) add(previous);
        previous = day;
        count += 1;
        if (--left > 0) continue;
        left = EVENTS_A_STEP;
        yield;
      }
      if (previous !== undefined) add(previous);
    }
  return found.sort((a, b) => (a.day === b.day ? 0 : a.day < b.day ? -1 : 1));
}

/** The same, those of a day together. */
export function* byDay<K extends RecordKind>(
  changes: readonly RecordDay<K>[],
): Generator<readonly [Day, readonly RecordDay<K>[]]> {
  for (let start = 0; start < changes.length;) {
    const day = changes[start]?.day ?? '';
    let end = start + 1;
    while (changes[end]?.day === day) end += 1;
    yield [day, changes.slice(start, end)];
    start = end;
  }
}
