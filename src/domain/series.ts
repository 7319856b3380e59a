import type { Automaker } from './automaker.js';
import { isFinite, jsonBounds, middle } from './bounds.js';
import type { ChoosingRule } from './flows.js';
import type { Measure, Perimeter } from './measures.js';
import type { Day } from './occurred-on.js';
import { readingOf } from './readings.js';

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
}

/** The measures whose figures a share is worked out from. */
const PARTS: Readonly<Partial<Record<Measure, readonly Measure[]>>> = {
  'overseas-sales-share': ['overseas-sales-share', 'overseas-units', 'total-units'],
};

/**
 * How a measure went, oldest first: its reading at the end of every figure that bears on it, up to a day. Flows and shares
 * are over the twelve months that end with a figure, levels as they were reported.
 */
export function seriesOf(
  automaker: Automaker,
  measure: Measure,
  wanted: Perimeter,
  until: Day,
  rule?: ChoosingRule,
): SeriesPoint[] {
  const measures = PARTS[measure] ?? [measure];
  const days = automaker.figures
    .filter(
      (figure) =>
        measures.includes(figure.measure) &&
        figure.entity === wanted.entity &&
        figure.market === wanted.market &&
        figure.last <= until,
    )
    .map(({ last }) => last);
  const points = new Map<Day, SeriesPoint>();
  for (const day of new Set(days.sort())) {
    const reading = readingOf(automaker, measure, wanted, day, rule);
    if (!reading) continue;
    const { bounds, first, last, perimeter, formula, inputs } = reading;
    points.set(last, {
      first,
      last,
      value: isFinite(bounds) ? middle(bounds) : bounds.lo,
      ...jsonBounds(bounds),
      perimeter,
      formula,
      events: [...new Set(inputs.flatMap(({ events }) => events))],
    });
  }
  return [...points.values()].sort((a, b) => (a.last < b.last ? -1 : 1));
}
