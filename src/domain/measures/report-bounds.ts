import { daysOf } from '../ledger/edtf.js';
import type { FigureRecord, FigureReport } from '../state/records.js';
import type { Bounds } from './bounds.js';
import { levelClaim } from './levels.js';
import { MEASURES } from './measures.js';
import { shareBounds } from './printed-shares.js';
import { roundingBounds } from './rounding.js';

/** The claim of a single report, in the unit of its measure. `hi` is infinite without an upper end. */
export function reportBounds({ measure, period }: FigureRecord, report: FigureReport): Bounds {
  const approximate = period !== undefined && daysOf(period).vague;
  switch (MEASURES[measure].nature) {
    case 'share':
      return shareBounds(report, approximate);
    case 'level':
      return levelClaim(report).bounds;
    case 'flow':
      return roundingBounds({ ...report, approximate });
  }
}
