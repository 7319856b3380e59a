import type { Doubt } from './doubts.js';
import { daysOf } from './edtf.js';
import type { NewEvent } from './event.js';
import { readData } from './proposal.js';
import type { EventCorrected } from '../events/event-corrected.js';
import { termsOf, type TargetSet } from '../events/target-set.js';
import { upcast } from '../events/versions.js';
import { scopeKey } from '../measures/measures.js';
import { effective } from '../state/logged-event.js';
import type { TargetTerms } from '../state/records.js';
import type { StreamState } from '../state/stream-state.js';

/** Doubts an event that repeats recorded facts, under another name or as a change. */
export function doubtsOfRepetition(
  state: StreamState,
  { type, data }: Pick<NewEvent, 'type' | 'data'>,
): Doubt[] {
  switch (type) {
    case 'TargetSet':
      return sameGoal(state, data as TargetSet);
    case 'TargetRevised':
      return sameTerms(state, data as TargetSet);
    case 'EventCorrected':
      return sameEvent(state, data as EventCorrected);
    default:
      return [];
  }
}

/** An automaker has some dozens of goals. With more than this number, comparing all would cost too much. */
const MOST_LOOKED_AT = 500;

function sameGoal(state: StreamState, goal: TargetSet): Doubt[] {
  const promise = promiseOf(termsOf(goal));
  let looked = 0;
  for (const record of state.records('target')) {
    if (++looked > MOST_LOOKED_AT) return [];
    const terms = record.versions.last?.terms;
    // The threshold goes first: few goals share one, and telling what is promised costs more.
    if (terms?.threshold !== goal.threshold || record.withdrawn || record.target === goal.target) continue;
    if (promiseOf(terms) !== promise) continue;
    const message = `is ${goal.target}, and ${record.target} promises the same: record TargetRestated where it was said again`;
    return [{ code: 'same-goal', field: 'data.target', message }];
  }
  return [];
}

/** Equal for goals that promise the same, whatever their wording and counting basis. */
function promiseOf(terms: TargetTerms): string {
  const { measure, threshold, thresholdTo, deadline, period } = terms;
  const until = period ?? deadline;
  const last = until === undefined ? '' : daysOf(until).last;
  return [measure, scopeKey(terms), threshold, thresholdTo, last].join(' ');
}

function sameTerms(state: StreamState, goal: TargetSet): Doubt[] {
  const terms = state.record('target', goal.target)?.versions.last?.terms;
  if (!terms || !isSame(termsOf(goal), terms)) return [];
  const message = 'are the terms that hold: record TargetRestated where they were said again';
  return [{ code: 'nothing-changed', field: 'data', message }];
}

function sameEvent(state: StreamState, { event, data, occurredOn, version = 1 }: EventCorrected): Doubt[] {
  const entry = state.logged(event);
  const now = entry && effective(entry);
  if (!now || now.occurredOn !== occurredOn) return [];
  const read = readData(entry.recorded.type, data, version);
  if ('problems' in read || !isSame(upcast(entry.recorded.type, read.version, data), now.data)) return [];
  return [{ code: 'nothing-changed', field: 'data.data', message: 'is what the event says already' }];
}

/** Whether two objects have the same fields, in any order. */
const isSame = (a: object, b: object): boolean => sorted(a) === sorted(b);
const sorted = (value: object): string =>
  JSON.stringify(Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1)));
