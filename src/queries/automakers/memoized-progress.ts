import type { Automaker } from '../../domain/state/automaker.js';
import type { ChoosingRule } from '../../domain/measures/flows.js';
import { PerObjectMemo } from '../../domain/state/per-object-memo.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { progressOf, type Progress } from '../../domain/goals/progress.js';
import type { TargetRecord } from '../../domain/state/records.js';

/** Cache size as a multiple of the number of goals: goals are requested with different rules. */
const RULES_ASKED = 4;
const FEWEST = 200;

const progress = new PerObjectMemo<Automaker, Progress>(({ targets }) =>
  Math.max(FEWEST, RULES_ASKED * targets.length),
);

/**
 * The progress on a target, cached per automaker read and day: it depends on nothing else, and most questions
 * are repeated before anything changes.
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
