import { Amount, DateOrInterval, MarketOrEu, OneOf, Optional, Slug } from './fields.js';
import { BASES, MEASURE_NAMES, type Basis, type Measure } from '../measures/measures.js';

/** The fields before qualifiers, growth rates and restatements were introduced. */
export class FigureReportedV1 {
  @OneOf(MEASURE_NAMES, 'What it counts')
  measure!: Measure;

  @Amount('The figure, in the unit of its measure; shares in percent')
  value!: number;

  @Optional()
  @Amount('Half-width of its rounding, where known: "about 29,000" to the nearest thousand is 500')
  plusMinus?: number;

  @Optional()
  @DateOrInterval('The period that it is over, both ends included: 2025, 2025-09 or 2025-01-01/2025-09-30')
  period?: string;

  @Optional()
  @DateOrInterval('The day that it is as of; of a month or a year, the last day')
  asOf?: string;

  @Optional()
  @MarketOrEu('The one market that it is about')
  market?: string;

  @Optional()
  @Slug('The brand or group that it is about, where it is not the automaker as such')
  entity?: string;

  @Optional()
  @OneOf(BASES, 'What is counted, where the source says so')
  basis?: Basis;
}
