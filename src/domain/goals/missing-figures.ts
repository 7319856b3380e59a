import type { Automaker } from '../state/automaker.js';
import { addDays, dayAt, dayNumber, daysOf, type Day } from '../ledger/edtf.js';
import { readingsOfGoal } from './kinds.js';
import type { CoverageRow, MonthSpan } from '../measures/coverage.js';
import { flowModelOf } from '../measures/flow-readings.js';
import type { FlowModel } from '../measures/flows.js';
import { MEASURES, scopeKey, type Measure, type Perimeter } from '../measures/measures.js';

/** An interval that a missing figure would narrow. */
export interface Narrowed {
  readonly first: Day;
  readonly last: Day;
  /** The greatest minus the least possible value now; absent if there is no upper limit. */
  readonly width?: number;
  /** The width with the figure, assuming the midpoint of its possible values. */
  readonly widthThen?: number;
  /** The goal whose period this is. */
  readonly target?: string;
}

/** A figure missing from the ledger, and what it would contribute. */
export interface MissingFigure {
  readonly automaker: string;
  readonly name: string;
  readonly measure: Measure;
  readonly perimeter: Perimeter;
  readonly first: Day;
  readonly last: Day;
  /** The possible values now. */
  readonly lo: number;
  readonly hi?: number;
  readonly isDue: boolean;
  /**
   * Sum over all intervals that it narrows: the fraction of the width removed, times the months of the
   * interval. 12 corresponds to an exact figure for a year about which nothing was known.
   */
  readonly score: number;
  /** The intervals that it narrows whatever its value is, most narrowed first. */
  readonly narrows: readonly Narrowed[];
}

interface Asked extends MonthSpan {
  readonly target?: string;
}

/** The number of figures tried per row: months that are due, and those about which least is known. */
const MOST_TRIED = 4;
const DAYS_A_MONTH = 365.25 / 12;

/**
 * The missing figures that would narrow an automaker's flows most, at most one per measure and perimeter.
 * They are computed lazily, so that other work can run in between.
 */
export function* missingFiguresOf(
  automaker: Automaker,
  rows: readonly CoverageRow[],
  months: readonly MonthSpan[],
): Generator<MissingFigure | undefined> {
  for (const row of rows) {
    if (MEASURES[row.measure].nature !== 'flow' || !row.rhythm) continue;
    const asked = askedOf(automaker, row, months);
    const model = flowModelOf(automaker.figures, row.measure, row.perimeter);
    let best: MissingFigure | undefined;
    for (const month of missingMonths(row, months)) {
      const tried = tryMonth(automaker, row, model, month, asked, ['middle']);
      if (!best || byScore(tried, best) < 0) best = tried;
      yield undefined;
    }
    // What the midpoint narrows, another value may not: only intervals that every value narrows are reported.
    // The ends are tried too, because a value may decide which of several contradictory reports count.
    const sure = best && surelyNarrowed(automaker, row, model, best, asked);
    yield sure && sure.narrows.length > 0 ? sure : undefined;
  }
}

function surelyNarrowed(
  automaker: Automaker,
  row: CoverageRow,
  model: FlowModel,
  figure: MonthSpan,
  asked: readonly Asked[],
): MissingFigure {
  const certain = asked.filter((days) => isNarrowedByAny(model, figure, days));
  return tryMonth(automaker, row, model, figure, certain, ['middle', 'least', 'most']);
}

/** Orders by score, highest first, then due figures, then the earliest. */
export function byScore(a: MissingFigure, b: MissingFigure): number {
  return b.score - a.score || Number(b.isDue) - Number(a.isDue) || (a.first < b.first ? -1 : 1);
}

function missingMonths({ months: covered, rhythm }: CoverageRow, months: readonly MonthSpan[]): MonthSpan[] {
  const width = (index: number): number => {
    const { lo = 0, hi = Number.POSITIVE_INFINITY } = covered[index] ?? {};
    return hi - lo;
  };
  const missing = months
    .map((month, index) => ({ month, index }))
    .filter(({ index }) => ['bounded', 'not-logged'].includes(covered[index]?.coverage ?? ''));
  const after = missing.filter(({ month }) => month.last > (rhythm?.newest ?? ''));
  const widest = [...missing].sort((a, b) => width(b.index) - width(a.index));
  return [...new Set([...after.slice(0, MOST_TRIED / 2), ...widest])]
    .slice(0, MOST_TRIED)
    .map(({ month }) => month);
}

