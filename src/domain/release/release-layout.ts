import { isNothing, printedNumber } from './printed-number.js';

/** Whether a cell may hold a number, in any unit. */
const isNumeric = (cell: string): boolean =>
  printedNumber(cell) !== undefined || printedNumber(cell, 1000) !== undefined;

/** The number of leading rows without a number. Years do not count as numbers. */
export function headRows(grid: readonly (readonly string[])[]): number {
  const isBody = (row: readonly string[]): boolean =>
    row.slice(1).some((cell) => isNumeric(cell) && !/^20\d\d$/.test(cell));
  const first = grid.findIndex(isBody);
  return first < 0 ? grid.length : first;
}

/** The number of leading columns that hold labels in every row. */
export function labelColumnsOf(rows: readonly (readonly string[])[]): number {
  const isLabel = (cell: string | undefined): boolean =>
    cell === undefined || cell === '' || (!isNumeric(cell) && !isNothing(cell));
  let columns = 1;
  while (rows.length > 0 && columns < 4 && rows.every((row) => isLabel(row[columns]))) columns += 1;
  return columns;
}

/** The headings above a column. An empty heading repeats the one to its left, except in the lowest row. */
export function headsAbove(heads: readonly (readonly string[])[], column: number, from: number): string[] {
  return heads.map((row, level) => {
    let at = column;
    while (level < heads.length - 1 && at > from && (row[at] ?? '') === '') at -= 1;
    return row[at] ?? '';
  });
}
