import { monthsLater } from './months.js';
import { labelKey, meaningOf, type Meaning } from './label-meaning.js';
import { isNothing, printedNumber, type PrintedNumber } from './printed-number.js';
import type { Basis, Measure, Vehicles } from '../measures/measures.js';
import type { EdtfDate } from '../ledger/edtf.js';

/** What all figures of a release have in common, where its labels do not say otherwise. */
export interface ReleaseFrame {
  /** The month that it is about: `2026-03`. */
  readonly month: string;
  readonly measure: Measure;
  readonly basis?: Basis;
  readonly entity?: string;
  readonly market?: string;
}

/** Where something stands in the pasted table, counted from 1, and as it stood. */
export interface Cell {
  readonly row: number;
  readonly column: number;
  readonly text: string;
}

/** A figure of a release, with all that it counts. */
export interface ReleaseFigure {
  readonly cell: Cell;
  readonly measure: Measure;
  readonly basis?: Basis;
  readonly vehicles?: Vehicles;
  readonly entity?: string;
  readonly market?: string;
  readonly period: EdtfDate;
  readonly value: number;
  readonly growth?: {
    readonly percent: number;
    readonly on: EdtfDate;
    readonly plusMinus: number;
    readonly cell: Cell;
  };
}

/** A label of the table, and how it was understood. */
export interface ReadLabel {
  readonly key: string;
  readonly label: string;
  readonly place: 'row' | 'column';
  readonly meaning: Meaning;
}

export interface ReadRelease {
  readonly figures: readonly ReleaseFigure[];
  readonly labels: readonly ReadLabel[];
  /** Cells that were expected to hold a number, and hold something else. */
  readonly unread: readonly Cell[];
}

/** The figures of a table whose rows and columns are labelled: months, brands, powertrains, growth, parts. */
export function readRelease(
  grid: readonly (readonly string[])[],
  frame: ReleaseFrame,
  known: Readonly<Record<string, Meaning>> = {},
): ReadRelease {
  const heads = headRows(grid);
  const labelColumns = labelColumnsOf(grid.slice(heads));
  const width = Math.max(0, ...grid.map((row) => row.length));
  const labels = new Map<string, ReadLabel>();
  const understood = (label: string, place: ReadLabel['place']): Meaning => {
    if (label === '') return {};
    const meaning = meaningOf(label, frame.month, known);
    labels.set(`${place} ${labelKey(label)}`, { key: labelKey(label), label, place, meaning });
    return meaning;
  };
  const columns = Array.from({ length: width }, (_, column) =>
    column < labelColumns ? undefined : columnMeaning(grid.slice(0, heads), column, labelColumns, understood),
  );
  const corner = cornerMeaning(grid.slice(0, heads), labelColumns, understood);
  const figures: ReleaseFigure[] = [];
  const unread: Cell[] = [];
  let above: Meaning = {};
  for (const [index, row] of grid.entries()) {
    if (index < heads) continue;
    const own = row
      .slice(0, labelColumns)
      .reduce<Meaning>((all, label) => merged(all, understood(label, 'row')), {});
    const meaning = own.isPart ? merged(above, own) : own;
    if (!own.isPart) above = own;
    const found: { readonly column: number; figure: ReleaseFigure }[] = [];
    const growths: {
      readonly column: number;
      readonly told: Meaning;
      readonly cell: Cell;
      readonly number: PrintedNumber;
    }[] = [];
    for (const [column, text] of row.entries()) {
      const of = columns[column];
      if (!of || isNothing(text)) continue;
      const told = merged(merged(corner, of), meaning);
      const cell = { row: index + 1, column: column + 1, text };
      const number = printedNumber(text);
      if (told.isIgnored) continue;
      if (!number) unread.push(cell);
      else if (told.isGrowth === true || number.kind === 'percent')
        growths.push({ column, told, cell, number });
      else found.push({ column, figure: figureOf(told, number.value, cell, frame) });
    }
    for (const { column, told, cell, number } of growths) {
      const grown = found.findLast(
        (each) =>
          each.column < column &&
          (told.period === undefined
            ? !isPast(each.figure.period, frame.month)
            : each.figure.period === told.period),
      );
      if (grown && number.kind === 'percent') {
        const { value: percent, halfWidth: plusMinus } = number;
        const on = monthsLater(grown.figure.period, -12);
        grown.figure = { ...grown.figure, growth: { percent, plusMinus, on, cell } };
      } else unread.push(cell);
    }
    figures.push(...found.map(({ figure }) => figure));
  }
  return { figures: distinct(figures), labels: [...labels.values()], unread };
}

