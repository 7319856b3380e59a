import { stringify } from 'csv-stringify/sync';
import type { RecordedEvent } from '../domain/ledger/event.js';
import { CSV_COLUMNS, csvCells } from './csv.js';

/** What begins a formula, in the scripts that spreadsheets take it in. */
const FORMULA = '[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]';
/** White space and what is not seen, which spreadsheets may skip before a formula; so much of it, that it is searched once. */
const SKIPPED = '[\\s\\p{Cf}\\p{Cc}]{0,100}';
/** Where a cell begins, also to a spreadsheet that takes something else than a comma for the end of a cell. */
const BEGINNING = new RegExp(`([;\\t\\r\\n]"*|^)(?=${SKIPPED}${FORMULA})`, 'gu');
/** Excel takes a cell that begins so for more than text, whatever comes then. */
const CONTROL = /^[\t\r\n]/;

/** A text as a cell that a spreadsheet shows, and never runs: an apostrophe goes before what would begin a formula. */
export function defused(text: string): string {
  const told = text.replaceAll(BEGINNING, "$1'");
  return CONTROL.test(told) ? `'${told}` : told;
}

/** Excel takes a file without it for one of the machine's own encoding. */
const BYTE_ORDER_MARK = '\ufeff';

/** The first line of a table for people. */
export const spreadsheetHeader = (): string => BYTE_ORDER_MARK + lineOf(CSV_COLUMNS);

/** The line of an event in a table for people: the columns of the exact one, and no cell is a formula. It cannot be verified. */
export const toSpreadsheetLine = (event: RecordedEvent): string =>
  lineOf(csvCells(event, CSV_COLUMNS).map((cell) => (typeof cell === 'number' ? cell : defused(cell))));

const lineOf = (cells: readonly (string | number)[]): string =>
  stringify([[...cells]], { record_delimiter: 'windows', quoted_match: /[\r\n;\t]|^\s|\s$/ });
