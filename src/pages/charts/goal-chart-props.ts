import type { Progress } from '../../domain/goals/progress.js';
import type { Day } from '../../domain/ledger/edtf.js';
import type { TargetVersion } from '../../domain/state/records.js';
import type { SeriesPoint } from '../../domain/measures/series.js';

/** Something that happened, for a tick on the time axis. */
export interface ChartEvent {
  readonly day: Day;
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
  /** One of several beside each other. */
  readonly isSmall?: boolean;
  /** Days that every chart beside this one spans too, and the highest value of them. */
  readonly shared?: { readonly first: Day; readonly last: Day; readonly highest: number };
}
