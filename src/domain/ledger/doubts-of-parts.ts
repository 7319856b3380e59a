import type { Doubt } from './doubts.js';
import { addDays } from './edtf.js';
import { liesIn } from './regions.js';
import { latestReport, toldBy, type Told } from './told-figures.js';
import { figureKey, type FigureReported } from '../events/figure-reported.js';
import { figureDays, MEASURES } from '../measures/measures.js';
import { figuresNear, type CountedSpan } from '../state/figure-spans.js';
import type { FigureReport } from '../state/records.js';
import type { StreamState } from '../state/stream-state.js';

/** Smaller numbers can be overtaken within a month. */
const LEAST = 1000;
/** Lengths of months and years, in days not counting the first, and how far apart months of a year lie. */
const [A_MONTH, TWO_MONTHS, A_YEAR] = [30, 58, 364];

interface Beside {
  readonly figure: FigureReported;
  /** What the other figure counts, after its number: "that were sold in all". */
  readonly words: string;
}

/** Doubts a flow that is more than one that includes it, or less than one that it includes. */
export function doubtOfParts(state: StreamState, data: FigureReported, value: number): Doubt | undefined {
  const { plusMinus = 0 } = data;
  for (const { figure, words } of wholesOf(state, data)) {
    const told = latestReport(state, figureKey(figure));
    if (told && value - plusMinus > mostOf(told))
      return doubt('more-than-whole', `is ${value}, more than the ${told.value} ${words} in the same time`);
  }
  if (data.measure === 'total-units') {
    const told = latestReport(state, figureKey({ ...data, measure: 'overseas-units' }));
    if (told && told.value - plusMinus > value)
      return doubt(
        'more-than-whole',
        `is ${value}, less than the ${told.value} that were sold abroad in the same time`,
      );
  }
  return undefined;
}

/** The figures of the same time that include a figure. */
function wholesOf(state: StreamState, data: FigureReported): readonly Beside[] {
  const { measure, market, vehicles, ...rest } = data;
  const wholes: Beside[] = [];
  const { market: _, ...worldwide } = data;
  if (measure === 'overseas-units')
    wholes.push({ figure: { ...data, measure: 'total-units' }, words: 'that were sold in all' });
  if (measure === 'market-units' && market !== undefined) {
    const home = state.automaker?.homeMarket;
    if (home !== undefined && !liesIn(home, market))
      wholes.push({
        figure: { ...worldwide, measure: 'overseas-units' },
        words: 'that were sold abroad',
      });
    wholes.push({ figure: { ...worldwide, measure: 'total-units' }, words: 'that were sold in all' });
  }
  if (MEASURES[measure].nature === 'level' && market !== undefined)
    wholes.push({ figure: worldwide, words: 'in all markets' });
  if (vehicles !== undefined && vehicles !== 'all')
    wholes.push({
      figure: { measure, ...(market !== undefined && { market }), ...rest },
      words: 'of all vehicles',
    });
  return wholes;
}

/**
 * Doubts a month that is no less than a year around it, and a quarter, a half or a year that is no more than one
 * of its months.
 */
export function doubtOfLength(state: StreamState, data: FigureReported, value: number): Doubt | undefined {
  if (data.period === undefined) return undefined;
  const { first, last } = figureDays(data);
  const span: CountedSpan = { ...data, first, last };
  const isMonth = addDays(first, A_MONTH + 1) > last;
  const isLonger = addDays(first, TWO_MONTHS) <= last && addDays(first, A_YEAR + 2) > last;
  const near = (length: number, days: number): readonly Told[] =>
    [
      ...figuresNear(
        state.subjects.figure,
        { ...span, first: addDays(last, -length) },
        { days, tolerance: 3 },
      ),
    ].flatMap((key) => toldBy(state, key) ?? []);
  if (isMonth && value >= LEAST) {
    const year = near(A_YEAR, A_YEAR + 2).find((told) => told.last < last && told.value <= value);
    return (
      year &&
      doubt(
        'far-off',
        `is ${value} in a month, no less than the ${year.value} of a whole year (to ${year.last})`,
      )
    );
  }
  if (!isLonger || data.qualifier === 'more-than') return undefined;
  const month = near(A_MONTH, A_YEAR + 2).find(
    (told) => told.first >= first && told.last <= last && told.value >= LEAST && told.value >= value,
  );
  return (
    month &&
    doubt(
      'more-than-whole',
      `is ${value}, no more than the ${month.value} of a month of it (to ${month.last})`,
    )
  );
}

/** A share whose odds are this many times those of each share within a year of it needs confirmation. */
const LEAP = 8;
/** Points by which a share of the next year hardly moves. */
const LEAP_IN_POINTS = 25;

/** Doubts a share that leaps, such as 2.1 % or 50 % after 21 %. */
export function doubtsOfLeap(state: StreamState, data: FigureReported, value: number): Doubt[] {
  const figure = { ...data, ...figureDays(data) };
  const keys = figuresNear(state.subjects.figure, figure, { days: 400, tolerance: 3 });
  const near = [...keys].flatMap((key) => toldBy(state, key) ?? []);
  const odds = (share: number): number => share / (100 - share);
  const isLeap = (told: Told): boolean =>
    Math.abs(value - told.value) > LEAP_IN_POINTS ||
    odds(value) >= LEAP * odds(told.value) ||
    odds(value) * LEAP <= odds(told.value);
  return near.length > 0 && value > 0 && value < 100 && near.every(isLeap)
    ? [
        {
          code: 'far-off',
          field: 'data.value',
          message: `is ${value} %, far off ${near.map((told) => `${told.value} % (to ${told.last})`).join(', ')}`,
        },
      ]
    : [];
}

/** The most that a report allows; more than any number where it only tells the least. */
const mostOf = ({ value, plusMinus = 0, qualifier, to }: FigureReport): number =>
  qualifier === 'more-than' ? Number.POSITIVE_INFINITY : (to ?? value + plusMinus);

const doubt = (code: 'more-than-whole' | 'far-off', message: string): Doubt => ({
  code,
  field: 'data.value',
  message,
});
