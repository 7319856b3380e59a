import type { Automaker } from '../state/automaker.js';
import type { ChoosingRule } from '../measures/flows.js';
import { onlyKnownEnd } from '../measures/bounds.js';
import { MEASURES, perimeterKey, type Measure, type Perimeter } from '../measures/measures.js';
import type { Day } from '../ledger/edtf.js';
import { isTwelveMonths, seriesOf } from '../measures/series.js';
import type { DatedValue } from './method.js';

/** A point of a series that may be set beside its neighbours: the middle of its bounds, and what it rests on. */
export interface ForecastPoint extends DatedValue {
  readonly lo: number;
  readonly hi: number;
  readonly events: readonly string[];
}

/** The points of a measure that count the same thing, all in one perimeter. */
export interface ComparablePoints {
  /** That of the newest point; absent where there is none. */
  readonly perimeter?: Perimeter;
  readonly points: readonly ForecastPoint[];
  /** Points of the series that cannot be set beside these. */
  readonly leftOut: number;
}

/**
 * How a measure went, as far as its points can be compared: flows and shares over exactly twelve months, levels as they
 * were reported, each with both bounds, all in the perimeter of the newest. What a source printed for a quarter, what is
 * only known to be "at least" so much, and what counts another basis is left out.
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
