import { Matches, MaxLength } from 'class-validator';
import { Optional } from '../../domain/events/fields.js';

/** Selects a page of a list that is kept beside the ledger, such as the reviews. */
export class QueueParameters {
  @Optional()
  @Matches(/^([1-9]|[1-9]\d|100)$/, { message: 'must be a number from 1 to 100' })
  limit?: string;

  /** The `next` of an earlier page. */
  @Optional()
  @MaxLength(64)
  after?: string;
}
