import Table from 'cli-table3';
import { shown } from './terminal.js';

/** The value of a cell. Undefined is shown as a dash, so that a column of numbers stays right-aligned. */
export type Cell = string | number | undefined;

/** A column: its head, with options where the defaults derived from its cells do not fit. */
export type Column = string | { readonly head: string; readonly right?: boolean; readonly whole?: boolean };

/** Maximum width of a table, so that it fits a terminal and an e-mail. */
export const WIDEST = 120;

const GAP = '  ';
const NARROWEST = 10;
/** Ids are never broken, because people copy them into the next query. */
const IS_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A number with thousands separators and at most two decimals. */
export function number(value: number | undefined): string {
  return value === undefined ? '' : value.toLocaleString('en-GB', { maximumFractionDigits: 2 });
}

/**
 * A table for people: numbers right-aligned, long texts in several lines. Cells are plain text; `paint`
 * colours them.
 */
export function table(
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
  paint: (text: string) => string = (text) => text,
): string {
  if (rows.length === 0) return '(none)\n';
  const layouts = columns.map((column, index) =>
    layoutOf(
      column,
      rows.map((row) => row[index]),
    ),
  );
  narrow(layouts);
  const made = new Table({
    head: layouts.map(({ head, width }) => broken(head, width)),
    chars: LINES,
    style: { head: [], border: [], compact: true, 'padding-left': 0, 'padding-right': 0 },
    colAligns: layouts.map(({ right }) => (right ? 'right' : 'left')),
  });
  for (const row of rows) {
    made.push(
      layouts.map(({ width }, index) =>
        broken(textOf(row[index]), width)
          .split('\n')
          .map((line) => paint(line))
          .join('\n'),
      ),
    );
  }
  return `${made.toString().replace(/ +$/gm, '')}\n`;
}

/** Two columns of names and values. Rows without a value are left out. */
export function facts(rows: readonly (readonly [string, Cell])[]): string {
  const told = rows.filter(([, value]) => value !== undefined && value !== '');
  const width = Math.max(0, ...told.map(([name]) => name.length));
  return told
    .map(([name, value]) => {
      const lines = broken(textOf(value), WIDEST - width - GAP.length).split('\n');
      return lines.map((line, index) => `${(index === 0 ? name : '').padEnd(width)}${GAP}${line}\n`);
    })
    .flat()
    .join('');
}

const LINES = {
  top: '',
  'top-mid': '',
  'top-left': '',
  'top-right': '',
  bottom: '',
  'bottom-mid': '',
  'bottom-left': '',
  'bottom-right': '',
  left: '',
  'left-mid': '',
  right: '',
  'right-mid': '',
  mid: '─',
  'mid-mid': '──',
  middle: GAP,
};

interface Layout {
  readonly head: string;
  readonly right: boolean;
  /** Whether the column cannot shrink, because it contains numbers or ids. */
  readonly fixed: boolean;
  width: number;
}

function layoutOf(column: Column, cells: readonly Cell[]): Layout {
  const { head, right, whole } =
    typeof column === 'string' ? { head: column, right: undefined, whole: undefined } : column;
  const hasNumbers = cells.some((cell) => typeof cell === 'number');
  const isNumeric = hasNumbers && cells.every((cell) => typeof cell !== 'string');
  const isIds = cells.some((cell) => typeof cell === 'string' && IS_ID.test(cell));
  return {
    head,
    right: right ?? isNumeric,
    fixed: isNumeric || isIds || (whole ?? false),
    // A head of several words may use several lines.
    width: Math.max(
      ...head.split(' ').map((word) => word.length),
      ...cells.flatMap((cell) =>
        textOf(cell)
          .split('\n')
          .map((line) => line.length),
      ),
    ),
  };
}

/** Shrinks the widest column first, until the table fits. */
function narrow(layouts: readonly Layout[]): void {
  const widest = WIDEST - GAP.length * (layouts.length - 1);
  for (;;) {
    const width = layouts.reduce((sum, each) => sum + each.width, 0);
    const candidates = layouts.filter(({ fixed, width: own }) => !fixed && own > NARROWEST);
    const first = candidates.reduce<Layout | undefined>(
      (most, each) => (most && most.width >= each.width ? most : each),
      undefined,
    );
    if (width <= widest || !first) return;
    first.width--;
  }
}

function textOf(cell: Cell): string {
  if (typeof cell === 'number') return number(cell);
  return cell === undefined ? '–' : shown(cell);
}

/**
 * Breaks a text into lines of at most `width`: at spaces, otherwise after joining signs, otherwise anywhere.
 */
function broken(text: string, width: number): string {
  const lines: string[] = [];
  for (const paragraph of text.split('\n')) {
    let rest = paragraph;
    while (rest.length > width) {
      const end = lineEnd(rest, width);
      lines.push(rest.slice(0, end).trimEnd());
      rest = rest.slice(end).trimStart();
    }
    lines.push(rest);
  }
  return lines.join('\n');
}

function lineEnd(text: string, width: number): number {
  const space = text.lastIndexOf(' ', width);
  if (space > width / 3) return space;
  const joint = Math.max(...['-', '/', ',', ';', ':'].map((sign) => text.lastIndexOf(sign, width - 1)));
  return joint > width / 3 ? joint + 1 : width;
}

/** Wraps a sentence for a terminal, with the later lines indented. */
export const wrapped = (sentence: string): string =>
  broken(sentence, WIDEST - GAP.length).replaceAll('\n', `\n${GAP}`);
