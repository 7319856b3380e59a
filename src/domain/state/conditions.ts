import { daysOf, type Day } from '../ledger/edtf.js';
import type { ConditionChange, ConditionRecord } from './records.js';

/** Whether a change is one of law: what nobody says of, is; a draft or a provisional measure is not. */
export const isInForce = ({ stage = 'in-force' }: Pick<ConditionChange, 'stage'>): boolean =>
  stage === 'in-force';

/**
 * What of a condition is law on a day: its newest change that is in force and has taken effect by then. What is proposed or
 * provisional changes nothing of it, what ended leaves nothing.
 */
export function lawOn({ changes }: Pick<ConditionRecord, 'changes'>, on: Day): ConditionChange | undefined {
  const last = changes.findLast(
    ({ stage = 'in-force', occurredOn, effectiveOn }) =>
      (stage === 'in-force' || stage === 'ended') && daysOf(effectiveOn ?? occurredOn).last <= on,
  );
  return last?.stage === 'ended' ? undefined : last;
}
