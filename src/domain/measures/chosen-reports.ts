import { GRADES } from '../ledger/evidence.js';
import { daysOf } from '../ledger/edtf.js';
import type { FigureReport } from '../state/records.js';
import type { Bounds } from './bounds.js';
import { DEFAULT_RULE, type ChoosingRule } from './flows.js';

/** A report with the range of values that it can stand for. */
export interface ReportClaim {
  readonly report: FigureReport;
  readonly bounds: Bounds;
}

export interface ChosenReports {
  /** The intersection of the chosen reports, narrowed by reports that agree; their hull if they disagree. */
  readonly bounds: Bounds;
  readonly events: readonly string[];
  /** Events that disagree and were not chosen, or that disagree with each other within the hull. */
  readonly conflicts: readonly string[];
}

/**
 * Chooses between reports of one number, a level or a printed share. Best-evidence-first prefers the best
 * grade among stated reports; latest-first the newest publication, then the newest recording;
 * most-conservative the lowest value. Reports that agree with the choice narrow it. If reports of equal rank
 * disagree, the result is their hull. The input order does not matter. Undefined if there are no reports.
 */
export function chosenReports(
  claims: readonly ReportClaim[],
  rule: ChoosingRule = DEFAULT_RULE,
): ChosenReports | undefined {
  const [best, ...rest] = [...claims].sort((a, b) => ORDERS[rule](a, b) || tieBreak(a, b));
  if (!best) return undefined;
  const equals = rest.filter((claim) => ORDERS[rule](best, claim) === 0);
  const chosen = [best, ...equals];
  const common = intersection(chosen.map(({ bounds }) => bounds));
  let bounds = common ?? hull(chosen.map(({ bounds: its }) => its));
  const events = chosen.map(({ report }) => report.event);
  const conflicts: string[] = common ? [] : equals.map(({ report }) => report.event);
  for (const claim of rest.filter((each) => !equals.includes(each))) {
    const both = common && intersection([bounds, claim.bounds]);
    if (!both) conflicts.push(claim.report.event);
    else if (both.lo > bounds.lo || both.hi < bounds.hi) {
      bounds = both;
      events.push(claim.report.event);
    }
  }
  return { bounds, events, conflicts };
}

type Order = (a: ReportClaim, b: ReportClaim) => number;

/** Derived figures rank below all stated ones. */
const rankOf = ({ report: { grade, derivation } }: ReportClaim): number =>
  derivation === undefined ? GRADES.indexOf(grade) : GRADES.length;
const byGrade: Order = (a, b) => rankOf(a) - rankOf(b);
const published = ({ report: { publishedOn } }: ReportClaim): string =>
  publishedOn === undefined ? '' : daysOf(publishedOn).last;
const byNewness: Order = (a, b) =>
  compare(published(b), published(a)) || b.report.revision - a.report.revision;

const ORDERS: Record<ChoosingRule, Order> = {
  'least-repair': byGrade,
  'best-evidence-first': byGrade,
  'latest-first': byNewness,
  'most-conservative': (a, b) => a.bounds.hi - b.bounds.hi || b.bounds.lo - a.bounds.lo,
};

/** Makes the order of equal reports independent of the order of recording. */
const tieBreak: Order = (a, b) => a.bounds.lo - b.bounds.lo || compare(a.report.event, b.report.event);

const compare = (a: string, b: string): number => (a === b ? 0 : a < b ? -1 : 1);

function intersection(all: readonly Bounds[]): Bounds | undefined {
  const both = { lo: Math.max(...all.map(({ lo }) => lo)), hi: Math.min(...all.map(({ hi }) => hi)) };
  return both.lo <= both.hi ? both : undefined;
}

const hull = (all: readonly Bounds[]): Bounds => ({
  lo: Math.min(...all.map(({ lo }) => lo)),
  hi: Math.max(...all.map(({ hi }) => hi)),
});
