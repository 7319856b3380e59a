import type { Doubt } from './doubts.js';
import type { NewEvent } from './event.js';
import { readData } from './proposal.js';
import type { EventCorrected } from '../events/event-corrected.js';
import { termsOf, type TargetSet } from '../events/target-set.js';
import { upcast } from '../events/versions.js';
import { effective } from '../state/logged-event.js';
import { GOALS_BY_PROMISE, promiseOf } from '../state/record-indexes.js';
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

function sameGoal(state: StreamState, goal: TargetSet): Doubt[] {
  const same = GOALS_BY_PROMISE.find(state, promiseOf(termsOf(goal)));
  const other = same.find(({ target }) => target !== goal.target);
  if (!other) return [];
  const message = `is ${goal.target}, and ${other.target} promises the same: record TargetRestated where it was said again`;
  return [{ code: 'same-goal', field: 'data.target', message }];
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
