import { Amount, DateOrInterval, EventIds, Market, OneOf, Optional, Part, Slug, Text } from './fields.js';
import { Growth } from './growth.js';
import {
  BASES,
  MEASURE_NAMES,
  VEHICLES,
  type Basis,
  type Measure,
  type Vehicles,
} from '../measures/measures.js';
import { FIGURE_QUALIFIERS, type FigureQualifier } from '../measures/rounding.js';

/** The fields before sources could state what a figure adds up. */
export class FigureReportedV2 {
  @OneOf(MEASURE_NAMES, 'What it counts')
  measure!: Measure;

  @Optional()
  @Amount(
    'The figure, in the unit of its measure; shares in percent. Left out where only an interval or a growth is told',
  )
  value?: number;

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
  @Market('The one market that it is about')
  market?: string;

  @Optional()
  @Slug('The brand or group that it is about, where it is not the automaker as such')
  entity?: string;

  @Optional()
  @OneOf(BASES, 'What is counted, where the source says so')
  basis?: Basis;

  @Optional()
  @OneOf(FIGURE_QUALIFIERS, 'How the source puts it; exact where it is left out')
  qualifier?: FigureQualifier;

  @Optional()
  @Amount('Lower end, of "between"')
  from?: number;

  @Optional()
  @Amount('Upper end, of "between"')
  to?: number;

  @Optional()
  @OneOf(VEHICLES, 'Which vehicles it counts; all where nobody says')
  vehicles?: Vehicles;

  @Optional()
  @Text('Who counted, where that is neither the automaker nor the publisher', 100)
  countedBy?: string;

  @Optional()
  @EventIds('The figures that it puts right')
  restates?: string[];

  @Optional()
  @Part(Growth, 'By how much it grew, where the source says so')
  growth?: Growth;
}
