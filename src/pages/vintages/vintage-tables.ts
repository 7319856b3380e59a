import { toldBy } from '../../domain/measures/vintages.js';
import type { VintagesAnswer } from '../../queries/automakers/get-vintages.js';
import type { DataTable } from '../page.js';

const UNDATED = 'What nobody dated is in no vintage.';
const OVER = 'Amounts and shares are over the twelve months that end with each period, counts as of a day.';

/** The format of real-time data: a row per period, a column per public day. */
export function vintagesTable({ days, periods, unit }: VintagesAnswer, counted: string): DataTable {
  return {
    name: 'vintages',
    caption: `All vintages: ${counted}`,
    columns: ['From', 'To', ...days],
    rows: periods.map((period) => [
      period.first,
      period.last,
      ...days.map((day) => toldBy(period, day)?.value),
    ]),
    notes: [
      `Each column is the series as it could be worked out from what had been published by its day (unit: ${unit}). A cell is empty before its period was first told.`,
      OVER,
      UNDATED,
    ],
    events: () => eventsOf(periods),
  };
}

/** The same data with a row for each change, with bounds. */
export function tellingsTable({ periods, unit }: VintagesAnswer, counted: string): DataTable {
  return {
    name: 'tellings',
    caption: `First told and told since: ${counted}`,
    columns: ['From', 'To', 'Telling', 'Published by', 'Value', 'At least', 'At most', 'Unit'],
    rows: periods.flatMap(({ first, last, tellings }) =>
      tellings.map(({ publicOn, value, lo, hi }, index) => [
        first,
        last,
        index + 1,
        publicOn,
        value,
        lo,
        hi,
        unit,
      ]),
    ),
    notes: ['Without a value: from that day on what is published no longer gives the period.', OVER, UNDATED],
    events: () => eventsOf(periods),
  };
}

/** The figures as sources printed them, in the order of publication. */
export function figuresTable({ figures }: VintagesAnswer, counted: string): DataTable {
  return {
    name: 'printed',
    caption: `Each figure as it was printed: ${counted}`,
    columns: [
      'Measure',
      'Counted as',
      'From',
      'To',
      'Published',
      'Figure',
      'Put as',
      'Told as',
      'Grade',
      'Publishers',
      'Event',
    ],
    rows: figures.flatMap(({ measure, perimeter, first, last, tellings }) =>
      tellings.map(({ publicOn, value, qualifier, as, grade, publishers, event }) => [
        measure,
        perimeter.basis,
        first,
        last,
        publicOn,
        value,
        qualifier ?? 'exact',
        as,
        grade,
        publishers.join('; '),
        event,
      ]),
    ),
    notes: [UNDATED],
    events: () => figures.flatMap(({ tellings }) => tellings.map(({ event }) => event)),
  };
}

const eventsOf = (periods: VintagesAnswer['periods']): readonly string[] => [
  ...new Set(periods.flatMap(({ tellings }) => tellings.flatMap(({ events }) => events))),
];
