import { IsIn, MaxLength } from 'class-validator';
import { ClockParameters, Optional } from '../api/clock-parameters.js';

/** The name of a table of a page, which is wanted instead of it. */
export const IsTableName = (): PropertyDecorator => together(Optional(), MaxLength(60));

/** Asked for, or left out. */
export const IsYes = (): PropertyDecorator => together(Optional(), IsIn(['true']));

const together =
  (...all: readonly PropertyDecorator[]): PropertyDecorator =>
  (target, name) => {
    for (const each of all) each(target, name);
  };

/** Whether a table of a page is wanted, which holds more than the page shows at a time. */
export const wantsFile = ({ csv, xlsx }: { readonly csv?: string; readonly xlsx?: string }): boolean =>
  csv !== undefined || xlsx !== undefined;

/** The parameters of every page: the clocks, and the table that is wanted as a file instead. */
export class PageParameters extends ClockParameters {
  /** The name of a table of the page. */
  @IsTableName()
  csv?: string;

  /** The same as a workbook. */
  @IsTableName()
  xlsx?: string;

  /** With `csv`: title, source, licence and notes before the table. */
  @IsYes()
  notes?: string;
}

/** Of a page that shows a list part by part. */
export class PagedPageParameters extends PageParameters {
  /** The `next` of an earlier part. */
  @Optional()
  @MaxLength(100)
  cursor?: string;
}
