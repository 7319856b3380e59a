import type { Progress } from '../../domain/goals/progress.js';
import type { Day, EdtfDate } from '../../domain/ledger/edtf.js';
import type { TargetVersion } from '../../domain/state/records.js';
import type { SeriesPoint } from '../../domain/measures/series.js';

/** Something that happened, for a tick on the time axis. */
export interface ChartEvent {
  /** Where its tick stands. */
  readonly day: Day;
  /** As precisely as it is told. */
  readonly occurredOn: EdtfDate;
  readonly sentence: string;
}
export interface GoalChartProps {
  readonly id: string;
  /** Whose target it is. */
  readonly name: string;
  readonly progress: Progress;
  readonly versions: readonly TargetVersion[];
  readonly points: readonly SeriesPoint[];
  readonly events: readonly ChartEvent[];
  /** With something else beside it. */
  readonly isBeside?: boolean;
}
