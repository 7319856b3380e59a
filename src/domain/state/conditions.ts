import { daysOf, type Day } from '../ledger/edtf.js';
import type { ConditionChange, ConditionRecord } from './records.js';

/** Whether a change is law. A change without a stage is; a proposal or a provisional measure is not. */
export const isInForce = ({ stage = 'in-force' }: Pick<ConditionChange, 'stage'>): boolean =>
  stage === 'in-force';

/**
 * The law of a condition on a day: its newest change that is in force and has taken effect by then. Proposed
 * and provisional changes do not alter it; undefined after the condition has ended.
 */
export function lawOn({ changes }: Pick<ConditionRecord, 'changes'>, on: Day): ConditionChange | undefined {
  const last = changes.findLast(
    ({ stage = 'in-force', occurredOn, effectiveOn }) =>
      (stage === 'in-force' || stage === 'ended') && daysOf(effectiveOn ?? occurredOn).last <= on,
  );
  return last?.stage === 'ended' ? undefined : last;
}
