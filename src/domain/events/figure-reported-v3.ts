import { OneOf, Optional } from './fields.js';
import { FigureReportedV2 } from './figure-reported-v2.js';
import { FIGURE_SUMS, type FigureSum } from '../state/records.js';

/** The fields before a figure could cover several brands, or be derived by the analyst. */
export class FigureReportedV3 extends FigureReportedV2 {
  @Optional()
  @OneOf(FIGURE_SUMS, 'What it adds up, where the source says so: vehicles exported, and those built abroad')
  sumOf?: FigureSum;
}
