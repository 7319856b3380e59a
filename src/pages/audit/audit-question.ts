import type { Point } from '../../domain/audit/differences.js';

/** Two points on the three clocks, and the automaker in question. */
export interface AuditQuestion {
  readonly automaker: string | undefined;
  readonly from: Point;
  readonly to: Point;
}
