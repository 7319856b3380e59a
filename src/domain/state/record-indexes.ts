import { daysOf } from '../ledger/edtf.js';
import { identityOf } from '../ledger/text.js';
import { scopeKey } from '../measures/measures.js';
import type { TouchedSubject } from './moved-subjects.js';
import { RecordIndex } from './record-index.js';
import type { TargetTerms } from './records.js';
import type { StreamState } from './stream-state.js';

export const SITES_BY_NAME = new RecordIndex('site', ({ name }) => identityOf(name));

/** The goals that were not withdrawn, by what they promise now. */
export const GOALS_BY_PROMISE = new RecordIndex('target', ({ withdrawn, versions }) => {
  const terms = withdrawn ? undefined : versions.last?.terms;
  return terms && promiseOf(terms);
});

/** Equal for goals that promise the same, whatever their wording and counting basis. */
export function promiseOf(terms: TargetTerms): string {
  const { measure, threshold, thresholdTo, deadline, period } = terms;
  const until = period ?? deadline;
  const last = until === undefined ? '' : daysOf(until).last;
  return [measure, scopeKey(terms), threshold, thresholdTo, last].join(' ');
}

/** Updates all indexes for the next state. */
export function keepIndexes(
  before: StreamState['subjects'],
  after: StreamState['subjects'],
  touched: readonly TouchedSubject[],
): void {
  SITES_BY_NAME.keep(before, after, touched);
  GOALS_BY_PROMISE.keep(before, after, touched);
}
