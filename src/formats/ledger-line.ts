import type { RecordedEvent } from '../domain/ledger/event.js';
import type { LineEnd } from './lines.js';

/** The import formats of a ledger. */
export const FORMATS = ['jsonl', 'cloudevents', 'csv'] as const;
export type Format = (typeof FORMATS)[number];

/** The export formats: in addition, a table for people, which is not exact and cannot be imported. */
export const EXPORT_FORMATS = [...FORMATS, 'spreadsheet'] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** Warning for an exact table, so that nobody opens it without knowing the risk. */
export const EXACT_TABLE =
  'This CSV is exact, to be verified and imported: a cell that begins with = + - or @ is a formula to a spreadsheet. The format spreadsheet has none.';

export const MEDIA_TYPES: Readonly<Record<ExportFormat, string>> = {
  jsonl: 'application/x-ndjson',
  cloudevents: 'application/cloudevents+x-ndjson',
  csv: 'text/csv',
  spreadsheet: 'text/csv',
};

/** One line of an import, or why it could not be read. */
export interface LedgerLine {
  /** Line number in the file, from 1. For a row of several lines, the first one. */
  readonly line: number;
  /** The line as in the file, byte for byte, without its end. Empty if it is too long. */
  readonly bytes: Buffer;
  readonly end: LineEnd;
  /** The decoded bytes. */
  readonly text: string;
  /** The header of the row's table, with its line end. */
  readonly header?: Buffer;
  readonly content:
    | { readonly kind: 'event'; readonly event: Readonly<Record<string, unknown>> }
    | { readonly kind: 'unreadable'; readonly reason: string };
}

export const unreadable = (reason: string): LedgerLine['content'] => ({ kind: 'unreadable', reason });

/** An event as written, in the field order of files and pages. Version 1 of a type is not named. */
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
