import { Matches } from 'class-validator';
import { Optional } from '../../domain/events/fields.js';

/**
 * The parameters of a request that records. Any other one is refused: a dry run that is asked for under another
 * name, such as `dryrun`, must record nothing.
 */
export class DryRunParameters {
  @Optional()
  @Matches(/^(?:true|false)$/, { message: 'must be true or false' })
  dryRun?: string;
}
