import { daysOf, type Day } from '../ledger/edtf.js';
import { lawOn } from './conditions.js';
import type { ConditionChange, ConditionRecord } from './records.js';

/** The state of a condition on a day. */
export interface ConditionStanding {
  /** The change that is law. */
  readonly law?: ConditionChange;
  /** Later changes that are proposed, provisional or not yet effective; oldest first. */
  readonly coming: readonly ConditionChange[];
  /** Those of `coming` that were proposed for a day that is over: they became law in other words, or did not. */
  readonly overtaken: readonly ConditionChange[];
  /** All other changes, oldest first. */
  readonly past: readonly ConditionChange[];
}

/**
 * Sorts the changes of a condition: what is law on a day, what is proposed or not yet effective, and what is
 * over.
 */
export function standingOf({ changes }: Pick<ConditionRecord, 'changes'>, on: Day): ConditionStanding {
  const law = lawOn({ changes }, on);
  const settled = changes.findLastIndex((change) => isSettled(change) && takesEffect(change) <= on);
  const coming = changes.filter(
    (change, index) => index > settled && (!isSettled(change) || takesEffect(change) > on),
  );
  return {
    ...(law && { law }),
    coming,
    overtaken: coming.filter(
      ({ stage, effectiveOn }) =>
        stage === 'proposed' && effectiveOn !== undefined && daysOf(effectiveOn).last <= on,
    ),
    past: changes.filter((change) => change !== law && !coming.includes(change)),
  };
}

const isSettled = ({ stage = 'in-force' }: ConditionChange): boolean =>
  stage === 'in-force' || stage === 'ended';
const takesEffect = ({ effectiveOn, occurredOn }: ConditionChange): Day =>
  daysOf(effectiveOn ?? occurredOn).last;
