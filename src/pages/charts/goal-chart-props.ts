import type { Progress } from '../../domain/goals/progress.js';
import type { Day, EdtfDate } from '../../domain/ledger/edtf.js';
import type { TargetVersion } from '../../domain/state/records.js';
import type { SeriesPoint } from '../../domain/measures/series.js';

/** An event that is shown as a tick on the time axis. */
export interface ChartEvent {
  /** The position of its tick. */
  readonly day: Day;
  /** The date with its stated precision. */
  readonly occurredOn: EdtfDate;
  readonly sentence: string;
}
export interface GoalChartProps {
  readonly id: string;
  /** The name of the automaker. */
  readonly name: string;
  readonly progress: Progress;
  readonly versions: readonly TargetVersion[];
  readonly points: readonly SeriesPoint[];
  readonly events: readonly ChartEvent[];
  /** Whether other content stands beside the chart. */
  readonly isBeside?: boolean;
}
