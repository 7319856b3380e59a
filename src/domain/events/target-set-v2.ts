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
import { RelativeTo } from './relative-to.js';
import { BASES, MEASURE_NAMES, UNITS, type Basis, type Measure, type Unit } from '../measures/measures.js';
import {
  FIRMNESS,
  GOAL_KINDS,
  SAYERS,
  THRESHOLD_QUALIFIERS,
  type Firmness,
  type GoalKind,
  type Sayer,
  type ThresholdQualifier,
} from '../state/records.js';

/** The terms of a target before a goal could be limited to some vehicles. */
export class TargetSetV2 {
  @Slug('A short name of your own, which no other target of the automaker has')
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

export class TargetRevisedV2 extends TargetSetV2 {
  @Optional()
  @Text('Why, where it was said')
  reason?: string;
}
