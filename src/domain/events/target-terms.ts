import { MEASURES } from '../measures/measures.js';
import type { GoalKind, TargetTerms } from '../state/records.js';
import type { FieldError } from './field-kind.js';

/** The allowed goal kinds for each nature of a measure. */
const KINDS_OF = {
  flow: ['amount', 'rate', 'cumulative'],
  share: ['share'],
  level: ['level', 'presence'],
} as const satisfies Record<string, readonly GoalKind[]>;

/** Errors of a target's terms as a whole, beyond their single fields. */
export function problemsOfTerms(terms: TargetTerms): FieldError[] {
  return [...problemsOfThreshold(terms), ...problemsOfKind(terms)];
}

function problemsOfThreshold({ measure, unit, threshold, thresholdTo, qualifier, market }: TargetTerms) {
  const problems: FieldError[] = [];
  const expected = MEASURES[measure];
  if (unit !== expected.unit)
    problems.push({ field: 'unit', message: `must be ${expected.unit} for the measure ${measure}` });
  if (expected.unit === 'percent' && Math.max(threshold, thresholdTo ?? 0) > 100)
    problems.push({
      field: threshold > 100 ? 'threshold' : 'thresholdTo',
      message: 'must be at most 100 for a share in percent',
    });
  if (expected.needsMarket && market === undefined)
    problems.push({ field: 'market', message: `is missing; the measure ${measure} is about one market` });
  if ((qualifier === 'between') !== (thresholdTo !== undefined))
    problems.push({
      field: 'thresholdTo',
      message: 'goes with the qualifier between, and only with it: give both or neither',
    });
  else if (thresholdTo !== undefined && thresholdTo <= threshold)
    problems.push({ field: 'thresholdTo', message: `must be above the threshold ${threshold}` });
  return problems;
}

function problemsOfKind({ measure, kind, period, deadline, relativeTo }: TargetTerms): FieldError[] {
  const problems: FieldError[] = [];
  const { nature } = MEASURES[measure];
  const kinds: readonly GoalKind[] =
    nature === 'level' ? [measure === 'market-presence' ? 'presence' : 'level'] : KINDS_OF[nature];
  if (kind !== undefined && !kinds.includes(kind))
    problems.push({ field: 'kind', message: `must be ${kinds.join(', ')} for the measure ${measure}` });
  if (period !== undefined && nature === 'level')
    problems.push({ field: 'period', message: `does not go with the level ${measure}; give a deadline` });
  if (kind === 'rate' && period !== undefined)
    problems.push({
      field: 'period',
      message: 'does not go with a rate, which is of any year by the deadline',
    });
  if ((kind === 'amount' || kind === 'cumulative') && period === undefined && deadline === undefined)
    problems.push({ field: 'period', message: `is missing; a goal of the kind ${kind} is of one period` });
  if (relativeTo !== undefined && nature !== 'flow')
    problems.push({ field: 'relativeTo', message: 'goes with amounts over a period only' });
  return problems;
}
