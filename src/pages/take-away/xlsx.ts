import type { Cell, DataTable } from '../page.js';
import { SOURCE_COLUMNS, type TableNote } from './table-notes.js';

/** A cell of a workbook holds no more characters. */
const LONGEST_CELL = 32_767;
/** What no XML document may hold, not even escaped. */
// eslint-disable-next-line no-control-regex -- control characters are what this is about
const NOT_XML = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]|\p{Surrogate}/gu;
const BOLD = { fontWeight: 'bold' } as const;

type SheetCell = string | number | null | { readonly value: string; readonly fontWeight: 'bold' };

const cellOf = (cell: Cell): SheetCell =>
  typeof cell === 'string' ? cell.replace(NOT_XML, '').slice(0, LONGEST_CELL) : (cell ?? null);

const headOf = (columns: readonly string[]): SheetCell[] =>
  columns.map((column) => ({ value: column, ...BOLD }));

/** A table as a workbook: its rows, what is to be known of them, and where they are stated. Texts are texts: none is a formula. */
export async function xlsxOf(
  { columns, rows }: DataTable,
  notes: readonly TableNote[],
  sources: readonly (readonly Cell[])[],
): Promise<Buffer> {
  // Loaded where a workbook is asked for: a start needs none.
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
