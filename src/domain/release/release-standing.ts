import type { FigureReported } from '../events/figure-reported.js';
import type { Growth } from '../events/growth.js';
import { figureKey } from '../events/figure-reported.js';
import type { Evidence } from '../ledger/evidence.js';
import type { Proposal } from '../ledger/proposal.js';
import { identityOf } from '../ledger/text.js';
import { effective, type LoggedEvent } from '../state/logged-event.js';
import type { FigureReport } from '../state/records.js';
import { standingEvidence } from '../state/standing-evidence.js';
import type { StreamState } from '../state/stream-state.js';
import type { Cell, ReleaseFigure } from './release-figure.js';

/** What to do with a cell that contradicts what was recorded from the same source. */
export const SETTLEMENTS = ['correct', 'restate', 'add', 'leave'] as const;
/**
 * `correct`: the recorded event is wrong. `restate`: the source revised its earlier figure. `add`: both
 * remain as separate reports. `leave`: nothing is recorded.
 */
export type Settlement = (typeof SETTLEMENTS)[number];

/** How a figure of a release relates to the recorded ones. */
export type FigureStanding =
  | { readonly kind: 'new' }
  /** Counts towards totals only, such as "others". */
  | { readonly kind: 'not-recorded' }
  /** The event records the same figure from this source. */
  | { readonly kind: 'known'; readonly event: string }
  /** The event records the same figure from other sources. This source is added as evidence. */
  | { readonly kind: 'known-elsewhere'; readonly event: string }
  /** The amount is recorded, but not its growth. */
  | { readonly kind: 'growth-is-new'; readonly event: string }
  /** The same source, or its publisher, reported a different figure. */
  | {
      readonly kind: 'differs';
      readonly event: string;
      readonly recorded: { readonly value: number; readonly growth?: number };
      readonly from: 'same-source' | 'same-publisher';
    };

/** The recorded state that a figure is compared with. */
export interface RecordedSoFar {
  readonly state: StreamState;
  readonly source: Pick<Evidence, 'url' | 'publisher'>;
  /** Events to ignore: those that the same request recorded, if it is repeated. */
  readonly without: ReadonlySet<string>;
}

/** How a figure relates to what is recorded for its period and perimeter. O(reports of that figure). */
export function standingOf(figure: ReleaseFigure, recorded: RecordedSoFar): FigureStanding {
  if (figure.rest) return { kind: 'not-recorded' };
  const reports = reportsOf(figure, recorded);
  const superseded = new Set(reports.flatMap(({ restates = [] }) => restates));
  const own = reports.filter(({ evidence }) => evidence.some(({ url }) => url === recorded.source.url));
  const isSaid = ({ value, qualifier = 'exact' }: ReportSoFar): boolean =>
    qualifier === 'exact' && value === figure.value;
  const known = own.find(isSaid);
  if (known) return withGrowth(figure, known, { kind: 'known', event: known.event });
  const current = reports.filter(({ event }) => !superseded.has(event));
  const ownOther = own.findLast(({ event }) => !superseded.has(event)) ?? own.at(-1);
  if (ownOther) return differs(ownOther, 'same-source');
  const elsewhere = current.find(isSaid);
  if (elsewhere) return withGrowth(figure, elsewhere, { kind: 'known-elsewhere', event: elsewhere.event });
  const publisher = identityOf(recorded.source.publisher);
  const earlier = current.findLast(
    ({ evidence, qualifier = 'exact' }) =>
      qualifier === 'exact' && evidence.some((each) => identityOf(each.publisher) === publisher),
  );
  return earlier ? differs(earlier, 'same-publisher') : { kind: 'new' };
}

type ReportSoFar = Pick<FigureReport, 'event' | 'value' | 'qualifier' | 'restates'> & {
  readonly evidence: readonly Evidence[];
  readonly growth: Growth | undefined;
};

/** The recorded reports of a figure, oldest first, each with its evidence and its growth. */
function reportsOf(figure: ReleaseFigure, { state, without }: RecordedSoFar): ReportSoFar[] {
  const record = state.record('figure', figureKey(figure));
  const reports: ReportSoFar[] = [];
  for (const { event } of record?.reports ?? []) {
    const logged = state.logged(event);
    if (!logged || without.has(event)) continue;
    const entry = entryWithout(logged, without);
    const said = effective(entry);
    if (!said) continue;
    const { value, qualifier, from, to, restates, growth } = said.data as FigureReported;
    reports.push({
      event,
      value: value ?? ((from ?? 0) + (to ?? 0)) / 2,
      ...(qualifier && { qualifier }),
      ...(restates && { restates }),
      evidence: standingEvidence(entry),
      growth: growth ?? growthToldOf(record?.growths, without),
    });
  }
  return reports;
}

