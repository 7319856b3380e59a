import { stringify } from 'csv-stringify/sync';
import type { RecordedEvent } from '../domain/ledger/event.js';
import { CSV_COLUMNS, csvCells } from './csv.js';

/** Characters that begin a formula, in all variants that spreadsheets accept. */
const FORMULA = '[=+\\-@\\uff1d\\uff0b\\uff0d\\uff20]';
/**
 * White space and invisible characters, which spreadsheets may skip before a formula. Bounded, so that
 * matching stays linear.
 */
const SKIPPED = '[\\s\\p{Cf}\\p{Cc}]{0,100}';
/** The start of a cell, also for spreadsheets that use other separators than the comma. */
const BEGINNING = new RegExp(`([;\\t\\r\\n]"*|^)(?=${SKIPPED}${FORMULA})`, 'gu');
/** Excel treats a cell with such a beginning as more than text, whatever follows. */
const CONTROL = /^[\t\r\n]/;

/**
 * Makes a text safe for spreadsheets: an apostrophe in front of each possible formula prevents its execution.
 */
export function defused(text: string): string {
  const told = text.replaceAll(BEGINNING, "$1'");
  return CONTROL.test(told) ? `'${told}` : told;
}

/** Without this mark, Excel assumes the computer's own encoding. */
const BYTE_ORDER_MARK = '\ufeff';

/** The header line of a table for people. */
export const spreadsheetHeader = (): string => BYTE_ORDER_MARK + lineOf(CSV_COLUMNS);

/**
 * The line of an event in a table for people: the columns of the exact table, with all formulas disabled. It
 * cannot be verified.
 */
export const toSpreadsheetLine = (event: RecordedEvent): string =>
  lineOf(csvCells(event, CSV_COLUMNS).map((cell) => (typeof cell === 'number' ? cell : defused(cell))));

const lineOf = (cells: readonly (string | number)[]): string =>
  stringify([[...cells]], { record_delimiter: 'windows', quoted_match: /[\r\n;\t]|^\s|\s$/ });
