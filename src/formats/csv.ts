import { stringify } from 'csv-stringify/sync';
import type { RecordedEvent } from '../domain/ledger/event.js';
import { EVENT_TYPES, isEventType } from '../domain/events/catalogue.js';
import { fieldsOf } from '../domain/events/validation.js';
import { versionsOf } from '../domain/events/versions.js';
import { isPlainObject } from '../domain/events/fields.js';
import { nearest } from '../domain/ledger/resemblance.js';
import { csvRows, type CsvRow, type Separator } from './csv-rows.js';
import { parseJson, UnusableJson } from './json-text.js';
import { inFileOrder, unreadable, type LedgerLine } from './ledger-line.js';
import { asUtf8 } from './utf-16.js';

/**
 * Events as a table for spreadsheets: one column per field of the envelope and of any version of any type's
 * data (`data.market`). Lists and objects are JSON in their cell. The first piece of evidence has its own
 * columns (`evidence.url` …); the others are a JSON list in `evidence.more`.
 */
const ENVELOPE = [
  'position',
  'stream',
  'revision',
  'id',
  'type',
  'version',
  'occurredOn',
  'note',
  'warnings',
  'duplicateOf',
  'recordedAt',
  'recordedBy',
] as const;
const EVIDENCE = [
  'url',
  'publisher',
  'publishedOn',
  'grade',
  'quote',
  'note',
  'stance',
  'language',
  'archived',
] as const;
const LISTS = new Set<string>(['warnings', 'confirm']);
const NUMBERS = new Set<string>(['position', 'revision', 'version']);

const dataFields = [
  ...new Set(EVENT_TYPES.flatMap(versionsOf).flatMap(({ data }) => [...fieldsOf(data).keys()])),
];

export const CSV_COLUMNS: readonly string[] = [
  ...ENVELOPE.slice(0, 7),
  ...dataFields.map((name) => `data.${name}`),
  ...EVIDENCE.map((name) => `evidence.${name}`),
  'evidence.more',
  ...ENVELOPE.slice(7),
];

/** The columns that exports of all releases have. */
const EVERY_EXPORT = [
  'position',
  'stream',
  'revision',
  'id',
  'type',
  'occurredOn',
  'recordedAt',
  'recordedBy',
];

export const csvHeader = (columns = CSV_COLUMNS): string => stringify([[...columns]]);

/**
 * The columns in the header line of an export of any release; undefined if it is not one. Types and fields
 * are never removed, so all columns of any release are known.
 */
export function columnsOf(header: string): readonly string[] | undefined {
  const columns = header.trimEnd().split(',');
  const isWhole = EVERY_EXPORT.every((name) => columns.includes(name));
  const isEachOnce = new Set(columns).size === columns.length;
  return isWhole &&
    isEachOnce &&
    columns.every((name) => CSV_COLUMNS.includes(name)) &&
    csvHeader(columns) === header
    ? columns
    : undefined;
}

/** The exact line of an event in a table with some columns. Spreadsheets may run a cell as a formula. */
export function toCsvLine(event: RecordedEvent, columns: readonly string[] = CSV_COLUMNS): string {
  return stringify([csvCells(event, columns)], { quoted_match: /^\s|\s$/ });
}

/** The cells of an event: numbers and texts unchanged, everything else as JSON; empty for missing values. */
export function csvCells(event: RecordedEvent, columns: readonly string[]): (string | number)[] {
  const { data, evidence, ...envelope } = inFileOrder(event);
  const [first, ...more] = Array.isArray(evidence) ? (evidence as unknown[]) : [];
  const cells: Record<string, unknown> = {
    ...envelope,
    ...prefixed('data.', data),
    ...prefixed('evidence.', first),
    ...(more.length > 0 && { 'evidence.more': more }),
  };
  return columns.map((column) => cellOf(cells[column]));
}

function prefixed(prefix: string, value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, content]) => [prefix + name, content]))
    : {};
}

function cellOf(value: unknown): string | number {
  if (value === undefined) return '';
  return typeof value === 'string' || typeof value === 'number' ? value : JSON.stringify(value);
}

/** Maximum number of columns of a table: many times the number of fields in the catalogue. */
const MOST_COLUMNS = 1000;

interface Header {
  readonly names: readonly string[];
  readonly bytes: Buffer;
  readonly separator: Separator;
}

/**
 * Reads events from a table with a header line, as written by an export or a spreadsheet: in UTF-8 or UTF-16,
 * separated by commas, semicolons or tabs. With semicolons or tabs, decimal commas are accepted. An unknown
 * column is a fault of each line that fills it; with an unusable header, every line is faulty.
 */
