import { Beside } from '../state/beside.js';
import type { Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';
import { dayInWords } from '../words/dates.js';
import { MEASURE_WORDS } from '../words/goals.js';
import type { Bounds } from './bounds.js';
import { MEASURES, perimeterKey, perimeterOf, type Measure, type Perimeter } from './measures.js';
import { reportBounds } from './report-bounds.js';
import { standingFigures } from './standing-figures.js';

/** What was counted from one day on, by some later day. */
export interface CountedBy extends Bounds {
  readonly last: Day;
  readonly event: string;
}

/** A count from one day on that was less by a later day than by an earlier one: restated, or net of returns. */
export interface FallingCount {
  readonly measure: Measure;
  readonly perimeter: Perimeter;
  /** The day that both count from. */
  readonly first: Day;
  readonly earlier: CountedBy;
  readonly later: CountedBy;
  readonly words: string;
}

const NUMBERS = new Intl.NumberFormat('en');

/**
 * The cumulative counts of one perimeter that fall, whatever their rounding, by the later day: each beside the greatest
 * before it. No car is unsold by selling more, so one of the two was put right without saying so, or the later one takes
 * returns off.
 */
export function fallingCounts(figures: readonly FigureRecord[]): readonly FallingCount[] {
  const found = known.get(figures) ?? findFalling(figures);
  known.set(figures, found);
  return found;
}

/** Each goal asks for those of all figures. */
const known = new Beside<readonly FigureRecord[], readonly FallingCount[]>();

function findFalling(figures: readonly FigureRecord[]): readonly FallingCount[] {
  const counts = new Map<string, FigureRecord[]>();
  for (const figure of standingFigures(figures)) {
    if (MEASURES[figure.measure].nature !== 'flow' || figure.reports.length === 0) continue;
    const key = `${figure.measure}|${perimeterKey(figure)}|${figure.first}`;
    const others = counts.get(key);
    if (others) others.push(figure);
    else counts.set(key, [figure]);
  }
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
