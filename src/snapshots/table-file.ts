import { stringify } from 'csv-stringify/sync';
import type { TableField, TableRow } from '../queries/tables/table.js';

/** A row as a line of CSV (RFC 4180), with the exact values: for programs, not for spreadsheets. */
export const lineOf = (cells: TableRow): string =>
  stringify([cells.map((cell) => (typeof cell === 'boolean' ? String(cell) : cell))], {
    record_delimiter: 'windows',
    quoted_match: /[\r\n]/,
  });

/** A table as lines of CSV, its header first. */
export async function* csvLines(
  fields: readonly TableField[],
  rows: AsyncIterable<TableRow> | Iterable<TableRow>,
): AsyncGenerator<string> {
  yield lineOf(fields.map(({ name }) => name));
  for await (const row of rows) yield lineOf(row);
}
