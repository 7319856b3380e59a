import { goalInSentence } from '../words/goals.js';
import { earlierVersion, eventType, type RuleViolation } from './event-type.js';
import {
  Count,
  DateOrInterval,
  Market,
  OneOf,
  Optional,
  Part,
  PositiveAmount,
  Slug,
  Text,
} from './fields.js';
import { BASES, MEASURE_NAMES, UNITS, type Basis, type Measure, type Unit } from '../measures/measures.js';
import {
  FIRMNESS,
  GOAL_KINDS,
  SAYERS,
  THRESHOLD_QUALIFIERS,
  type Firmness,
  type GoalKind,
  type Sayer,
  type TargetTerms,
  type ThresholdQualifier,
} from '../state/records.js';
import { grown, type SubjectStates } from '../state/subject-state.js';
import { TargetSetV1 } from './target-set-v1.js';
import { problemsOfTerms } from './target-terms.js';
import type { FieldError } from './field-kind.js';

/** A threshold as a multiple of what was reached in a period of the ledger. */
export class RelativeTo {
  @PositiveAmount('How many times as much: "double" is 2')
  factor!: number;

  @DateOrInterval('The period that it is compared with')
  period!: string;
}

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

  @Optional()
  @OneOf(
    GOAL_KINDS,
    'amount: in a period; rate: a year by the deadline; cumulative: from one day to another; share, level, presence',
  )
  kind?: GoalKind;

  @Optional()
  @DateOrInterval('The period of an amount, a cumulative amount or a share: 2026, or 2025-05/2030-04')
  period?: string;

  @Optional()
  @PositiveAmount('Upper end, where the threshold is an interval')
  thresholdTo?: number;

  @Optional()
  @OneOf(THRESHOLD_QUALIFIERS, 'How the words put the threshold')
  qualifier?: ThresholdQualifier;

  @Optional()
  @Part(RelativeTo, 'What the threshold is a multiple of, where the words give no number of their own')
  relativeTo?: RelativeTo;

  @Optional()
  @OneOf(SAYERS, 'Who said it; what an analyst expects is no goal')
  saidBy?: Sayer;
}

/** What is wrong with the terms as a whole. */
export const checkTerms = (terms: TargetSet): FieldError[] => problemsOfTerms(terms);

/** The terms without what names the target or explains the change. */
export function termsOf(data: TargetSet & { reason?: string }): TargetTerms {
  const { target: _target, reason: _reason, ...terms } = data;
  return terms;
}

/** Why a target cannot be changed: it is not there yet, or not any more. */
export function notOpen(
  record: SubjectStates['target'] | undefined,
  target: string,
): RuleViolation | undefined {
  if (!record) return { rule: 'target-not-set', message: `the target ${target} was not set by then` };
  const last = record.versions.last;
  return record.withdrawn && last
    ? {
        rule: 'target-withdrawn',
        message: `the target ${target} was withdrawn by then`,
        contradicts: last.event,
      }
    : undefined;
}

/** What is said of a goal that has no date. */
export const undated = ({ deadline, period }: TargetTerms): string =>
  deadline === undefined && period === undefined ? ', no date given' : '';

/** The title of a goal in a sentence that names it, where the ledger has one. */
export const titled = (title: string | undefined): string => (title === undefined ? '' : ` “${title}”`);

export const targetSet = eventType({
  type: 'TargetSet',
  summary: 'An automaker announced a goal.',
  data: TargetSet,
  // Of which kind the goal is follows from its words, for as long as nobody states it.
  previous: earlierVersion({
    data: TargetSetV1,
    check: checkTerms,
    upcast: (data): TargetSet => ({ ...data }),
  }),
  stream: 'automaker',
  kind: 'target',
  subject: ({ target }) => target,
  check: checkTerms,
  rule: (record, { data }) => {
    const first = record?.versions.get(0);
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
    versions: grown(undefined, { event: id, occurredOn, type: 'TargetSet', terms: termsOf(data) }),
  }),
  sentence: (data, words) => `${words.automaker} set a goal: ${goalInSentence(data, words)}${undated(data)}`,
});