export async function* readCsv(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<LedgerLine> {
  let header: Header | { readonly fault: string } | undefined;
  let separator: Separator = ',';
  const separatorOfTable = (line: string): Separator => (separator = separatorIn(line));
  for await (const row of csvRows(asUtf8(bytes), separatorOfTable)) {
    const { line, end, text } = row;
    if (header) {
      yield 'fault' in header
        ? { line, bytes: row.bytes, end, text, content: unreadable(header.fault) }
        : { line, bytes: row.bytes, end, text, header: header.bytes, content: contentOf(header, row) };
      continue;
    }
    if (SEPARATOR_LINE.test(text)) continue;
    const names = row.cells?.map(columnNamed);
    const fault = row.fault ?? faultOfHeader(names ?? []);
    if (fault === undefined && names) {
      header = { names, bytes: withEnd(row), separator };
      continue;
    }
    yield { line, bytes: row.bytes, end, text, content: unreadable(`is no header of a table: it ${fault}`) };
    header = { fault: `cannot be read, because the header on line ${line} cannot be used` };
  }
}

/** A separator declaration, which some spreadsheets write above a table. */
const SEPARATOR_LINE = /^"?sep=([;,\t])"?[;,\t]*$/i;

/** The separator of a table, from its first line: the one that gives the most known columns. */
function separatorIn(line: string): Separator {
  const told = SEPARATOR_LINE.exec(line)?.[1];
  if (told !== undefined) return told as Separator;
  const [best] = SEPARATORS.map((separator) => {
    const names = line.split(separator).map((name) => columnNamed(name.replaceAll('"', '')));
    return { separator, known: names.filter((name) => KNOWN_COLUMNS.has(name)).length, all: names.length };
  }).sort((a, b) => b.known - a.known || b.all - a.all);
  return best?.separator ?? ',';
}

const SEPARATORS = [',', ';', '\t'] as const;

/** The columns of an export, and the additional ones that a line may fill. */
const KNOWN_COLUMNS: ReadonlySet<string> = new Set([...CSV_COLUMNS, 'confirm']);
const BY_SMALL_LETTERS = new Map([...KNOWN_COLUMNS].map((name) => [name.toLowerCase(), name]));

/** A column by its name in a header, ignoring case. */
function columnNamed(cell: string): string {
  const name = cell.trim();
  return BY_SMALL_LETTERS.get(name.toLowerCase()) ?? name;
}

/** A header has the same line end as the lines below it. */
const withEnd = ({ bytes, end }: CsvRow): Buffer => Buffer.concat([bytes, Buffer.from(end || '\n')]);

function faultOfHeader(names: readonly string[]): string | undefined {
  if (names.length > MOST_COLUMNS) return `has ${names.length} columns, at most ${MOST_COLUMNS} are read`;
  const twice = names.find((name, index) => name !== '' && names.indexOf(name) !== index);
  if (twice !== undefined) return `names the column ${twice} twice`;
  const missing = ['stream', 'type'].filter((name) => !names.includes(name));
  if (missing.length === 0) return undefined;
  const unknown = names.flatMap((name) => (name === '' || KNOWN_COLUMNS.has(name) ? [] : [suggestion(name)]));
  const told = unknown.length === 0 ? '' : `, and does not know ${unknown.slice(0, MOST_TOLD).join(', ')}`;
  return `has no column ${missing.join(' and ')}${told}; a table is UTF-8 or UTF-16, separated by commas, semicolons or tabs, and its columns are those of an export: stream, type, occurredOn, data.market, evidence.url …`;
}

/** Maximum number of unknown columns in a message. */
const MOST_TOLD = 5;

/** An unknown column, with the known column that was probably meant. */
function suggestion(name: string): string {
  const known = nearest(name, CSV_COLUMNS) ?? nearest(`data.${name}`, CSV_COLUMNS);
  return known === undefined ? `"${name}"` : `"${name}" (${known}?)`;
}

function contentOf({ names, separator }: Header, row: CsvRow): LedgerLine['content'] {
  return row.cells ? eventFrom(names, row.cells, separator) : unreadable(row.fault);
}

function eventFrom(
  header: readonly string[],
  cells: readonly string[],
  separator: Separator,
): LedgerLine['content'] {
  // Spreadsheets add blank cells at the end.
  const filled = cells.findLastIndex((cell) => cell !== '') + 1;
  if (filled > header.length) return unreadable(`has ${filled} cells, the header only ${header.length}`);
  const envelope: [string, unknown][] = [];
  const data: [string, unknown][] = [];
  const evidence: [string, unknown][] = [];
  let more: unknown;
  const cellIn = (column: string) => cells[header.indexOf(column)] ?? '';
  const version = cellIn('version') === '' && cellIn('recordedAt') !== '' ? '1' : cellIn('version');
  const kindOf = (field: string) => kindIn(cellIn('type'), version, field);
  for (const [index, cell] of cells.entries()) {
    const column = header[index] ?? '';
    if (cell === '') continue;
    if (column === '') return unreadable(`has text in column ${index + 1}, which has no name`);
    if (column === 'data' || column === 'evidence')
      return unreadable(
        `has text in the column ${column}: each of its fields has a column, such as ${column}.${column === 'data' ? 'market' : 'url'}`,
      );
    try {
      if (column.startsWith('data.')) {
        const field = column.slice(5);
        data.push([field, valueOf(cell, kindOf(field), separator)]);
      } else if (column === 'evidence.more') more = parseJson(cell);
      else if (column.startsWith('evidence.')) {
        const field = column.slice(9);
        evidence.push([field, field === 'archived' ? parseJson(cell) : cell]);
      } else envelope.push([column, isJsonColumn(column) ? parseJson(cell) : cell]);
    } catch (error) {
      if (error instanceof UnusableJson) return unreadable(`${column} ${error.message}`);
      return unreadable(
        `${column} is ${JSON.stringify(cell.slice(0, LONGEST_TOLD))}; it must hold a number without separators of thousands, such as 1234.5, true or false, or a list, such as NO, SE or ["NO","SE"]`,
      );
    }
  }
  if (more !== undefined && !Array.isArray(more))
    return unreadable('evidence.more must hold a JSON list of the sources after the first');
  const pieces = [
    ...(evidence.length > 0 ? [Object.fromEntries(evidence)] : []),
    ...((more as unknown[] | undefined) ?? []),
  ];
  // Built from entries, so that a column named __proto__ becomes an ordinary unknown field.
  const event = { ...Object.fromEntries(envelope), data: Object.fromEntries(data) };
  return { kind: 'event', event: { ...event, ...(pieces.length > 0 && { evidence: pieces }) } };
}

const isJsonColumn = (column: string): boolean => NUMBERS.has(column) || LISTS.has(column);

/** Maximum number of characters quoted from a cell. */
const LONGEST_TOLD = 40;

/** What a column's cells contain; `textual` tells whether that can be text. */
interface CellKind {
  readonly textual: 'always' | 'never' | 'maybe';
  /** A list of texts, which people write with commas. */
  readonly isListOfTexts: boolean;
}

function valueOf(cell: string, { textual, isListOfTexts }: CellKind, separator: Separator): unknown {
  if (textual === 'always') return cell;
  if (textual === 'never') {
    if (isListOfTexts && !cell.trimStart().startsWith('[')) return itemsOf(cell);
    return parseJson(asJson(cell, separator));
  }
  try {
    return parseJson(cell);
  } catch (error) {
    if (error instanceof UnusableJson) throw error;
    return cell;
  }
}

/** Splits "NO, SE" into a list of two. */
const itemsOf = (cell: string): string[] =>
  cell
    .split(/[,;|]/)
    .map((item) => item.trim())
    .filter((item) => item !== '');

/** Converts a spreadsheet cell to JSON: TRUE to true, and 1,5 to 1.5 if commas do not separate cells. */
function asJson(cell: string, separator: Separator): string {
  if (/^(?:true|false)$/i.test(cell)) return cell.toLowerCase();
  return separator !== ',' && /^[+-]?\d+,\d+$/.test(cell) ? cell.replace(',', '.') : cell;
}

/**
 * What a field contains, in the version that a line names or else in all versions; `maybe` text if they
 * differ. Cells of unknown types or fields are read as text.
 */
function kindIn(type: string, version: string, field: string): CellKind {
  if (!isEventType(type)) return TEXT;
  const schemas = versionsOf(type)
    .filter((each) => version === '' || String(each.version) === version)
    .flatMap(({ data }) => fieldsOf(data).get(field) ?? [])
    .map(({ kind }) => kind.schema);
  const isText = schemas.map((schema) => schema['type'] === 'string');
  if (isText.every((is) => is)) return TEXT;
  return {
    textual: isText.some((is) => is) ? 'maybe' : 'never',
    isListOfTexts: schemas.every(
      ({ type: of, items }) => of === 'array' && isPlainObject(items) && items['type'] === 'string',
    ),
  };
}

const TEXT: CellKind = { textual: 'always', isListOfTexts: false };