/** The intervals of interest: the months, the calendar years, and the periods of goals for the same count. */
function askedOf(automaker: Automaker, { measure, perimeter }: CoverageRow, months: readonly MonthSpan[]) {
  const [oldest, newest] = [months[0], months.at(-1)];
  const years: Asked[] = [];
  for (let year = Number(oldest?.first.slice(0, 4)); year <= Number(newest?.last.slice(0, 4)); year += 1)
    years.push({ first: `${year}-01-01`, last: `${year}-12-31` });
  const ofGoals = automaker.targets.flatMap(({ target, versions, withdrawn }): Asked[] => {
    const version = versions.at(-1);
    if (!version || withdrawn) return [];
    const { terms, occurredOn } = version;
    const counts = terms.measure === 'overseas-sales-share' ? SHARE_PARTS : [terms.measure];
    if (!counts.includes(measure) || scopeKey(terms) !== scopeKey(perimeter)) return [];
    const period = readingsOfGoal(terms, daysOf(occurredOn).first).readings[0].period;
    return period ? [{ ...period, target }] : [];
  });
  return [...ofGoals, ...years, ...months];
}

const SHARE_PARTS: readonly Measure[] = ['overseas-units', 'total-units'];

function tryMonth(
  { id, profile: { name } }: Automaker,
  row: CoverageRow,
  model: FlowModel,
  { first, last }: MonthSpan,
  asked: readonly Asked[],
  values: readonly ('middle' | 'least' | 'most')[],
): MissingFigure {
  const { lo, hi } = model.bounds(first, last);
  const upper = Number.isFinite(hi) ? hi : Math.max(2 * lo, 1000);
  const withFigure = (value: number): FlowModel =>
    model.add({
      event: 'the missing figure',
      value,
      plusMinus: 0,
      approximate: false,
      first,
      last,
      grade: 'confirmed',
      position: Number.MAX_SAFE_INTEGER,
    });
  const valueOf = { middle: Math.floor((lo + upper) / 2), least: lo, most: upper };
  const tried = values.map((each) => withFigure(valueOf[each]));
  const narrows = asked.flatMap(({ target, ...days }): (Narrowed & { readonly gone: number })[] => {
    const width = widthIn(model, days);
    const widths = tried.map((each) => widthIn(each, days));
    const then = widths[0] ?? width;
    if (widths.some((each) => !(each < width))) return [];
    const gone = Number.isFinite(width) ? (width - then) / width : Number.isFinite(then) ? 1 : 0;
    const inMonths = (dayNumber(addDays(days.last, 1)) - dayNumber(days.first)) / DAYS_A_MONTH;
    return [
      {
        ...days,
        ...(Number.isFinite(width) && { width }),
        ...(Number.isFinite(then) && { widthThen: then }),
        ...(target !== undefined && { target }),
        gone: gone * inMonths,
      },
    ];
  });
  return {
    automaker: id,
    name,
    measure: row.measure,
    perimeter: row.perimeter,
    first,
    last,
    lo,
    ...(Number.isFinite(hi) && { hi }),
    isDue: row.isDue,
    score: narrows.reduce((sum, { gone }) => sum + gone, 0),
    narrows: [...narrows].sort((a, b) => b.gone - a.gone).map(({ gone: _gone, ...each }) => each),
  };
}

/**
 * Whether a figure for some days narrows an interval, whatever its value. With the value v in between, the
 * maximum of the interval becomes the least of its current maximum, the path across the figure (… + v + …)
 * and the path back across it (… − v + …), and likewise for the minimum. The interval keeps its width for
 * values v at which none of these paths is shorter.
 */
function isNarrowedByAny(model: FlowModel, figure: MonthSpan, interval: MonthSpan): boolean {
  const [from, to] = [dayNumber(figure.first), dayNumber(figure.last) + 1];
  const [start, end] = [dayNumber(interval.first), dayNumber(interval.last) + 1];
  /** The most added between two moments; in reverse order, minus the least in between. */
  const most = (after: number, until: number): number =>
    after === until
      ? 0
      : after < until
        ? boundsBetween(model, after, until).hi
        : -boundsBetween(model, until, after).lo;
  const [greatest, least] = [most(start, end), -most(end, start)];
  const [over, back] = [most(start, from) + most(to, end), most(start, to) + most(from, end)];
  if (greatest === Number.POSITIVE_INFINITY) return Number.isFinite(over) || Number.isFinite(back);
  const { lo, hi } = boundsBetween(model, from, to);
  const lowest = Math.max(lo, greatest - over, -least - most(end, from) - most(to, start));
  const highest = Math.min(hi, back - greatest, most(end, to) + most(from, start) + least);
  return lowest > highest;
}

const boundsBetween = (model: FlowModel, after: number, until: number): { lo: number; hi: number } =>
  model.bounds(dayAt(after), dayAt(until - 1));

function widthIn(model: FlowModel, { first, last }: MonthSpan): number {
  const { lo, hi } = model.bounds(first, last);
  return hi - lo;
}
