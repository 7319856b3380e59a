import { bestGrade, type Evidence } from '../evidence.js';
import { eventType } from '../event-type.js';
import { Amount, DateOrInterval, Market, OneOf, Optional, Slug } from '../fields.js';
import {
  BASES,
  figureDays,
  MEASURE_NAMES,
  MEASURES,
  perimeterKey,
  type Basis,
  type Measure,
} from '../measures/measures.js';
import { daysOf } from '../occurred-on.js';
import type { Problem } from '../validation.js';

export class FigureReported {
  @OneOf(MEASURE_NAMES, 'What it counts')
  measure!: Measure;

  @Amount('The figure, in the unit of its measure; shares in percent')
  value!: number;

  @Optional()
  @Amount('Half-width of its rounding, where known: "about 29,000" to the nearest thousand is 500')
  plusMinus?: number;

  @Optional()
  @DateOrInterval('The period that it is over, both ends included: 2025, 2025-09 or 2025-01-01/2025-09-30')
  period?: string;

  @Optional()
  @DateOrInterval('The day that it is as of; of a month or a year, the last day')
  asOf?: string;

  @Optional()
  @Market('The one market that it is about')
  market?: string;

  @Optional()
  @Slug('The brand or group that it is about, where it is not the automaker as such')
  entity?: string;

  @Optional()
  @OneOf(BASES, 'What is counted, where the source says so')
  basis?: Basis;
}

function check({ measure, value, period, asOf, market }: FigureReported): Problem[] {
  const problems: Problem[] = [];
  const { nature, needsMarket } = MEASURES[measure];
  const [expected, other] =
    nature === 'level' ? (['asOf', 'period'] as const) : (['period', 'asOf'] as const);
  if ((period === undefined) === (asOf === undefined)) {
    problems.push({
      field: expected,
      message: 'must be given; exactly one of period and asOf goes with a figure',
    });
  } else if ((nature === 'level') !== (asOf !== undefined)) {
    problems.push({
      field: other,
      message: `does not go with the ${nature} ${measure}; give ${expected} instead`,
    });
  }
  if (nature === 'share' && value > 100) {
    problems.push({ field: 'value', message: 'must be at most 100 for a share in percent' });
  }
  if (needsMarket && market === undefined) {
    problems.push({ field: 'market', message: `is missing; the measure ${measure} is about one market` });
  }
  return problems;
}

function newestPublication(evidence: readonly Evidence[]): string | undefined {
  let newest: string | undefined;
  for (const { publishedOn } of evidence) {
    if (publishedOn === undefined) continue;
    if (newest === undefined || daysOf(publishedOn).last >= daysOf(newest).last) newest = publishedOn;
  }
  return newest;
}

/** One key for all reports of one figure: `2025` and `2025-01-01/2025-12-31` are the same period. */
export function figureKey(data: FigureReported): string {
  const { first, last } = figureDays(data);
  return `${data.measure}|${perimeterKey(data)}|${first}/${last}`;
}

export const figureReported = eventType({
  type: 'FigureReported',
  summary: 'A source gave a figure: over a period, or as of a day.',
  data: FigureReported,
  stream: 'automaker',
  kind: 'figure',
  subject: figureKey,
  check,
  effect: (record, { id, occurredOn, revision, data, evidence }) => {
    const { value, plusMinus, ...what } = data;
    const publishedOn = newestPublication(evidence);
    const report = {
      event: id,
      occurredOn,
      value,
      ...(plusMinus !== undefined && { plusMinus }),
      grade: bestGrade(evidence),
      ...(publishedOn !== undefined && { publishedOn }),
      revision,
    };
    return record
      ? { ...record, reports: [...record.reports, report] }
      : { ...what, ...figureDays(data), reports: [report] };
  },
  sameness: ({ value }) => String(value),
  warnings: ({ data, occurredOn }, stream) => {
    const other =
      stream.record('figure', figureKey(data))?.reports.filter(({ value }) => value !== data.value) ?? [];
    const { last } = figureDays(data);
    return [
      ...(other.length === 0
        ? []
        : [
            {
              code: 'figures-differ',
              message: `other reports of this figure say ${other.map(({ value }) => value).join(', ')}`,
              events: other.map(({ event }) => event),
            },
          ]),
      ...(daysOf(occurredOn).last < last
        ? [
            {
              code: 'figure-before-its-end',
              message: `it is dated ${occurredOn}, before ${last}, the end of what it covers`,
            },
          ]
        : []),
    ];
  },
  sentence: ({ measure, value, period, asOf, market, entity, basis }, { automaker, place }) => {
    const figure = `${value.toLocaleString('en-GB')}${MEASURES[measure].unit === 'percent' ? ' %' : ''}`;
    const of = [entity, market && `in ${place(market)}`, basis].filter(Boolean).join(', ');
    return `${automaker} reported ${measure} of ${figure}${of ? ` (${of})` : ''} ${period ? `for ${period}` : `as of ${asOf ?? ''}`}`;
  },
});
