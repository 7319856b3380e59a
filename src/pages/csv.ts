import { stringify } from 'csv-stringify/sync';
import { defused } from '../formats/spreadsheet.js';
import type { DataTable } from './page.js';

/** A table as CSV (RFC 4180). Text that a spreadsheet would execute as a formula is written as plain text. */
export function csvOf({ columns, rows }: DataTable): string {
  const cells = rows.map((row) =>
    row.map((cell) => (typeof cell === 'string' ? defused(cell) : (cell ?? ''))),
  );
  return stringify([[...columns], ...cells], {
    record_delimiter: 'windows',
    // An unquoted line break would start a new row, whose first cell might be a formula.
    quoted_match: /[\r\n]/,
  });
}
