import type { Automaker } from '../state/automaker.js';
import type { ChoosingRule } from '../measures/flows.js';
import { onlyKnownEnd } from '../measures/bounds.js';
import { MEASURES, perimeterKey, type Measure, type Perimeter } from '../measures/measures.js';
import type { Day } from '../ledger/edtf.js';
import { isTwelveMonths, seriesOf } from '../measures/series.js';
import type { DatedValue } from './method.js';

/** A point of a series that is comparable with its neighbours: the midpoint of its bounds, and its events. */
export interface ForecastPoint extends DatedValue {
  readonly lo: number;
  readonly hi: number;
  readonly events: readonly string[];
}

/** The points of a measure that count the same thing, all in one perimeter. */
export interface ComparablePoints {
  /** The perimeter of the newest point; absent if there are no points. */
  readonly perimeter?: Perimeter;
  readonly points: readonly ForecastPoint[];
  /** Number of points in the series that are not comparable with these. */
  readonly leftOut: number;
}

/**
 * The comparable points of a measure: flows and shares over exactly twelve months, levels as reported, each
 * with both bounds, all in the perimeter of the newest point. Quarterly figures, figures known only as "at
 * least", and figures on another basis are left out.
 */
export function comparablePoints(
  automaker: Automaker,
  measure: Measure,
  wanted: Perimeter,
  until: Day,
  rule?: ChoosingRule,
): ComparablePoints {
  const isLevel = MEASURES[measure].nature === 'level';
  const series = seriesOf(automaker, measure, wanted, until, rule);
  const candidates = series.filter((point) => isLevel || isTwelveMonths(point));
  const perimeter = candidates.at(-1)?.perimeter;
  if (!perimeter) return { points: [], leftOut: series.length };
  const points = candidates.flatMap(({ last, value, lo, hi, events, perimeter: its }) =>
    lo !== undefined &&
    hi !== undefined &&
    onlyKnownEnd({ lo, hi }, MEASURES[measure].unit) === undefined &&
    perimeterKey(its) === perimeterKey(perimeter)
      ? [{ day: last, value, lo, hi, events }]
      : [],
  );
  return { perimeter, points, leftOut: series.length - points.length };
}
