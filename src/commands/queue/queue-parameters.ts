import { Matches, MaxLength } from 'class-validator';
import { Optional } from '../../domain/events/fields.js';

/** Which part of a list that waits beside the ledger is wanted. */
export class QueueParameters {
  @Optional()
  @Matches(/^([1-9]|[1-9]\d|100)$/, { message: 'must be a number from 1 to 100' })
  limit?: string;

  /** The `next` of an earlier part. */
  @Optional()
  @MaxLength(64)
  after?: string;
}
