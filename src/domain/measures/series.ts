import type { Automaker } from '../state/automaker.js';
import { alternativesTo, type Alternative } from './alternatives.js';
import { jsonBounds, shownOf } from './bounds.js';
import type { ChoosingRule } from './flows.js';
import { MEASURES, type Measure, type Perimeter } from './measures.js';
import { addDays, addYears, type Day } from '../ledger/edtf.js';
import { readingOf, type Reading } from './readings.js';

/** A measure as of one of the days that figures speak of. */
export interface SeriesPoint {
  /** The days that it is over; a level has one day only. */
  readonly first: Day;
  readonly last: Day;
  /** The middle of the bounds; the lower one where only that is known. */
  readonly value: number;
  readonly lo?: number;
  readonly hi?: number;
  readonly perimeter: Perimeter;
  readonly formula: string;
  /** The events that it rests on. */
  readonly events: readonly string[];
  /** What reports say of the same days instead; absent where none does. */
  readonly alternatives?: readonly Alternative[];
}

/** Whether the days of a point are twelve months: a year's share is not set beside a quarter's. */
export const isTwelveMonths = ({ first, last }: Pick<SeriesPoint, 'first' | 'last'>): boolean =>
  // 1 March of a leap year to 28 February: the year before the 28th or the 29th, whichever there was.
  first === addDays(addYears(last, -1), 1) || first === addYears(addDays(last, 1), -1);

/** The measures whose figures a share is worked out from. */
const PARTS: Readonly<Partial<Record<Measure, readonly Measure[]>>> = {
  'overseas-sales-share': ['overseas-sales-share', 'overseas-units', 'total-units'],
};

/** The measures whose figures one is worked out from: itself, and of a share also what it divides. */
export const partsOf = (measure: Measure): readonly Measure[] => PARTS[measure] ?? [measure];

/** A series has the newest points only, where there are more: forty years of months. */
export const MOST_POINTS = 500;

/**
 * How a measure went, oldest first: its reading at the end of every figure that bears on it, up to a day; the newest
 * MOST_POINTS where there are more. Flows and shares are over the twelve months that end with a figure, levels as they were
 * reported.
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

/** The points of a series by their days. */
export const inOrder = (points: Iterable<SeriesPoint>): SeriesPoint[] =>
  [...points].sort((a, b) => (a.last < b.last ? -1 : 1));

/** The points of a series, from the newest figure back, each worked out when it is asked for: many can be worked out in turns. */
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
    // The twelve months that end by one day are those of earlier days too, where nothing is covered in between.
    if (!reading || shown.has(reading.last)) continue;
    shown.add(reading.last);
    yield pointOf(measure, reading, alternativesTo(automaker.figures, measure, reading));
    if (shown.size === MOST_POINTS) return;
  }
}

function pointOf(
  measure: Measure,
  { bounds, first, last, perimeter, formula, inputs }: Reading,
  alternatives: readonly Alternative[],
): SeriesPoint {
  return {
    first,
    last,
    value: shownOf(bounds, MEASURES[measure].unit),
    ...jsonBounds(bounds),
    perimeter,
    formula,
    events: [...new Set(inputs.flatMap(({ events }) => events))],
    ...(alternatives.length > 0 && { alternatives }),
  };
}
