import { Beside } from '../state/beside.js';
import { grouped } from '../state/grouped.js';
import type { Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';
import { dayInWords } from '../words/dates.js';
import { MEASURE_WORDS } from '../words/goals.js';
import type { Bounds } from './bounds.js';
import { isFlow, perimeterKey, perimeterOf, type Measure, type Perimeter } from './measures.js';
import { reportBounds } from './report-bounds.js';
import { standingFigures } from './standing-figures.js';

/** The units counted from a common first day up to a later day. */
export interface CountedBy extends Bounds {
  readonly last: Day;
  readonly event: string;
}

/** A cumulative count that is lower on a later day than on an earlier one: restated, or net of returns. */
export interface FallingCount {
  readonly measure: Measure;
  readonly perimeter: Perimeter;
  /** The first day of both counts. */
  readonly first: Day;
  readonly earlier: CountedBy;
  readonly later: CountedBy;
  readonly words: string;
}

const NUMBERS = new Intl.NumberFormat('en');

/**
 * The cumulative counts of one perimeter that fall even if rounding is allowed for, by the later day. Each is
 * paired with the greatest count before it. A true count cannot fall, so one of the two was corrected
 * silently, or the later one deducts returns.
 */
export const fallingCounts = (figures: readonly FigureRecord[]): readonly FallingCount[] =>
  known.of(figures, findFalling);

/** Cached, because every goal asks for the same figures. */
const known = new Beside<readonly FigureRecord[], readonly FallingCount[]>();

function findFalling(figures: readonly FigureRecord[]): readonly FallingCount[] {
  const told = standingFigures(figures).filter((figure) => isFlow(figure) && figure.reports.length > 0);
  const counts = grouped(told, (figure) => `${figure.measure}|${perimeterKey(figure)}|${figure.first}`);
  return [...counts.values()].flatMap((group) => fallingOf(group));
}

function fallingOf(group: readonly FigureRecord[]): FallingCount[] {
  const found: FallingCount[] = [];
  let most: CountedBy | undefined;
  for (const figure of [...group].sort((a, b) => (a.last < b.last ? -1 : 1))) {
    const told = figure.reports.map((report): CountedBy => {
      const { lo, hi } = reportBounds(figure, report);
      return { lo, hi, last: figure.last, event: report.event };
    });
    for (const later of told)
      if (most && most.last < later.last && later.hi < most.lo) found.push(fallOf(figure, most, later));
    for (const each of told) if (!most || each.lo > most.lo) most = each;
  }
  return found;
}

function fallOf(figure: FigureRecord, earlier: CountedBy, later: CountedBy): FallingCount {
  const { measure, first } = figure;
  const words = `Counted from ${dayInWords(first)}, ${MEASURE_WORDS[measure]} fell from at least ${NUMBERS.format(earlier.lo)} by ${dayInWords(earlier.last)} to at most ${NUMBERS.format(later.hi)} by ${dayInWords(later.last)}: restated, or net of returns.`;
  return { measure, perimeter: perimeterOf(figure), first, earlier, later, words };
}
