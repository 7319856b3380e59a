import Table from 'cli-table3';
import { shown } from './terminal.js';

/** What a cell shows. Nothing shows as a dash, so that columns of numbers stay columns of numbers. */
export type Cell = string | number | undefined;

/** A column: its head, or more where a column is not what its cells make of it. */
export type Column = string | { readonly head: string; readonly right?: boolean; readonly whole?: boolean };

/** Tables are no wider, so that they fit a terminal and a mail. */
export const WIDEST = 120;

const GAP = '  ';
const NARROWEST = 10;
/** Ids are copied into the next question, so they are never broken. */
const IS_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Numbers with thousands separators and at most two decimals. */
export function number(value: number | undefined): string {
  return value === undefined ? '' : value.toLocaleString('en-GB', { maximumFractionDigits: 2 });
}

/** A table for people: numbers to the right, long texts in several lines. Cells come as plain text; `paint` colours it. */
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

/** Two columns of names and values; what has no value is left out. */
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
  /** May not be narrower: it holds numbers or ids. */
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
    // A head of several words may take several lines.
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

/** Takes from the widest column first, until all of them fit. */
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

/** The text in lines of at most `width`: broken at spaces, or else after signs that join words, or else anywhere. */
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

/** A sentence in lines that a terminal can hold, the later ones set in. */
export const wrapped = (sentence: string): string =>
  broken(sentence, WIDEST - GAP.length).replaceAll('\n', `\n${GAP}`);
