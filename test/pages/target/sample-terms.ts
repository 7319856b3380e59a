import type { TargetTerms } from '../../../src/domain/state/records.js';

/** The terms of a goal, with the ones under test replaced. */
export const sampleTerms = (terms: Partial<TargetTerms>): TargetTerms => ({
  measure: 'overseas-units',
  threshold: 90_000,
  unit: 'units',
  wording: 'ninety thousand abroad',
  ...terms,
});
