import { MaxLength } from 'class-validator';
import { ClockParameters, Optional } from '../api/clock-parameters.js';

/** The parameters of every page: the two clocks, and the table that is wanted as CSV instead. */
export class PageParameters extends ClockParameters {
  /** The name of a table of the page. */
  @Optional()
  @MaxLength(60)
  csv?: string;
}

/** Of a page that shows a list part by part. */
export class PagedPageParameters extends PageParameters {
  /** The `next` of an earlier part. */
  @Optional()
  @MaxLength(100)
  cursor?: string;
}
