import { Count, DateOrInterval, MarketOrEu, OneOf, Optional, PositiveAmount, Slug, Text } from './fields.js';
import { BASES, MEASURE_NAMES, UNITS, type Basis, type Measure, type Unit } from '../measures/measures.js';
import { FIRMNESS, type Firmness } from '../state/records.js';

/** The terms of a target before kinds, periods and qualifiers were introduced. */
export class TargetSetV1 {
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
  @MarketOrEu('The one market that it is about')
  market?: string;

  @Optional()
  @OneOf(FIRMNESS, 'How firmly it was announced')
  firmness?: Firmness;

  @Optional()
  @Count('How often it is expected to be said again, in months; 18 where it is left out')
  restatedEveryMonths?: number;
}

export class TargetRevisedV1 extends TargetSetV1 {
  @Optional()
  @Text('Why, where it was said')
  reason?: string;
}
