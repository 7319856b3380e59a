import { daysOf } from '../ledger/edtf.js';
import type { FigureRecord, FigureReport } from '../state/records.js';
import type { Bounds } from './bounds.js';
import { chosenReports } from './chosen-reports.js';
import type { ChoosingRule } from './flows.js';

/** Half a unit of the last printed digit of a percentage: 0.5 for "13", 0.05 for "39.7". */
export function printedHalfWidth(value: number): number {
  const [, decimals = ''] = String(value).split('.');
  return 0.5 * 10 ** -decimals.length;
}

/**
 * The percentages that a printed share can stand for: half a unit of its last digit on both sides, twice that
 * if the source hedged, or the half-width that the source states.
 */
export function shareBounds(report: FigureReport, isVague: boolean): Bounds {
  const { value, plusMinus, qualifier = isVague ? 'about' : 'exact', from = value, to = value } = report;
  if (qualifier === 'between') return { lo: from, hi: to };
  if (qualifier === 'more-than') return { lo: value, hi: 100 };
  if (qualifier === 'less-than') return { lo: 0, hi: value };
  const halfWidth = plusMinus ?? printedHalfWidth(value) * (qualifier === 'about' ? 2 : 1);
  return { lo: Math.max(0, value - halfWidth), hi: Math.min(100, value + halfWidth) };
}

/** Combines reports of a share: the hull of those that the rule chooses; others may conflict. */
export function printedShare(
  { period, reports }: FigureRecord,
  rule: ChoosingRule | undefined,
):
  | { readonly bounds: Bounds; readonly events: readonly string[]; readonly conflicts: readonly string[] }
  | undefined {
  const isVague = period !== undefined && daysOf(period).vague;
  const claims = reports.map((report) => ({ report, bounds: shareBounds(report, isVague) }));
  return chosenReports(claims, rule);
}
