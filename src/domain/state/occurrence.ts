import type { EdtfDate } from '../ledger/edtf.js';
import { bestGrade, type Evidence } from '../ledger/evidence.js';

/** The event behind a part of a record, and when it happened. */
export interface Occurrence {
  readonly event: string;
  readonly occurredOn: EdtfDate;
  /** All that supports it is rumour: it is told as one, and counts towards nothing. */
  readonly isRumour?: true;
}

/** An event as an occurrence. One without any evidence is the word of its author, and no rumour. */
export function occurrenceOf({
  id,
  occurredOn,
  evidence,
}: {
  readonly id: string;
  readonly occurredOn: EdtfDate;
  readonly evidence: readonly Evidence[];
}): Occurrence {
  const isRumour = evidence.length > 0 && bestGrade(evidence) === 'rumoured';
  return isRumour ? { event: id, occurredOn, isRumour } : { event: id, occurredOn };
}
