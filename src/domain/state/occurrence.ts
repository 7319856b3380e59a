import type { EdtfDate } from '../ledger/edtf.js';

/** The event that a part of a record rests on, and when it happened. */
export interface Occurrence {
  readonly event: string;
  readonly occurredOn: EdtfDate;
}
