import type { Automaker } from '../state/automaker.js';
import { alternativesTo, type Alternative } from './alternatives.js';
import { jsonBounds, shownOf } from './bounds.js';
import type { ChoosingRule } from './flows.js';
import { MEASURES, type Measure, type Perimeter } from './measures.js';
import { addDays, addYears, type Day, type EdtfDate } from '../ledger/edtf.js';
import { readingOf, type Reading } from './readings.js';

/** A measure on one of the days for which there are figures. */
export interface SeriesPoint {
  /** The days it covers. A level has a single day. */
  readonly first: Day;
  readonly last: Day;
  /** The date of a level, if its source gives it less precisely than to the day: "2022-09". */
  readonly told?: EdtfDate;
  /** The midpoint of the bounds; the lower one if only that is known. */
  readonly value: number;
  readonly lo?: number;
  readonly hi?: number;
  readonly perimeter: Perimeter;
  readonly formula: string;
  /** The events behind it. */
  readonly events: readonly string[];
  /** Disagreeing reports for the same days; absent if there are none. */
  readonly alternatives?: readonly Alternative[];
}

/** Whether the days of a point are twelve months: a year's share is not comparable with a quarter's. */
export const isTwelveMonths = ({ first, last }: Pick<SeriesPoint, 'first' | 'last'>): boolean =>
  // 1 March of a leap year to 28 February: one year before is the 28th or the 29th, whichever existed.
  first === addDays(addYears(last, -1), 1) || first === addYears(addDays(last, 1), -1);

/** The measures whose figures give a share. */
const PARTS: Readonly<Partial<Record<Measure, readonly Measure[]>>> = {
  'overseas-sales-share': ['overseas-sales-share', 'overseas-units', 'total-units'],
};

/** The measures whose figures give a measure: itself and, for a share, the two that it divides. */
export const partsOf = (measure: Measure): readonly Measure[] => PARTS[measure] ?? [measure];

/** Upper bound on the points of a series, which keeps the newest: forty years of months. */
export const MOST_POINTS = 500;

/**
 * The points of a measure, oldest first: its reading at the end of every relevant figure up to a day, and
 * only the newest MOST_POINTS. Flows and shares cover the twelve months that end with the figure; levels are
 * as reported.
 */
export function seriesOf(
  automaker: Automaker,
  measure: Measure,
  wanted: Perimeter,
  until: Day,
  rule?: ChoosingRule,
): SeriesPoint[] {
  return inOrder(newestPoints(automaker, measure, wanted, until, rule));
}

/** Sorts the points of a series by day. */
export const inOrder = (points: Iterable<SeriesPoint>): SeriesPoint[] =>
  [...points].sort((a, b) => (a.last < b.last ? -1 : 1));

/** The points of a series, newest first. Computed lazily, so that other work can run in between. */
export function* newestPoints(
  automaker: Automaker,
  measure: Measure,
  wanted: Perimeter,
  until: Day,
  rule?: ChoosingRule,
): Generator<SeriesPoint> {
  const measures = partsOf(measure);
  const days = automaker.figures
    .filter(
      (figure) =>
        measures.includes(figure.measure) &&
        figure.entity === wanted.entity &&
        figure.market === wanted.market &&
        figure.last <= until,
    )
    .map(({ last }) => last);
  const shown = new Set<Day>();
  for (const day of [...new Set(days)].sort().reverse()) {
    const reading = readingOf(automaker, measure, wanted, day, rule);
    // If nothing in between is covered, several days have the same latest twelve months.
    if (!reading || shown.has(reading.last)) continue;
    shown.add(reading.last);
    yield pointOf(measure, reading, alternativesTo(automaker.figures, measure, reading));
    if (shown.size === MOST_POINTS) return;
  }
}

function pointOf(
  measure: Measure,
  { bounds, first, last, told, perimeter, formula, inputs }: Reading,
  alternatives: readonly Alternative[],
): SeriesPoint {
  return {
    first,
    last,
    ...(told !== undefined && { told }),
    value: shownOf(bounds, MEASURES[measure].unit),
    ...jsonBounds(bounds),
    perimeter,
    formula,
    events: [...new Set(inputs.flatMap(({ events }) => events))],
    ...(alternatives.length > 0 && { alternatives }),
  };
}
