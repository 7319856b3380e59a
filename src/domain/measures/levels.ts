import type { Day, EdtfDate } from '../ledger/edtf.js';
import type { FigureRecord, FigureReport } from '../state/records.js';
import type { Bounds } from './bounds.js';
import { figuresIn } from './figures-in.js';
import { chosenReports, type ReportClaim } from './chosen-reports.js';
import type { ChoosingRule } from './flows.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import { perimeterKey, type Measure, type Perimeter } from './measures.js';
import { newestBy } from './newest-by.js';
import { roundingBounds } from './rounding.js';

/** A reported level. It holds from its day until the next report. */
export interface LevelReading {
  readonly bounds: Bounds;
  readonly asOf: Day;
  /** The date as its source gives it, if that is less precise than a day: "2022-09". */
  readonly told?: EdtfDate;
  /** The events that report it. */
  readonly events: readonly string[];
  /** Events that report a different level for the same day. */
  readonly conflicts: readonly string[];
}

const stepsOf = new PerObjectMemo<readonly FigureRecord[], LevelReading[]>();

/** The reported levels of a measure and perimeter, oldest first: a step function of time. Cached. */
export function levelSteps(
  figures: readonly FigureRecord[],
  measure: Measure,
  perimeter: Perimeter,
  rule?: ChoosingRule,
): readonly LevelReading[] {
  const key = perimeterKey(perimeter);
  return stepsOf.of(figures, `${measure} ${key} ${rule ?? ''}`, () =>
    figuresIn(figures, measure, perimeter)
      .flatMap(({ last, asOf: told, reports }) => {
        const chosen = chosenReports(reports.map(levelClaim), rule);
        return chosen
          ? [{ ...chosen, asOf: last, ...(told !== undefined && told !== last && { told }) }]
          : [];
      })
      .sort((a, b) => (a.asOf < b.asOf ? -1 : 1)),
  );
}

/** A count on a day is exact unless its source says otherwise. */
export function levelClaim(report: FigureReport): ReportClaim {
  const { value, plusMinus, qualifier = 'exact' } = report;
  const isPlain = qualifier === 'exact' && plusMinus === undefined;
  const bounds = isPlain ? { lo: value, hi: value } : roundingBounds({ ...report, approximate: false });
  return { report, bounds };
}

/** The step that holds on a day; undefined before the first one. */
export function levelOn(steps: readonly LevelReading[], day: Day): LevelReading | undefined {
  return newestBy(steps, day, ({ asOf }) => asOf);
}
