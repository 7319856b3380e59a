import { applyDecorators } from '@nestjs/common';
import { Matches } from 'class-validator';
import { Optional } from '../../domain/events/fields.js';

/** A parameter that is true or false, and false where it is left out. */
export const Flag = (): PropertyDecorator =>
  applyDecorators(Optional(), Matches(/^(?:true|false)$/, { message: 'must be true or false' }));

/**
 * The parameters of a request that records. Any other one is refused: a dry run that is asked for under another
 * name, such as `dryrun`, must record nothing.
 */
export class DryRunParameters {
  @Flag()
  dryRun?: 'true' | 'false';
}
