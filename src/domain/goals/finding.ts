import type { Automaker } from '../state/automaker.js';
import type { ChoosingRule } from '../measures/flows.js';
import type { Perimeter } from '../measures/measures.js';
import type { Reading } from '../measures/readings.js';
import type { Day } from '../ledger/edtf.js';
import type { FigureRecord, GoalKind, TargetTerms } from '../state/records.js';
import type { AmountProgress } from './amount-progress.js';
import type { GrowthRatio } from './growth.js';
import type { ObservedPace, RequiredPace, PaceRatio } from './pace.js';
import type { BandRange, Status } from './status.js';

/** The input for judging a goal: an automaker's records, and the terms in force from a day on. */
export interface GoalContext {
  readonly automaker: Automaker;
  /** Figures that count towards the goal. Rumours do not. */
  readonly figures: readonly FigureRecord[];
  /** Rumours count too, figures and events: to tell what they would amount to. */
  readonly hasRumours?: true;
  readonly terms: TargetTerms;
  /** The range of days on which the goal may first have been stated with this threshold. */
  readonly said: { readonly first: Day; readonly last: Day };
  readonly rule: ChoosingRule;
}

/** Observed and required pace, both from the day of the value, in one perimeter. */
export interface Pace {
  /** Over the twelve months up to the value, in units of the measure per year. */
  readonly observed?: ObservedPace & { readonly reading: Reading };
  readonly toEarlyEnd?: RequiredPace & { readonly ratio?: PaceRatio };
  readonly toLateEnd?: RequiredPace & { readonly ratio?: PaceRatio };
  /**
   * Growth of the last year divided by the growth needed from the value to the late end of the deadline.
   * Growth is measured on the logarithm, or on the log-odds of a share.
   */
  readonly lastYear?: GrowthRatio;
  /**
   * Growth since the goal was set divided by the growth needed from then on, to the late end of the deadline.
   */
  readonly sinceSet?: GrowthRatio;
  /** The same two ratios for the early end, if the deadline is an interval. */
  readonly lastYearToEarlyEnd?: GrowthRatio;
  readonly sinceSetToEarlyEnd?: GrowthRatio;
}

/** The result for one way to read a goal. */
export interface Finding {
  readonly kind: GoalKind;
  readonly period?: { readonly first: Day; readonly last: Day };
  readonly status: Status;
  /** The day of the newest relevant figure or event. */
  readonly asOf?: Day;
  readonly reading?: Reading;
  /** The value on the goal's own basis is not known, so one on another basis is shown. */
  readonly isProxy?: boolean;
  /** The figures decide the outcome: no later figure can change it. */
  readonly isFinal: boolean;
  readonly bands?: BandRange;
  readonly amount?: AmountProgress;
  readonly pace?: Pace;
  /** A source states the value as a range, which is no rounding of one number. */
  readonly isRange?: true;
  /** The only evidence is a rumour. */
  readonly isRumour?: true;
  /** The day by which the threshold was reached, if it was. */
  readonly reachedOn?: Day;
  /** Whether the threshold was met at the deadline, if the figures show it. */
  readonly heldAtDeadline?: boolean;
  /** What was promised happened after the deadline. */
  readonly late?: { readonly on: string; readonly event: string };
  /** Why the finding says no more, in sentences. */
  readonly notes: readonly string[];
}

/** The perimeter of a goal. */
export const wantedOf = ({ entity, market, basis, vehicles }: TargetTerms): Perimeter => ({
  ...(entity !== undefined && { entity }),
  ...(market !== undefined && { market }),
  ...(basis !== undefined && { basis }),
  ...(vehicles !== undefined && { vehicles }),
});
