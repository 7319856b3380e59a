import { MEASURES } from '../../domain/measures/measures.js';
import type { SeriesAnswer } from '../../queries/automakers/get-series.js';
import type { DataTable } from '../page.js';
import { eventsIn } from '../take-away/events-in.js';

/** All series of an automaker as a whole, one row per point. */
export function seriesFile(name: string, series: readonly SeriesAnswer[]): DataTable {
  return {
    name: 'series',
    caption: `${name}: how each measure went`,
    columns: ['Measure', 'Unit', 'Counted as', 'From', 'To', 'Value', 'At least', 'At most', 'Formula'],
    rows: series.flatMap(({ measure, points }) =>
      points.map(({ perimeter, first, last, value, lo, hi, formula }) => [
        measure,
        MEASURES[measure].unit,
        perimeter.basis,
        first,
        last,
        value,
        lo,
        hi,
        formula,
      ]),
    ),
    notes: [
      'Amounts and shares are over the twelve months that end with each point, counts as they were reported.',
      'The value is the middle of the bounds; where only a lower bound is known it is that one.',
    ],
    events: () => eventsIn(series),
  };
}
