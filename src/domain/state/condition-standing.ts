import { daysOf, type Day } from '../ledger/edtf.js';
import { lawOn } from './conditions.js';
import type { ConditionChange, ConditionRecord } from './records.js';

/** How a condition stands on a day. */
export interface ConditionStanding {
  /** What of it is law. */
  readonly law?: ConditionChange;
  /** What was proposed or is provisional since, or is in force only later; oldest first. */
  readonly coming: readonly ConditionChange[];
  /** Everything else that was said of it, oldest first. */
  readonly past: readonly ConditionChange[];
}

/** Tells apart what of a condition is law on a day, what is only proposed or yet to take effect, and what is over. */
export function standingOf({ changes }: Pick<ConditionRecord, 'changes'>, on: Day): ConditionStanding {
  const law = lawOn({ changes }, on);
  const settled = changes.findLastIndex((change) => isSettled(change) && takesEffect(change) <= on);
  const coming = changes.filter(
    (change, index) => index > settled && (!isSettled(change) || takesEffect(change) > on),
  );
  return {
    ...(law && { law }),
    coming,
    past: changes.filter((change) => change !== law && !coming.includes(change)),
  };
}

const isSettled = ({ stage = 'in-force' }: ConditionChange): boolean =>
  stage === 'in-force' || stage === 'ended';
const takesEffect = ({ effectiveOn, occurredOn }: ConditionChange): Day =>
  daysOf(effectiveOn ?? occurredOn).last;
