import { exactly, isFinite, middle, scaled, type Bounds } from '../measures/bounds.js';
import { flowModelOf } from '../measures/flow-readings.js';
import type { ChoosingRule } from '../measures/flows.js';
import { MEASURES, type Perimeter } from '../measures/measures.js';
import { printedHalfWidth } from '../measures/printed-shares.js';
import { impliedHalfWidth } from '../measures/rounding.js';
import { daysOf } from '../ledger/edtf.js';
import type { FigureRecord, TargetTerms } from '../state/records.js';

/** What is to be reached. */
export interface Threshold {
  /** The least that reaches it; bounds where it is a multiple of a figure that has bounds. */
  readonly least: Bounds;
  /** "Up to": falling short of it breaks no promise. */
  readonly isCeiling: boolean;
  /** Events that it rests on, where it is a multiple of figures. */
  readonly events: readonly string[];
}

/**
 * The least that reaches a goal: the threshold; of "about" so much, what rounds to it; of an interval its lower end; of
 * "double" the multiple of what the figures of one perimeter say of the other period, where they say it.
 */
export function thresholdOf(
  terms: TargetTerms,
  figures: readonly FigureRecord[],
  perimeter: Perimeter,
  rule?: ChoosingRule,
): Threshold {
  const { measure, threshold, qualifier, relativeTo } = terms;
  const isCeiling = qualifier === 'up-to';
  if (relativeTo && MEASURES[measure].nature === 'flow') {
    const { first, last } = daysOf(relativeTo.period);
    const model = flowModelOf(figures, measure, perimeter, rule);
    const base = model.bounds(first, last);
    if (model.covers(first, last) && isFinite(base)) {
      const events = [...base.proof.lo, ...base.proof.hi].map(({ event }) => event);
      return { least: scaled(base, relativeTo.factor), isCeiling, events: [...new Set(events)] };
    }
  }
  if (qualifier !== 'about') return { least: exactly(threshold), isCeiling, events: [] };
  const halfWidth =
    MEASURES[measure].nature === 'share'
      ? 2 * printedHalfWidth(threshold)
      : impliedHalfWidth(threshold, true);
  return { least: exactly(threshold - halfWidth), isCeiling, events: [] };
}

/** Whether a value surely reaches the threshold. */
export const reaches = (value: Bounds, { least }: Threshold): boolean => value.lo >= least.hi;

/** Whether a value surely falls short of it. */
export const fallsShort = (value: Bounds, { least }: Threshold): boolean => value.hi < least.lo;

/**
 * The terms with the threshold that they come to: of "double", where the words gave a number that the base no longer rounds to,
 * the multiple of what the base is known to be; else as they were said.
 */
export function termsByBase(
  terms: TargetTerms,
  figures: readonly FigureRecord[],
  perimeter: Perimeter,
  rule?: ChoosingRule,
): TargetTerms {
  const { threshold, thresholdTo = threshold, relativeTo } = terms;
  if (!relativeTo) return terms;
  const { least, events } = thresholdOf(terms, figures, perimeter, rule);
  const halfWidth = impliedHalfWidth(threshold, true);
  const isAsSaid = least.lo <= thresholdTo + halfWidth && least.hi >= threshold - halfWidth;
  if (events.length === 0 || isAsSaid) return terms;
  const { thresholdTo: _to, qualifier: _qualifier, ...same } = terms;
  return { ...same, threshold: Math.round(middle(least)) };
}
