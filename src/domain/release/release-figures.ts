import {
  asBrand,
  isHeadOfBrands,
  labelKey,
  type Meaning,
  together,
  understand,
  type Understood,
} from './label-meaning.js';
import { barePercent, isNothing, printedNumber, type PrintedNumber } from './printed-number.js';
import { perimeterOfFigure, type Cell, type ReleaseFigure } from './release-figure.js';
import { putGrowths, type Placed, type PlacedGrowth } from './release-growths.js';
import { headRows, headsAbove, labelColumnsOf } from './release-layout.js';
import { perimeterOf, type Basis, type Measure } from '../measures/measures.js';

/** What all figures of a release have in common, unless their labels say otherwise. */
export interface ReleaseFrame {
  /** The month that the release is about: `2026-03`. */
  readonly month: string;
  readonly measure: Measure;
  readonly basis?: Basis;
  readonly entity?: string;
  readonly market?: string;
}

/** A label of the table, and its interpretation. */
export interface ReadLabel {
  readonly key: string;
  readonly label: string;
  readonly place: 'row' | 'column';
  readonly meaning: Meaning;
}

export interface ReadRelease {
  readonly figures: readonly ReleaseFigure[];
  readonly labels: readonly ReadLabel[];
  /** Cells that should hold a number but could not be read as one. */
  readonly unread: readonly Cell[];
}

const SAYS_NOTHING: Understood = { meaning: {}, words: {} };

/** Reads the figures of a labelled table. Labels name months, brands, powertrains, growth rates and parts. */
export function readRelease(
  grid: readonly (readonly string[])[],
  frame: ReleaseFrame,
  known: Readonly<Record<string, Meaning>> = {},
): ReadRelease {
  const { month } = frame;
  const heads = headRows(grid);
  const labelColumns = labelColumnsOf(grid.slice(heads));
  const width = Math.max(0, ...grid.map((row) => row.length));
  const labels = new Map<string, ReadLabel>();
  const understood = (label: string, place: ReadLabel['place'], isBrand = false): Understood => {
    if (label === '') return SAYS_NOTHING;
    const read = understand(label, month, known);
    const found = isBrand && known[labelKey(label)] === undefined ? asBrand(label, read) : read;
    labels.set(`${place} ${labelKey(label)}`, { key: labelKey(label), label, place, meaning: found.meaning });
    return found;
  };
  const both = (first: Understood, second: Understood): Understood => together(first, second, month);
  const columns = Array.from({ length: width }, (_, column) =>
    column < labelColumns
      ? undefined
      : headsAbove(grid.slice(0, heads), column, labelColumns)
          .map((label) => understood(label, 'column'))
          .reduce(both, SAYS_NOTHING),
  );
  const corner = cornerMeaning(grid.slice(0, heads), labelColumns, understood);
  const isOfBrands = Array.from({ length: labelColumns }, (_, column) =>
    grid.slice(0, heads).some((row) => isHeadOfBrands(row[column] ?? '')),
  );
  const placed: Placed[] = [];
  const growths: PlacedGrowth[] = [];
  const unread: Cell[] = [];
  const sections = new Sections();
  for (const [index, row] of grid.entries()) {
    if (index < heads) continue;
    const said = row
      .slice(0, labelColumns)
      .map((label, column) => understood(label, 'row', isOfBrands[column]));
    const alone = said.reduce(both, SAYS_NOTHING);
    if (isSection(row, labelColumns)) {
      sections.begin(alone);
      continue;
    }
    const own = both(sections.around(alone), alone);
    for (const [column, text] of row.entries()) {
      const of = columns[column];
      if (!of || isNothing(text)) continue;
      const { meaning, scale, isInPercent = false } = both(both(corner, of), own);
      if (meaning.isIgnored) continue;
      const cell = { row: index + 1, column: column + 1, text };
      const number = meaning.isGrowth
        ? (percentOf(printedNumber(text)) ?? barePercent(text, isInPercent))
        : printedNumber(text, scale);
      const periodSaid = both(of, own).meaning.period;
      if (number?.kind === 'percent')
        growths.push({
          row: index,
          column,
          cell,
          percent: number,
          period: periodSaid,
          isRow: own.meaning.isGrowth === true,
        });
      else if (!number) unread.push(cell);
      else {
        placed.push({ row: index, column, figure: figureOf(meaning, number, { cell, frame, row }) });
        if (number.growth)
          growths.push({
            row: index,
            column: column + 1,
            cell,
            percent: number.growth,
            period: undefined,
            isRow: false,
          });
      }
    }
  }
  unread.push(...putGrowths(placed, growths, month));
  return {
    figures: distinct(placed.map(({ figure }) => figure)),
    labels: [...labels.values()],
    unread: unread.sort((a, b) => a.row - b.row || a.column - b.column),
  };
}

