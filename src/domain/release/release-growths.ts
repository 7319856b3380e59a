import type { EdtfDate } from '../ledger/edtf.js';
import { monthsLater } from './months.js';
import type { PrintedNumber } from './printed-number.js';
import type { Cell, ReleaseFigure } from './release-figure.js';

/** A figure and its place in the table, before growth rates are attached. */
export interface Placed {
  readonly row: number;
  readonly column: number;
  figure: ReleaseFigure;
}

/** A growth rate, its place in the table, and what its labels say. */
export interface PlacedGrowth {
  readonly row: number;
  readonly column: number;
  readonly cell: Cell;
  readonly percent: Extract<PrintedNumber, { kind: 'percent' }>;
  /** The period that its labels name. */
  readonly period: EdtfDate | undefined;
  /** The rate is below its figures, rather than beside them. */
  readonly isRow: boolean;
}

/** Attaches each growth rate to its figure. Returns the cells of the rates that belong to no figure. */
export function putGrowths(
  placed: readonly Placed[],
  growths: readonly PlacedGrowth[],
  month: string,
): Cell[] {
  const left: Cell[] = [];
  const inRow = groupsOf(placed, ({ row }) => row);
  const inColumn = groupsOf(placed, ({ column }) => column);
  const ratesInRow = groupsOf(growths, ({ row }) => row);
  for (const growth of growths) {
    const { row, column, isRow } = growth;
    const candidates = isRow
      ? (inColumn.get(column) ?? []).filter((each) => each.row < row).sort((a, b) => b.row - a.row)
      : (inRow.get(row) ?? []).filter((each) => each.column < column).sort((a, b) => b.column - a.column);
    const of = grownOf(candidates, growth, month, besideIt(growth, ratesInRow.get(row) ?? []));
    if (!of) {
      left.push(growth.cell);
      continue;
    }
    const { value: percent, halfWidth: plusMinus } = growth.percent;
    const on = monthsLater(of.figure.period, -12);
    of.figure = { ...of.figure, growth: { percent, plusMinus, on, cell: growth.cell } };
  }
  return left;
}

function groupsOf<T>(things: readonly T[], key: (thing: T) => number): ReadonlyMap<number, readonly T[]> {
  const groups = new Map<number, T[]>();
  for (const thing of things) groups.set(key(thing), [...(groups.get(key(thing)) ?? []), thing]);
  return groups;
}

/**
 * The place of a rate among adjacent rates that name no period. Such rates are in the order of the figures.
 */
function besideIt(growth: PlacedGrowth, ofRow: readonly PlacedGrowth[]): { place: number; of: number } {
  const is = (offset: number): boolean =>
    ofRow.some(
      ({ column, period, isRow }) => !isRow && period === undefined && column === growth.column + offset,
    );
  if (growth.isRow || growth.period !== undefined) return { place: 0, of: 1 };
  let [before, after] = [0, 0];
  while (is(-before - 1)) before += 1;
  while (is(after + 1)) after += 1;
  return { place: before, of: before + after + 1 };
}

/** Finds the figure of a rate. The candidates precede the rate, the nearest first. */
function grownOf(
  candidates: readonly Placed[],
  { period }: PlacedGrowth,
  month: string,
  { place, of }: { readonly place: number; readonly of: number },
): Placed | undefined {
  if (period !== undefined) {
    const told = candidates.find(({ figure }) => figure.period === period);
    if (told) return told;
  }
  const live = candidates.filter(({ figure }) => !isPast(figure.period, month) && !figure.growth);
  const inOrder = candidates
    .filter(({ figure }) => !isPast(figure.period, month))
    .slice(0, of)
    .reverse();
  if (of > 1 && inOrder.length === of) return inOrder[place];
  const hasYearBefore = ({ figure }: Placed): boolean =>
    candidates.some((other) => other.figure.period === monthsLater(figure.period, -12));
  return live.find(hasYearBefore) ?? live.find(({ figure }) => figure.period.endsWith(month)) ?? live[0];
}

const isPast = (period: EdtfDate, month: string): boolean => period.slice(0, 4) < month.slice(0, 4);
