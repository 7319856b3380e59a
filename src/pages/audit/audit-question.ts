import type { Point } from '../../domain/audit/differences.js';

/** Two points on the three clocks, and whose ledger is asked about. */
export interface AuditQuestion {
  readonly automaker: string | undefined;
  readonly from: Point;
  readonly to: Point;
}
