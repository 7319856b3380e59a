import type { Automaker } from '../../domain/state/automaker.js';
import type { ChoosingRule } from '../../domain/measures/flows.js';
import { PerObjectMemo } from '../../domain/state/per-object-memo.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { progressOf, type Progress } from '../../domain/goals/progress.js';
import type { TargetRecord } from '../../domain/state/records.js';

/** So many times as many as it has goals: they are asked for with one rule and another. */
const RULES_ASKED = 4;
const FEWEST = 200;

const progress = new PerObjectMemo<Automaker, Progress>(({ targets }) =>
  Math.max(FEWEST, RULES_ASKED * targets.length),
);

/**
 * The progress on a target, worked out once for each automaker that was read and each day: it follows from nothing else,
 * and most questions come again before anything changes.
 */
export function memoizedProgress(
  automaker: Automaker,
  record: TargetRecord,
  on: Day,
  rule?: ChoosingRule,
): Progress {
  return progress.of(automaker, `${record.target} ${on} ${rule ?? ''}`, () =>
    progressOf(automaker, record, on, rule),
  );
}
