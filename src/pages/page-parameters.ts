import { IsIn, MaxLength } from 'class-validator';
import { ClockParameters, Optional } from '../api/clock-parameters.js';

/** The name of a table that is requested instead of its page. */
export const IsTableName = (): PropertyDecorator => together(Optional(), MaxLength(60));

/** True or omitted. */
export const IsYes = (): PropertyDecorator => together(Optional(), IsIn(['true']));

const together =
  (...all: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, name) => {
    for (const each of all) each(target, name);
  };

/** Whether a table is requested as a file, which has more rows than the page shows. */
export const wantsFile = ({ csv, xlsx }: { readonly csv?: string; readonly xlsx?: string }): boolean =>
  csv !== undefined || xlsx !== undefined;

/** The parameters of every page: the clocks, and the table to return as a file instead. */
export class PageParameters extends ClockParameters {
  /** The name of a table to return as CSV. */
  @IsTableName()
  csv?: string;

  /** The name of a table to return as a workbook. */
  @IsTableName()
  xlsx?: string;

  /** With `csv`: adds title, source, licence and notes before the table. */
  @IsYes()
  notes?: string;
}

/** Parameters of a page with a paged list. */
export class PagedPageParameters extends PageParameters {
  /** The `next` value of the previous part. */
  @Optional()
  @MaxLength(100)
  cursor?: string;
}
