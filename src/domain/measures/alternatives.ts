import type { FigureRecord } from '../state/records.js';
import { jsonBounds, type Bounds } from './bounds.js';
import { figuresIn } from './figures-in.js';
import type { Measure } from './measures.js';
import type { Reading } from './readings.js';
import { reportBounds } from './report-bounds.js';
import { shareOf } from './share.js';

/** A report for the same days and perimeter that the reading excludes, or merely spans. */
export interface Alternative {
  readonly lo?: number;
  readonly hi?: number;
  /** The events that report it. */
  readonly events: readonly string[];
}

/**
 * The reports for the days of a reading that disagree with it. If reports of equal weight disagree, so that
 * the reading is their hull, all of them are alternatives. For a share, a report of one of its parts replaces
 * that part. O(1) for figures seen before, plus the reports of those days.
 */
export function alternativesTo(
  figures: readonly FigureRecord[],
  measure: Measure,
  reading: Reading,
): readonly Alternative[] {
  const claims = claimsOf(figures, measure, reading);
  const isDisputed = claims.some(
    ({ event, bounds }) => reading.conflicts.includes(event) && meet(bounds, reading.bounds),
  );
  const said = new Map<string, Alternative>();
  for (const { event, bounds } of claims) {
    if (!isDisputed && meet(bounds, reading.bounds)) continue;
    const key = `${bounds.lo} ${bounds.hi}`;
    said.set(key, { ...jsonBounds(bounds), events: [...(said.get(key)?.events ?? []), event] });
  }
  return said.size < 2 && isDisputed ? [] : [...said.values()];
}

interface Claimed {
  readonly event: string;
  readonly bounds: Bounds;
}

function claimsOf(figures: readonly FigureRecord[], measure: Measure, reading: Reading): readonly Claimed[] {
  const { parts } = reading;
  const own = reportsOf(figures, measure, reading);
  if (!parts) return own;
  const asShare =
    (part: 'overseas' | 'total') =>
    ({ event, bounds }: Claimed): Claimed[] => {
      const share = shareOf({ ...parts, [part]: bounds });
      return share ? [{ event, bounds: share }] : [];
    };
  return [
    ...own,
    ...reportsOf(figures, 'overseas-units', reading).flatMap(asShare('overseas')),
    ...reportsOf(figures, 'total-units', reading).flatMap(asShare('total')),
  ];
}

type Days = Pick<Reading, 'first' | 'last' | 'perimeter'>;

/** Reports in the same perimeter, or in one whose source does not say how it counts. */
function reportsOf(figures: readonly FigureRecord[], measure: Measure, days: Days): readonly Claimed[] {
  const { basis, countedBy, ...untold } = days.perimeter;
  const isTold = basis !== undefined || countedBy !== undefined;
  return [days.perimeter, ...(isTold ? [untold] : [])]
    .flatMap((perimeter) => figuresOn(figuresIn(figures, measure, perimeter), days))
    .flatMap((figure) =>
      figure.reports.map((report) => ({ event: report.event, bounds: reportBounds(figure, report) })),
    );
}

const figuresOn = (group: readonly FigureRecord[], { first, last }: Days): readonly FigureRecord[] =>
  group.filter((figure) => figure.first === first && figure.last === last);

const meet = (a: Bounds, b: Bounds): boolean => a.lo <= b.hi && b.lo <= a.hi;
