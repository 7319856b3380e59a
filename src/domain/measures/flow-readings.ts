import type { Bounds } from './bounds.js';
import { FlowModel, type ChoosingRule, type FlowBounds, type FlowReport } from './flows.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import { MEASURES, perimeterKey, perimeterOf, type Measure, type Perimeter } from './measures.js';
import { daysOf, daysOfYear, type Day } from '../ledger/edtf.js';
import type { FigureRecord } from '../state/records.js';
import { eventsOfProof } from './flow-graph.js';
import { figuresIn } from './figures-in.js';
import { withGrowth } from './growth-bounds.js';

/** What reports say about a period, with the events behind it. */
export interface FlowReading {
  readonly bounds: Bounds;
  readonly first: Day;
  readonly last: Day;
  /** The events whose figures prove the bounds. */
  readonly events: readonly string[];
  /** lo and hi as sums of bounds of reported figures. */
  readonly proof: FlowBounds['proof'];
  /** Events that were not used because their figures contradict better ones. */
  readonly conflicts: readonly string[];
}

const models = new PerObjectMemo<readonly FigureRecord[], FlowModel>();

/**
 * The model of all reports of a flow in one perimeter. It is cached with the automaker's figures, because a
 * series needs it for many days.
 */
export function flowModelOf(
  figures: readonly FigureRecord[],
  measure: Measure,
  perimeter: Perimeter,
  rule?: ChoosingRule,
): FlowModel {
  const key = perimeterKey(perimeter);
  return models.of(figures, `${measure} ${key} ${rule ?? ''}`, () => {
    const counted = figuresIn(figures, measure, perimeter);
    return withGrowth(FlowModel.of(counted.flatMap(flowReports), rule), counted);
  });
}

function flowReports({ first, last, period, reports }: FigureRecord): FlowReport[] {
  const approximate = period !== undefined && daysOf(period).vague;
  return reports.map(
    ({
      event,
      value,
      plusMinus,
      qualifier,
      from,
      to,
      publishers,
      grade,
      publishedOn,
      revision,
      derivation,
    }) => ({
      event,
      value,
      ...(plusMinus !== undefined && { plusMinus }),
      ...(qualifier !== undefined && { qualifier }),
      ...(from !== undefined && to !== undefined && { from, to }),
      ...(publishers && { publishers }),
      ...(derivation !== undefined && { isDerived: true as const }),
      approximate,
      first,
      last,
      grade,
      ...(publishedOn !== undefined && { publishedOn: daysOf(publishedOn).last }),
      position: revision,
    }),
  );
}

/** The latest covered twelve months that end by `until`; undefined if there are none. */
export function trailingYear(model: FlowModel, until: Day): FlowReading | undefined {
  const year = model.trailingTwelveMonths(until);
  return year && readingFrom(model, year, year.first, year.last);
}

/** A calendar year; undefined if the reports do not cover it. */
export function calendarYear(model: FlowModel, year: number): FlowReading | undefined {
  const { first, last } = daysOfYear(year);
  return coveredPeriod(model, first, last);
}

/** Any period; undefined if the reports do not cover it. */
export function coveredPeriod(model: FlowModel, first: Day, last: Day): FlowReading | undefined {
  if (!model.covers(first, last)) return undefined;
  return readingFrom(model, model.bounds(first, last), first, last);
}

function readingFrom(model: FlowModel, { lo, hi, proof }: FlowBounds, first: Day, last: Day): FlowReading {
  const events = eventsOfProof([...proof.lo, ...proof.hi]);
  return { bounds: { lo, hi }, first, last, events, proof, conflicts: model.conflictsIn(first, last) };
}

/** What the reports on one basis say about an exact period. */
export interface PeriodBounds {
  readonly perimeter: Perimeter;
  readonly first: Day;
  readonly last: Day;
  readonly lo: number;
  /** Absent if the reports give no upper bound. */
  readonly hi?: number;
  /** lo and hi as sums of bounds of reported figures. */
  readonly proof: FlowBounds['proof'];
  readonly conflicts: FlowModel['conflicts'];
}

/** What the figures of a flow say about the days from `first` to `last`, for each perimeter. */
export function periodBounds(
  figures: readonly FigureRecord[],
  measure: Measure,
  of: { readonly market: string | undefined; readonly entity: string | undefined },
  first: Day,
  last: Day,
  rule?: ChoosingRule,
): PeriodBounds[] {
  if (MEASURES[measure].nature !== 'flow') return [];
  const perimeters = new Map<string, Perimeter>();
  for (const figure of figures) {
    if (figure.measure !== measure || figure.market !== of.market || figure.entity !== of.entity) continue;
    const perimeter = perimeterOf(figure);
    perimeters.set(perimeterKey(perimeter), perimeter);
  }
  return [...perimeters.values()].map((perimeter) => {
    const model = flowModelOf(figures, measure, perimeter, rule);
    const { lo, hi, proof } = model.bounds(first, last);
    return {
      perimeter,
      first,
      last,
      lo,
      ...(Number.isFinite(hi) && { hi }),
      proof,
      conflicts: model.conflicts,
    };
  });
}
