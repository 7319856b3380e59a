import { dateInWords } from '../words/dates.js';
import { countedInWords, qualifierInWords } from '../words/goals.js';
import { valueInWords } from '../words/values.js';
import { bestGrade, supporting, type Evidence } from '../ledger/evidence.js';
import { earlierVersion, eventType } from './event-type.js';
import { figureDays, MEASURES, perimeterKey, perimeterOf } from '../measures/measures.js';
import { FigureReportedV1 } from './figure-reported-v1.js';
import { FigureReportedV2 } from './figure-reported-v2.js';
import { FigureReportedV3 } from './figure-reported-v3.js';
import { FigureReported } from './figure-reported-fields.js';
import type { EffectiveEvent, FigureReport, GrowthReport } from '../state/records.js';
import { daysOf } from '../ledger/edtf.js';
import { PersistentList } from '../state/persistent-list.js';
import { grown, type SubjectStates } from '../state/subject-state.js';
import type { FieldError } from './field-kind.js';

export { FigureReported };

function check(figure: FigureReportedV2): FieldError[] {
  return [...problemsOfPerimeter(figure), ...problemsOfClaim(figure)];
}

function checkWithSum(figure: FigureReportedV3): FieldError[] {
  const { measure, basis, market, sumOf } = figure;
  const isOverseas = measure === 'overseas-units' && market === undefined;
  const isOfPart = basis === 'exports' || basis === 'production';
  const problems = check(figure);
  if (sumOf !== undefined && (!isOverseas || isOfPart))
    problems.push({
      field: 'sumOf',
      message: 'goes with overseas-units of all markets, and of neither exports nor production alone',
    });
  return problems;
}

function checkWithDerivation(figure: FigureReported): FieldError[] {
  const { derivation, value, from } = figure;
  const problems = checkWithSum(figure);
  if (derivation !== undefined && value === undefined && from === undefined)
    problems.push({ field: 'derivation', message: 'goes with a figure that is worked out' });
  return problems;
}

function problemsOfClaim({
  measure,
  value,
  qualifier,
  from,
  to,
  period,
  growth,
}: FigureReportedV2): FieldError[] {
  const problems: FieldError[] = [];
  const isBetween = qualifier === 'between' || from !== undefined || to !== undefined;
  if (isBetween && (from === undefined || to === undefined || qualifier !== 'between'))
    problems.push({
      field: 'from',
      message: 'goes with to and the qualifier between: give all three or none',
    });
  else if (from !== undefined && to !== undefined && from > to)
    problems.push({ field: 'to', message: `must not be below ${from}, the lower end` });
  if (isBetween && value !== undefined)
    problems.push({ field: 'value', message: 'does not go with between; its ends are the figure' });
  if (!isBetween && value === undefined && growth === undefined)
    problems.push({ field: 'value', message: 'is missing; give a figure, an interval or a growth' });
  if (growth && MEASURES[measure].nature !== 'flow')
    problems.push({ field: 'growth', message: 'goes with amounts over a period only' });
  if (growth && growth.percent <= -100)
    problems.push({
      field: 'growth.percent',
      message: 'must be above -100: nothing falls by more than all of it',
    });
  if (growth && period !== undefined && daysOf(growth.on).first >= daysOf(period).first)
    problems.push({ field: 'growth.on', message: `must begin before ${period}, the period of the figure` });
  return problems;
}

