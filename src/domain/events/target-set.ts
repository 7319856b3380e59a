import { eventType, type Refusal } from '../event-type.js';
import { Count, DateOrInterval, Market, OneOf, Optional, PositiveAmount, Slug, Text } from '../fields.js';
import {
  BASES,
  MEASURE_NAMES,
  MEASURES,
  UNITS,
  type Basis,
  type Measure,
  type Unit,
} from '../measures/measures.js';
import { FIRMNESS, type Firmness, type TargetRecord, type TargetTerms } from '../records.js';
import type { Problem } from '../validation.js';

export class TargetSet {
  @Slug('Names the target among those of the automaker')
  target!: string;

  @OneOf(MEASURE_NAMES, 'What it counts')
  measure!: Measure;

  @PositiveAmount('What is to be reached, in the unit')
  threshold!: number;

  @OneOf(UNITS, 'Unit of the threshold; it goes with the measure')
  unit!: Unit;

  @Optional()
  @DateOrInterval(
    'When it is to be reached; an interval where the words leave it open: "early 2030s" is 2030/2033',
  )
  deadline?: string;

  @Text('The words that it was announced in')
  wording!: string;

  @Optional()
  @Slug('The brand or group that it is about, where it is not the automaker as such')
  entity?: string;

  @Optional()
  @OneOf(BASES, 'What is counted, where the words say so')
  basis?: Basis;

  @Optional()
  @Market('The one market that it is about')
  market?: string;

  @Optional()
  @OneOf(FIRMNESS, 'How firmly it was announced')
  firmness?: Firmness;

  @Optional()
  @Count('How often it is expected to be said again, in months; 18 where it is left out')
  restatedEveryMonths?: number;
}

/** What is wrong with the terms as a whole. */
export function checkTerms({ measure, unit, threshold, market }: TargetSet): Problem[] {
  const problems: Problem[] = [];
  const expected = MEASURES[measure];
  if (unit !== expected.unit) {
    problems.push({ field: 'unit', message: `must be ${expected.unit} for the measure ${measure}` });
  }
  if (expected.unit === 'percent' && threshold > 100) {
    problems.push({ field: 'threshold', message: 'must be at most 100 for a share in percent' });
  }
  if (expected.needsMarket && market === undefined) {
    problems.push({ field: 'market', message: `is missing; the measure ${measure} is about one market` });
  }
  return problems;
}

/** The terms without what names the target or explains the change. */
export function termsOf(data: TargetSet & { reason?: string }): TargetTerms {
  const { target: _target, reason: _reason, ...terms } = data;
  return terms;
}

/** Why a target cannot be changed: it is not there yet, or not any more. */
export function notOpen(record: TargetRecord | undefined, target: string): Refusal | undefined {
  if (!record) return { rule: 'target-not-set', message: `the target ${target} was not set by then` };
  const last = record.versions.at(-1);
  return record.withdrawn && last
    ? {
        rule: 'target-withdrawn',
        message: `the target ${target} was withdrawn by then`,
        contradicts: last.event,
      }
    : undefined;
}

export function termsInWords(
  { measure, threshold, unit, deadline, market }: TargetTerms,
  place: (code: string) => string,
): string {
  const where = market ? ` in ${place(market)}` : '';
  const by = deadline ? ` by ${deadline}` : ', no date given';
  return `${threshold.toLocaleString('en-GB')} ${unit === 'percent' ? '%' : unit} (${measure}${where})${by}`;
}

export const targetSet = eventType({
  type: 'TargetSet',
  summary: 'An automaker announced a goal.',
  data: TargetSet,
  stream: 'automaker',
  kind: 'target',
  subject: ({ target }) => target,
  check: checkTerms,
  rule: (record, { data }) => {
    const first = record?.versions[0];
    return (
      first && {
        rule: 'target-exists',
        message: `the target ${data.target} was set already; revise it, or choose another slug`,
        contradicts: first.event,
      }
    );
  },
  effect: (_, { id, occurredOn, data }) => ({
    target: data.target,
    withdrawn: false,
    versions: [{ event: id, occurredOn, type: 'TargetSet', terms: termsOf(data) }],
  }),
  sentence: (data, { automaker, place }) => `${automaker} set a target: ${termsInWords(data, place)}`,
});
