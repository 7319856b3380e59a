import { IsIn, MaxLength } from 'class-validator';
import { ClockParameters, Optional } from '../api/clock-parameters.js';

/** The parameters of every page: the two clocks, and the table that is wanted as CSV instead. */
export class PageParameters extends ClockParameters {
  /** The name of a table of the page. */
  @Optional()
  @MaxLength(60)
  csv?: string;

  /** The same as a workbook. */
  @Optional()
  @MaxLength(60)
  xlsx?: string;

  /** With `csv`: title, source, licence and notes before the table. */
  @Optional()
  @IsIn(['true'])
  notes?: string;
}

/** Of a page that shows a list part by part. */
export class PagedPageParameters extends PageParameters {
  /** The `next` of an earlier part. */
  @Optional()
  @MaxLength(100)
  cursor?: string;
}
