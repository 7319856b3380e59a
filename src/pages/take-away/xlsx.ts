import type { Cell, DataTable } from '../page.js';
import { SOURCE_COLUMNS, type TableNote } from './table-notes.js';

/** Maximum number of characters in a cell of a workbook. */
const LONGEST_CELL = 32_767;
/** Characters that an XML document must not contain, not even escaped. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const BOLD = { fontWeight: 'bold' } as const;

type SheetCell = string | number | null | { readonly value: string; readonly fontWeight: 'bold' };

const cellOf = (cell: Cell): SheetCell =>
  typeof cell === 'string' ? cell.replace(NOT_XML, '').slice(0, LONGEST_CELL) : (cell ?? null);

const headOf = (columns: readonly string[]): SheetCell[] =>
  columns.map((column) => ({ value: column, ...BOLD }));

/** A table as a workbook with sheets for its rows, notes, and sources. Texts are never formulas. */
export async function xlsxOf(
  { columns, rows }: DataTable,
  notes: readonly TableNote[],
  sources: readonly (readonly Cell[])[],
): Promise<Buffer> {
  // Loaded on demand, because most runs never need it.
  const { default: writeWorkbook } = await import('write-excel-file/node');
  const widths = (count: number): { width: number }[] => Array.from({ length: count }, () => ({ width: 20 }));
  return writeWorkbook([
    {
      sheet: 'Data',
      data: [headOf(columns), ...rows.map((row) => row.map(cellOf))],
      columns: widths(columns.length),
      stickyRowsCount: 1,
    },
    {
      sheet: 'Notes',
      data: notes.map(([label, text]) => [{ value: label, ...BOLD }, cellOf(text)]),
      columns: [{ width: 24 }, { width: 100 }],
    },
    {
      sheet: 'Sources',
      data: [headOf(SOURCE_COLUMNS), ...sources.map((row) => row.map(cellOf))],
      columns: widths(SOURCE_COLUMNS.length),
      stickyRowsCount: 1,
    },
  ]).toBuffer();
}
