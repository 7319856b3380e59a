import { MEASURE_NAMES, MEASURES, VEHICLES, BASES } from '../../domain/measures/measures.js';
import { reportBounds } from '../../domain/measures/report-bounds.js';
import { FIGURE_QUALIFIERS } from '../../domain/measures/rounding.js';
import { GRADES } from '../../domain/ledger/evidence.js';
import type { FigureRecord, FigureReport, GrowthReport } from '../../domain/state/records.js';
import type { LedgerTable, TableRow } from './table.js';

/** Every report of a figure that is in force, with the bounds that it claims. */
export const FIGURES_TABLE: LedgerTable = {
  name: 'figures',
  title: 'Figures',
  description:
    'Every figure that a source gave and that stands: what is counted, over which period or as of which day, as it was told, and as the bounds that it claims.',
  fields: [
    { name: 'event', type: 'string', required: true, description: 'The event that reports it' },
    { name: 'automaker', type: 'string', required: true, description: 'Whose figure it is' },
    {
      name: 'measure',
      type: 'string',
      required: true,
      enum: MEASURE_NAMES,
      description: 'What it counts',
    },
    { name: 'unit', type: 'string', required: true, description: 'The unit of the figure' },
    { name: 'market', type: 'string', description: 'The market that it is about; all where it is empty' },
    {
      name: 'entity',
      type: 'string',
      description: 'The brand or group that it is about; several together are joined by +',
    },
    { name: 'basis', type: 'string', enum: BASES, description: 'What is counted, where the source says so' },
    {
      name: 'vehicles',
      type: 'string',
      enum: VEHICLES,
      description: 'Which vehicles; all where it is empty',
    },
    { name: 'countedBy', type: 'string', description: 'Who counted, where that is told' },
    { name: 'period', type: 'string', description: 'Of amounts and shares: the period as told (EDTF)' },
    { name: 'asOf', type: 'string', description: 'Of counts: the day as told (EDTF)' },
    { name: 'first', type: 'date', required: true, description: 'First day that it covers' },
    { name: 'last', type: 'date', required: true, description: 'Last day that it covers' },
    { name: 'value', type: 'number', description: 'The figure; of "between", the middle of its ends' },
    { name: 'qualifier', type: 'string', enum: FIGURE_QUALIFIERS, description: 'How the source puts it' },
    {
      name: 'plusMinus',
      type: 'number',
      description: 'Half-width of its rounding, where the source says so',
    },
    { name: 'atLeast', type: 'number', description: 'Lower end of what the figure claims' },
    {
      name: 'atMost',
      type: 'number',
      description: 'Upper end of what it claims; empty where there is none, as of "more than"',
    },
    { name: 'growthPercent', type: 'number', description: 'By how many percent it grew, where that is told' },
    { name: 'growthOn', type: 'string', description: 'The period that it grew from (EDTF)' },
    {
      name: 'grade',
      type: 'string',
      required: true,
      enum: GRADES,
      description: 'The best grade among its sources',
    },
    { name: 'publishedOn', type: 'string', description: 'The newest publication among its sources (EDTF)' },
    {
      name: 'derivation',
      type: 'string',
      description: 'How it was worked out, where no source states it; empty where one does',
    },
  ],
  key: ['event'],
  references: [{ field: 'event', table: 'events', of: 'id' }],
  async *rows({ states, clocks }) {
    for await (const { id, figures } of states.every(clocks))
      for (const figure of figures) yield* rowsOf(id, figure);
  },
};

function* rowsOf(automaker: string, figure: FigureRecord): Generator<TableRow> {
  const growths = new Map((figure.growths ?? []).map((growth) => [growth.event, growth]));
  for (const report of figure.reports) {
    yield rowOf(automaker, figure, report, growths.get(report.event));
    growths.delete(report.event);
  }
  for (const growth of growths.values()) yield rowOf(automaker, figure, undefined, growth);
}

function rowOf(
  automaker: string,
  figure: FigureRecord,
  report: FigureReport | undefined,
  growth: GrowthReport | undefined,
): TableRow {
  const { measure, market, entity, basis, vehicles, countedBy, period, asOf, first, last } = figure;
  const claim = report && reportBounds(figure, report);
  return [
    report?.event ?? growth?.event,
    automaker,
    measure,
    MEASURES[measure].unit,
    market,
    entity,
    basis,
    vehicles,
    countedBy,
    period,
    asOf,
    first,
    last,
    report?.value,
    report && (report.qualifier ?? 'exact'),
    report?.plusMinus,
    claim?.lo,
    claim && Number.isFinite(claim.hi) ? claim.hi : undefined,
    growth?.percent,
    growth?.on,
    report?.grade ?? growth?.grade,
    report?.publishedOn,
    report?.derivation,
  ];
}
