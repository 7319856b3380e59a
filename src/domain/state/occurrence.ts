import type { EdtfDate } from '../ledger/edtf.js';

/** The event behind a part of a record, and when it happened. */
export interface Occurrence {
  readonly event: string;
  readonly occurredOn: EdtfDate;
}
