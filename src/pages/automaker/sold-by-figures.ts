import { REGIONS } from '../../domain/ledger/regions.js';
import type { FigureRecord, MarketRecord } from '../../domain/state/records.js';

/** A market in which vehicles were sold according to figures, although no entry is logged. */
export interface SoldByFigures {
  readonly market: string;
  /** The last day of the newest figure, and the event that reports it. */
  readonly last: string;
  readonly event: string;
}

/**
 * The countries abroad in which an automaker sold vehicles according to figures, without a logged entry that
 * holds. The list of entries alone would read as if it sold nowhere else. Rumours do not count.
 */
export function soldByFigures(
  figures: readonly FigureRecord[],
  markets: readonly MarketRecord[],
  home: string,
): SoldByFigures[] {
  const present = new Set(markets.flatMap(({ market, present: is }) => (is ? [market] : [])));
  const newest = new Map<string, SoldByFigures>();
  for (const { measure, market, last, reports } of figures) {
    if (measure !== 'market-units' || market === undefined || market === home) continue;
    if (REGIONS.has(market) || present.has(market)) continue;
    const report = reports.findLast(
      ({ grade, value, from = 0 }) => grade !== 'rumoured' && (value || from) > 0,
    );
    if (report && last > (newest.get(market)?.last ?? ''))
      newest.set(market, { market, last, event: report.event });
  }
  return [...newest.values()];
}
