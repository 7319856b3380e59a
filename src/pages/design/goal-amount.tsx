import type { VNode } from 'preact';
import type { TargetTerms } from '../../domain/state/records.js';
import { Value } from './value.js';
import { goalQualifier } from './words.js';

interface GoalAmountProps {
  readonly terms: TargetTerms;
  /** JSON pointer to the terms in the API's answer. */
  readonly at: string;
  readonly from?: string;
}

/** The amount of a goal with its stated precision: "about 90,000 vehicles", "3,000 to 3,500 vehicles". */
export function GoalAmount({ terms, at, from }: GoalAmountProps): VNode {
  const { threshold, thresholdTo, unit } = terms;
  const answer = from === undefined ? {} : { from };
  if (thresholdTo === undefined)
    return (
      <>
        {goalQualifier(terms)}
        <Value value={threshold} at={`${at}/threshold`} unit={unit} {...answer} />
      </>
    );
  return (
    <>
      <Value value={threshold} at={`${at}/threshold`} {...answer} /> to{' '}
      <Value value={thresholdTo} at={`${at}/thresholdTo`} unit={unit} {...answer} />
    </>
  );
}