const percentOf = (number: PrintedNumber | undefined): PrintedNumber | undefined =>
  number?.kind === 'percent' ? number : undefined;

/** A row with nothing but a label is a section heading: its label applies to the rows below. */
function isSection(row: readonly string[], labelColumns: number): boolean {
  const label = row.find((cell) => cell !== '') ?? '';
  return (
    label !== '' &&
    label.length <= 40 &&
    row.slice(labelColumns).every((cell) => cell === '' || cell === label)
  );
}

/** Tracks the context of a row: the section it is in, and the row that it is part of. */
class Sections {
  private section: Understood = SAYS_NOTHING;
  private above: Understood = SAYS_NOTHING;
  private isOver = false;

  begin(section: Understood): void {
    this.section = section;
    this.above = SAYS_NOTHING;
    this.isOver = false;
  }

  around(row: Understood): Understood {
    const { meaning } = row;
    if (meaning.isPart) return this.above;
    // A second total is the total of all sections.
    if (meaning.isTotal && this.isOver) this.begin(SAYS_NOTHING);
    this.isOver ||= meaning.isTotal === true;
    const { entity, ...rest } = this.section.meaning;
    // A section headed by a brand contains only rows that are parts of that brand. Any other row below a
    // brand without figures is unrelated to it.
    const isOfBrand = entity !== undefined && meaning.vehicles !== undefined;
    const around = isOfBrand ? this.section : { ...this.section, meaning: rest };
    if (!meaning.isGrowth) this.above = { ...around, ...row, meaning: { ...around.meaning, ...meaning } };
    return around;
  }
}

/**
 * Labels above the row labels, such as the table's title, give the measure, basis and period of all figures.
 */
function cornerMeaning(
  heads: readonly (readonly string[])[],
  columns: number,
  understood: (label: string, place: 'column') => Understood,
): Understood {
  const labels = heads.flatMap((row) => row.slice(0, columns));
  return labels.reduce<Understood>((all, label) => {
    const { meaning, words, scale } = understood(label, 'column');
    const { measure, basis, period, isIgnored } = meaning;
    if (isIgnored) return all;
    return {
      ...all,
      words: { ...all.words, ...words },
      meaning: {
        ...all.meaning,
        ...(measure && measure !== 'market-units' && { measure }),
        ...(basis && { basis }),
        ...(period !== undefined && { period }),
      },
      ...(scale !== undefined && { scale }),
    };
  }, SAYS_NOTHING);
}

function figureOf(
  told: Meaning,
  { value, halfWidth: plusMinus }: Extract<PrintedNumber, { kind: 'amount' }>,
  {
    cell,
    frame,
    row,
  }: { readonly cell: Cell; readonly frame: ReleaseFrame; readonly row: readonly string[] },
): ReleaseFigure {
  const { measure = frame.measure, rest } = told;
  return {
    cell,
    measure,
    ...perimeterOf({ ...frame, ...told }),
    ...(rest && { rest: { of: rest, label: row[0] ?? '' } }),
    period: told.period ?? frame.month,
    value,
    ...(plusMinus !== undefined && { plusMinus }),
  };
}

/** Removes duplicates: in January, the month and the year to date are the same figure. */
function distinct(figures: readonly ReleaseFigure[]): ReleaseFigure[] {
  const kept = new Map<string, ReleaseFigure>();
  for (const figure of figures) {
    const key = `${perimeterOfFigure(figure)} ${figure.period} ${figure.value}`;
    const before = kept.get(key);
    if (!before || (figure.growth && !before.growth)) kept.set(key, figure);
  }
  return [...kept.values()];
}
