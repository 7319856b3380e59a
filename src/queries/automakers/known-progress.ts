import type { Automaker } from '../../domain/automaker.js';
import type { ChoosingRule } from '../../domain/measures/flows.js';
import type { Day } from '../../domain/occurred-on.js';
import { progressOf, type Progress } from '../../domain/goals/progress.js';
import type { TargetRecord } from '../../domain/records.js';

const known = new WeakMap<Automaker, Map<string, Progress>>();

/**
 * The progress on a target, worked out once for each automaker that was read and each day: it follows from nothing else,
 * and most questions come again before anything changes.
 */
export function knownProgress(
  automaker: Automaker,
  record: TargetRecord,
  on: Day,
  rule?: ChoosingRule,
): Progress {
  const ofAutomaker = known.get(automaker) ?? new Map<string, Progress>();
  known.set(automaker, ofAutomaker);
  const name = `${record.target} ${on} ${rule ?? ''}`;
  const progress = ofAutomaker.get(name) ?? progressOf(automaker, record, on, rule);
  ofAutomaker.set(name, progress);
  return progress;
}
