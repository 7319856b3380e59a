import { stringify } from 'csv-stringify/sync';
import { defused } from '../formats/spreadsheet.js';
import type { DataTable } from './page.js';

/** A table as CSV (RFC 4180). Text that a spreadsheet would run as a formula is told as text. */
export function csvOf({ columns, rows }: DataTable): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? defused(cell) : (cell ?? ''))),
  );
  return stringify([[...columns], ...cells], {
    record_delimiter: 'windows',
    // A line break of its own kind would begin a row, and its first cell might be a formula.
    quoted_match: /[\r\n]/,
  });
}
