import { stringify } from 'csv-stringify/sync';
import { defused } from '../../formats/spreadsheet.js';
import { csvOf } from '../csv.js';
import type { DataTable } from '../page.js';
import type { TableNote } from './table-notes.js';

/** A table for people: the notes, one per line, then an empty line, then the table. */
export function csvWithNotes(table: DataTable, notes: readonly TableNote[]): string {
  const lines = notes.map(([label, text]) => [label, defused(text)]);
  return `${stringify(lines, { record_delimiter: 'windows', quoted_match: /[\r\n]/ })}\r\n${csvOf(table)}`;
}