function problemsOfPerimeter({
  measure,
  value = 0,
  from = 0,
  to = 0,
  period,
  asOf,
  market,
}: FigureReportedV2): FieldError[] {
  const problems: FieldError[] = [];
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
  if (nature === 'share' && Math.max(value, from, to) > 100) {
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

/** One key for all reports of a figure: `2025` and `2025-01-01/2025-12-31` are the same period. */
export function figureKey(data: FigureReported): string {
  const { first, last } = figureDays(data);
  return `${data.measure}|${perimeterKey(data)}|${first}/${last}`;
}

/** The reports of one event: a figure, a growth rate, or both. */
function reportsOf({ id, occurredOn, revision, data, evidence: all }: EffectiveEvent<FigureReported>): {
  readonly report?: FigureReport;
  readonly growth?: GrowthReport;
} {
  const { value, plusMinus, qualifier, from, to, restates, growth, sumOf, derivation } = data;
  const evidence = supporting(all);
  const publishedOn = newestPublication(evidence);
  const grade = bestGrade(evidence);
  const amount = value ?? (from !== undefined && to !== undefined ? (from + to) / 2 : undefined);
  return {
    ...(amount !== undefined && {
      report: {
        event: id,
        occurredOn,
        value: amount,
        ...(plusMinus !== undefined && { plusMinus }),
        ...(qualifier !== undefined && { qualifier }),
        ...(from !== undefined && to !== undefined && { from, to }),
        ...(evidence.length > 0 && { publishers: [...new Set(evidence.map(({ publisher }) => publisher))] }),
        ...(restates && { restates }),
        ...(sumOf && { sumOf }),
        ...(derivation !== undefined && { derivation }),
        grade,
        ...(publishedOn !== undefined && { publishedOn }),
        revision,
      },
    }),
    ...(growth && { growth: { event: id, occurredOn, ...growth, grade } }),
  };
}

/** Maximum number of recent reports that are compared with a new one. */
const HELD_AGAINST = 100;
/** Maximum number of other events named in a warning. */
const NAMED = 10;

/** The newest reports with another value, oldest first. */
function otherReports(
  reports: PersistentList<FigureReport> | undefined,
  { value, qualifier, restates }: FigureReported,
): FigureReport[] {
  if (!reports || value === undefined) return [];
  const others = [...reports.between(Math.max(0, reports.size - HELD_AGAINST))].filter(
    (report) =>
      report.value !== value && report.qualifier === qualifier && restates?.includes(report.event) !== true,
  );
  return others.slice(-NAMED);
}

export const figureReported = eventType({
  type: 'FigureReported',
  summary: 'A source gave a figure: over a period, or as of a day.',
  data: FigureReported,
  previous: earlierVersion({
    data: FigureReportedV3,
    check: checkWithSum,
    upcast: (data): FigureReported => ({ ...data }),
    previous: earlierVersion({
      data: FigureReportedV2,
      check,
      upcast: (data): FigureReportedV3 => ({ ...data }),
      previous: earlierVersion({
        data: FigureReportedV1,
        check,
        upcast: (data): FigureReportedV2 => ({ ...data }),
      }),
    }),
  }),
  stream: 'automaker',
  kind: 'figure',
  subject: figureKey,
  check: checkWithDerivation,
  effect: (record, event) => {
    const { report, growth } = reportsOf(event);
    const { measure, period, asOf } = event.data;
    const before: SubjectStates['figure'] = record ?? {
      measure,
      ...perimeterOf(event.data),
      ...(period !== undefined && { period }),
      ...(asOf !== undefined && { asOf }),
      ...figureDays(event.data),
      reports: PersistentList.empty(),
    };
    return {
      ...before,
      reports: report ? before.reports.push(report) : before.reports,
      ...(growth && { growths: grown(before.growths, growth) }),
    };
  },
  duplicateKey: ({ value, qualifier, from, to, growth }) =>
    [
      value,
      ...(from === undefined ? [] : [from, to]),
      ...(qualifier ? [qualifier] : []),
      ...(growth ? [growth.percent, growth.on] : []),
    ]
      .map((each) => String(each))
      .join('|'),
  warnings: ({ data, occurredOn }, stream) => {
    const other = otherReports(stream.record('figure', figureKey(data))?.reports, data);
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
  sentence: (data, words) => {
    const { measure, period, asOf, basis, growth, sumOf, derivation } = data;
    const { nature } = MEASURES[measure];
    const counted = inNumber(countedInWords(data, words), data);
    const counts = [
      ...(basis === undefined ? [] : [valueInWords(basis)]),
      ...(sumOf === undefined ? [] : ['exports and vehicles built abroad together']),
    ];
    const how = counts.length === 0 ? '' : ` (${counts.join(': ')})`;
    const when = period === undefined ? `as of ${dateInWords(asOf ?? '')}` : `for ${dateInWords(period)}`;
    const grew = growth
      ? ` (${growth.percent < 0 ? 'down' : 'up'} ${Math.abs(growth.percent)} % on ${dateInWords(growth.on)})`
      : '';
    const amount = amountInWords(data);
    const what = nature === 'share' ? `a ${counted} of ${amount}` : `${amount} ${counted}`;
    const told = `${what}${how} ${when}${grew}`;
    // Registries and the press report figures too, so the sentence does not say that the automaker did.
    return derivation === undefined
      ? `${words.automaker}, as reported: ${told}`
      : `${words.automaker}: ${told}, stated by no source but worked out: ${derivation}`;
  },
});

/** "1 vehicle sold abroad": the counted thing, in singular or plural to fit the amount. */
const inNumber = (counted: string, { value, from, qualifier }: FigureReported): string =>
  value === 1 && from === undefined && qualifier !== 'more-than'
    ? counted.replace(/^(vehicle|store|plant|market|service center|sales and service point)s\b/, '$1')
    : counted;

function amountInWords({ measure, value, qualifier = 'exact', from, to }: FigureReported): string {
  const unit = MEASURES[measure].unit === 'percent' ? ' %' : '';
  const written = (amount: number): string => `${amount.toLocaleString('en-GB')}${unit}`;
  if (from !== undefined && to !== undefined) return `between ${written(from)} and ${written(to)}`;
  return value === undefined ? 'an unstated number of' : `${qualifierInWords(qualifier)}${written(value)}`;
}