/** Leading rows without a number, years and months aside. */
function headRows(grid: readonly (readonly string[])[]): number {
  const isBody = (row: readonly string[]): boolean =>
    row.slice(1).some((cell) => {
      const number = printedNumber(cell);
      return number !== undefined && !(number.kind === 'amount' && /^20\d\d$/.test(cell));
    });
  const first = grid.findIndex(isBody);
  return first < 0 ? grid.length : first;
}

/** Leading columns that hold labels in every row. */
function labelColumnsOf(rows: readonly (readonly string[])[]): number {
  const isLabel = (cell: string | undefined): boolean =>
    cell === undefined || cell === '' || (printedNumber(cell) === undefined && !isNothing(cell));
  let columns = 1;
  while (rows.length > 0 && columns < 4 && rows.every((row) => isLabel(row[columns]))) columns += 1;
  return columns;
}

/** What the heads above a column say together; a head that is left out is the one to its left, unless it is the lowest. */
function columnMeaning(
  heads: readonly (readonly string[])[],
  column: number,
  from: number,
  understood: (label: string, place: 'column') => Meaning,
): Meaning {
  return heads.reduce<Meaning>((all, row, level) => {
    let at = column;
    while (level < heads.length - 1 && at > from && (row[at] ?? '') === '') at -= 1;
    return merged(all, understood(row[at] ?? '', 'column'));
  }, {});
}

/** What stands above the labels of rows says of all figures what is counted, and how. */
function cornerMeaning(
  heads: readonly (readonly string[])[],
  columns: number,
  understood: (label: string, place: 'column') => Meaning,
): Meaning {
  const labels = heads.flatMap((row) => row.slice(0, columns));
  return labels.reduce<Meaning>((all, label) => {
    const { measure, basis } = understood(label, 'column');
    return { ...all, ...(measure && { measure }), ...(basis && { basis }) };
  }, {});
}

/** What two labels say of one cell. A total beside a brand is the total of that brand. */
function merged(first: Meaning, second: Meaning): Meaning {
  return { ...first, ...second };
}

function figureOf(told: Meaning, value: number, cell: Cell, frame: ReleaseFrame): ReleaseFigure {
  const { basis = frame.basis, entity = frame.entity, vehicles, measure = frame.measure } = told;
  const { market } = frame;
  return {
    cell,
    measure,
    ...(basis !== undefined && { basis }),
    ...(vehicles !== undefined && { vehicles }),
    ...(entity !== undefined && { entity }),
    ...(market !== undefined && { market }),
    period: told.period ?? frame.month,
    value,
  };
}

const isPast = (period: EdtfDate, month: string): boolean => period.slice(0, 4) < month.slice(0, 4);

/** The same figure is in a table twice where January is the year to date. */
function distinct(figures: readonly ReleaseFigure[]): ReleaseFigure[] {
  const kept = new Map<string, ReleaseFigure>();
  for (const figure of figures) {
    const key = `${perimeterOfFigure(figure)} ${figure.period} ${figure.value}`;
    const before = kept.get(key);
    if (!before || (figure.growth && !before.growth)) kept.set(key, figure);
  }
  return [...kept.values()];
}

/** A text that is equal for figures that count the same. */
export const perimeterOfFigure = ({
  measure,
  basis,
  vehicles,
  entity,
  market,
}: Omit<ReleaseFigure, 'cell' | 'value' | 'period'>): string =>
  [measure, basis, vehicles, entity, market].map((part) => part ?? '').join('|');
