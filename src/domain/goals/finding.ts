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

/** What a goal is judged by: one automaker's records, and the terms that were in force from a day on. */
export interface GoalContext {
  readonly automaker: Automaker;
  /** Figures that can achieve something: no rumours. */
  readonly figures: readonly FigureRecord[];
  readonly terms: TargetTerms;
  /** The days on which it can have been said first with this threshold. */
  readonly said: { readonly first: Day; readonly last: Day };
  readonly rule: ChoosingRule;
}

/** Observed and required pace, both from the day of the value, in one perimeter. */
export interface Pace {
  /** Over the twelve months up to the value, in units of the measure a year. */
  readonly observed?: ObservedPace & { readonly reading: Reading };
  readonly toEarlyEnd?: RequiredPace & { readonly ratio?: PaceRatio };
  readonly toLateEnd?: RequiredPace & { readonly ratio?: PaceRatio };
  /** Growth of the last year over growth needed from the value on, to the late end; on the logarithm, or the log-odds of a share. */
  readonly lastYear?: GrowthRatio;
  /** Growth since the goal was set over growth needed from then on, to the late end. */
  readonly sinceSet?: GrowthRatio;
  /** The same two to the early end of a deadline that is an interval. */
  readonly lastYearToEarlyEnd?: GrowthRatio;
  readonly sinceSetToEarlyEnd?: GrowthRatio;
}

/** What the figures come to for one way to read a goal. */
export interface Finding {
  readonly kind: GoalKind;
  readonly period?: { readonly first: Day; readonly last: Day };
  readonly status: Status;
  /** The day of the newest figure or event that bears on it. */
  readonly asOf?: Day;
  readonly reading?: Reading;
  /** The value of the goal's own basis is not known: another one is shown. */
  readonly isProxy?: boolean;
  /** The figures say how it ended: no later figure can change it. */
  readonly isFinal: boolean;
  readonly bands?: BandRange;
  readonly amount?: AmountProgress;
  readonly pace?: Pace;
  /** All that is known is a rumour. */
  readonly isRumour?: true;
  /** The day by which the threshold was reached, where it was. */
  readonly reachedOn?: Day;
  /** Whether the threshold was held when the deadline came, where the figures say so. */
  readonly heldAtDeadline?: boolean;
  /** What was promised happened after the deadline. */
  readonly late?: { readonly on: string; readonly event: string };
  /** Why it says no more, in sentences. */
  readonly notes: readonly string[];
}

/** The perimeter that a goal is about. */
export const wantedOf = ({ entity, market, basis, vehicles }: TargetTerms): Perimeter => ({
  ...(entity !== undefined && { entity }),
  ...(market !== undefined && { market }),
  ...(basis !== undefined && { basis }),
  ...(vehicles !== undefined && { vehicles }),
});
