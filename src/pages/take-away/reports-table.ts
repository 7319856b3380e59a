import { reportBounds } from '../../domain/measures/report-bounds.js';
import { MEASURES } from '../../domain/measures/measures.js';
import type { FigureRecord } from '../../domain/state/records.js';
import type { Cell, DataTable } from '../page.js';

/** Figures as reported by their sources, one row per report, newest days first. */
export function reportsTable(name: string, caption: string, figures: readonly FigureRecord[]): DataTable {
  const newest = [...figures].sort((a, b) => (a.last < b.last ? 1 : -1));
  return {
    name,
    caption,
    columns: [
      'Measure',
      'Unit',
      'Market',
      'Entity',
      'Counted as',
      'Vehicles',
      'Counted by',
      'From',
      'To',
      'Figure',
      'Put as',
      'At least',
      'At most',
      'Grade',
      'Published',
      'Publishers',
      'Worked out',
      'Event',
    ],
    rows: newest.flatMap(rowsOf),
    notes: [
      'Every report that stands is here, also where reports contradict each other. A figure claims what lies between its bounds, both included.',
      'Figures that differ in what they count (market, entity, basis, vehicles) are never to be added up.',
      'What no source states was worked out by whoever logged it, as the column "Worked out" says; it counts where nothing stated contradicts it.',
    ],
    events: () => newest.flatMap(({ reports }) => [...reports].map(({ event }) => event)),
  };
}

function rowsOf(figure: FigureRecord): Cell[][] {
  const { measure, market, entity, basis, vehicles, countedBy, first, last, reports } = figure;
  return [...reports].map((report) => {
    const { lo, hi } = reportBounds(figure, report);
    return [
      measure,
      MEASURES[measure].unit,
      market,
      entity,
      basis,
      vehicles,
      countedBy,
      first,
      last,
      report.value,
      report.qualifier ?? 'exact',
      lo,
      Number.isFinite(hi) ? hi : undefined,
      report.grade,
      report.publishedOn,
      report.publishers?.join('; '),
      report.derivation,
      report.event,
    ];
  });
}
