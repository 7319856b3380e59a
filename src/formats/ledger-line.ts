import type { RecordedEvent } from '../domain/ledger/event.js';
import type { LineEnd } from './lines.js';

/** The file formats of a ledger. */
export const FORMATS = ['jsonl', 'cloudevents', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** Besides those: a table for people, which is not exact and comes in by no import. */
export const EXPORT_FORMATS = [...FORMATS, 'spreadsheet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** What goes with a table that is exact, so that nobody opens it unawares. */
export const EXACT_TABLE =
  'This CSV is exact, to be verified and imported: a cell that begins with = + - or @ is a formula to a spreadsheet. The format spreadsheet has none.';

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/x-ndjson',
  cloudevents: 'application/cloudevents+x-ndjson',
  csv: 'text/csv',
  spreadsheet: 'text/csv',
};

/** One line of an import, or the reason why it could not be read. */
export interface LedgerLine {
  /** Line of the file, from 1; of a row of a table that goes over several, the first. */
  readonly line: number;
  /** The line as it stands in the file, byte for byte, without its end. Empty where it is too long to be kept. */
  readonly bytes: Buffer;
  readonly end: LineEnd;
  /** The bytes as a text. */
  readonly text: string;
  /** The header of the table that the line is a row of, with its end. */
  readonly header?: Buffer;
  readonly content:
    | { readonly kind: 'event'; readonly event: Readonly<Record<string, unknown>> }
    | { readonly kind: 'unreadable'; readonly reason: string };
}

export const unreadable = (reason: string): LedgerLine['content'] => ({ kind: 'unreadable', reason });

/** An event as it was written, in the order in which people and files see it. The first version of a type is not named. */
export function inFileOrder(event: RecordedEvent): Record<string, unknown> {
  const {
    position,
    stream,
    revision,
    id,
    type,
    occurredOn,
    evidence,
    note,
    warnings,
    recordedAt,
    recordedBy,
  } = event;
  const { version, data } = event.written ?? event;
  return {
    position,
    stream,
    revision,
    id,
    type,
    ...(version !== undefined && { version }),
    occurredOn,
    data,
    evidence,
    ...(note !== undefined && { note }),
    ...(warnings !== undefined && { warnings }),
    recordedAt,
    recordedBy,
  };
}
