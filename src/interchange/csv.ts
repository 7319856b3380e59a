import { parse } from 'csv-parse';
import { stringify } from 'csv-stringify/sync';
import { Readable } from 'node:stream';
import type { RecordedEvent } from '../domain/event.js';
import { definitionOf, EVENT_TYPES } from '../domain/events/catalogue.js';
import { fieldsOf } from '../domain/validation.js';
import { inFileOrder, type LedgerLine } from './ledger-line.js';

/**
 * Events as a table: a column for each field of the envelope and of any type's data (`data.market`), so that a
 * spreadsheet can hold them. Lists and objects stand as JSON in their cell. The first piece of evidence has columns of
 * its own (`evidence.url` …); more of it stands as a JSON list in `evidence.more`.
 */
const ENVELOPE = [
  'position',
  'stream',
  'revision',
  'id',
  'type',
  'occurredOn',
  'note',
  'warnings',
  'duplicateOf',
  'recordedAt',
  'recordedBy',
] as const;
const EVIDENCE = ['url', 'publisher', 'publishedOn', 'grade', 'quote', 'note'] as const;
const NUMBERS = new Set<string>(['position', 'revision']);

const dataFields = [...new Set(EVENT_TYPES.flatMap((type) => [...fieldsOf(definitionOf(type).data).keys()]))];

export const CSV_COLUMNS: readonly string[] = [
  ...ENVELOPE.slice(0, 6),
  ...dataFields.map((name) => `data.${name}`),
  ...EVIDENCE.map((name) => `evidence.${name}`),
  'evidence.more',
  ...ENVELOPE.slice(6),
];

export const csvHeader = (): string => stringify([[...CSV_COLUMNS]]);

export function toCsvLine(event: RecordedEvent): string {
  const { data, evidence, ...envelope } = inFileOrder(event);
  const [first, ...more] = Array.isArray(evidence) ? (evidence as unknown[]) : [];
  const cells: Record<string, unknown> = {
    ...envelope,
    ...prefixed('data.', data),
    ...prefixed('evidence.', first),
    ...(more.length > 0 && { 'evidence.more': more }),
  };
  return stringify([CSV_COLUMNS.map((column) => cellOf(cells[column]))], { quoted_match: /^\s|\s$/ });
}

function prefixed(prefix: string, value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, content]) => [prefix + name, content]))
    : {};
}

/** Texts as they are; everything else as JSON, which for numbers is the same. */
function cellOf(value: unknown): string {
  if (value === undefined) return '';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** Reads events from a table with a header line. Unknown columns are faults of each line that fills them. */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LedgerLine> {
  const parser = Readable.from(bytes).pipe(
    parse({ bom: true, info: true, raw: true, relax_column_count: true, skip_empty_lines: true }),
  );
  let header: readonly string[] | undefined;
  try {
    for await (const entry of parser as AsyncIterable<{
      record: string[];
      raw: string;
      info: { lines: number };
    }>) {
      const { record, raw, info } = entry;
      if (!header) {
        header = record.map((name) => name.trim());
        continue;
      }
      yield { line: info.lines, text: raw.replace(/\r?\n$/, ''), content: eventFrom(header, record) };
    }
  } catch (error) {
    const line = error instanceof Error && 'lines' in error ? Number(error.lines) : 0;
    const reason = `is not CSV, and ends the file: ${error instanceof Error ? error.message : String(error)}`;
    yield { line, text: '', content: { kind: 'unreadable', reason } };
  }
}

function eventFrom(header: readonly string[], cells: readonly string[]): LedgerLine['content'] {
  if (cells.length > header.length) {
    return { kind: 'unreadable', reason: `has ${cells.length} cells, the header only ${header.length}` };
  }
  const event: Record<string, unknown> = {};
  const data: Record<string, unknown> = {};
  const evidence: Record<string, unknown> = {};
  let more: unknown;
  const type = cells[header.indexOf('type')] ?? '';
  for (const [index, cell] of cells.entries()) {
    const column = header[index] ?? '';
    if (cell === '') continue;
    if (cell.includes('\ufffd')) return { kind: 'unreadable', reason: `${column} is not valid UTF-8` };
    try {
      if (column.startsWith('data.'))
        data[column.slice(5)] = valueOf(cell, isTextField(type, column.slice(5)));
      else if (column === 'evidence.more') more = JSON.parse(cell);
      else if (column.startsWith('evidence.')) evidence[column.slice(9)] = cell;
      else event[column] = NUMBERS.has(column) || column === 'warnings' ? JSON.parse(cell) : cell;
    } catch {
      return {
        kind: 'unreadable',
        reason: `${column} must hold JSON: a number, or a list such as ["NO","SE"]`,
      };
    }
  }
  const pieces = [
    ...(Object.keys(evidence).length > 0 ? [evidence] : []),
    ...(Array.isArray(more) ? (more as unknown[]) : []),
  ];
  return { kind: 'event', event: { ...event, data, ...(pieces.length > 0 && { evidence: pieces }) } };
}

const valueOf = (cell: string, isText: boolean): unknown => (isText ? cell : JSON.parse(cell));

/** Whether a field of a type holds a text; of an unknown type or field, everything is taken as text. */
function isTextField(type: string, field: string): boolean {
  if (!(EVENT_TYPES as readonly string[]).includes(type)) return true;
  const schema = fieldsOf(definitionOf(type).data).get(field)?.kind.schema;
  return schema === undefined || schema['type'] === 'string';
}