const growthToldOf = (
  growths: Iterable<Growth & { readonly event: string }> | undefined,
  without: ReadonlySet<string>,
): Growth | undefined => [...(growths ?? [])].findLast(({ event }) => !without.has(event));

/** An event without the given corrections and additions of evidence. */
function entryWithout(entry: LoggedEvent, without: ReadonlySet<string>): LoggedEvent {
  const isKept = ({ id }: { readonly id: string }): boolean => !without.has(id);
  return without.size === 0
    ? entry
    : {
        ...entry,
        corrections: entry.corrections.filter(isKept),
        addedEvidence: entry.addedEvidence.filter(isKept),
      };
}

const differs = (
  { event, value, growth }: ReportSoFar,
  from: 'same-source' | 'same-publisher',
): FigureStanding => ({
  kind: 'differs',
  event,
  recorded: { value, ...(growth && { growth: growth.percent }) },
  from,
});

/**
 * The standing of a figure whose amount is recorded: its growth may be new, or contradict the recorded one.
 */
function withGrowth(
  { growth }: ReleaseFigure,
  report: ReportSoFar,
  same: Extract<FigureStanding, { kind: 'known' | 'known-elsewhere' }>,
): FigureStanding {
  if (!growth || report.growth?.percent === growth.percent) return same;
  if (report.growth?.on === growth.on && same.kind === 'known') return differs(report, 'same-source');
  return { kind: 'growth-is-new', event: report.event };
}

/**
 * The events to record for a figure of a release, each with the release as its source. Empty if everything is
 * known or the figure is to be left.
 */
export function proposalsFor(
  figure: ReleaseFigure,
  standing: FigureStanding,
  settlement: Settlement | undefined,
  { state, source, occurredOn }: { state: StreamState; source: Evidence; occurredOn: string },
): Proposal[] {
  const data = dataOf(figure);
  const reported = (more: object): Proposal => ({
    type: 'FigureReported',
    occurredOn,
    data: more,
    evidence: [source],
  });
  switch (standing.kind) {
    case 'new':
      return [reported(data)];
    case 'known':
    case 'not-recorded':
      return [];
    case 'known-elsewhere':
      return [{ type: 'EvidenceAdded', data: { event: standing.event, evidence: [source] } }];
    case 'growth-is-new': {
      const { value: _value, plusMinus: _rounding, ...growthAlone } = data;
      return [reported(growthAlone)];
    }
    case 'differs':
      switch (settlement) {
        case 'correct':
          return [correction(figure, standing, { state, source })];
        case 'restate':
          return [reported({ ...data, restates: [standing.event] })];
        case 'add':
          return [reported(data)];
        case 'leave':
        case undefined:
          return [];
      }
  }
}

function dataOf(figure: ReleaseFigure): FigureReported {
  const { cell: _cell, rest: _rest, growth, ...data } = figure;
  return {
    ...data,
    ...(growth && { growth: { percent: growth.percent, on: growth.on, plusMinus: growth.plusMinus } }),
  };
}

function correction(
  figure: ReleaseFigure,
  { event, recorded }: Extract<FigureStanding, { kind: 'differs' }>,
  { state, source }: { state: StreamState; source: Evidence },
): Proposal {
  const entry = state.logged(event);
  const before = entry && effective(entry);
  const { qualifier: _q, from: _f, to: _t, plusMinus: _p, ...kept } = (before?.data ?? {}) as FigureReported;
  const { value, growth = kept.growth, plusMinus } = dataOf(figure);
  const said = (amount: number | undefined, percent: number | undefined): string =>
    `${amount ?? 'nothing'}${percent === undefined ? '' : ` (${percent} %)`}`;
  const isOfGrowth = value === recorded.value;
  return {
    type: 'EventCorrected',
    data: {
      event,
      occurredOn: before?.occurredOn ?? figure.period,
      data: {
        ...kept,
        value,
        ...(plusMinus !== undefined && { plusMinus }),
        ...(growth && { growth }),
      },
      reason: `${source.publisher} says ${said(value, isOfGrowth ? growth?.percent : undefined)}, not ${said(recorded.value, isOfGrowth ? recorded.growth : undefined)}`,
    },
    evidence: [source],
  };
}

/** Names a figure by its cell: `3:2` is the second cell of the third row. */
export const placeOf = ({ row, column }: Pick<Cell, 'row' | 'column'>): string => `${row}:${column}`;
