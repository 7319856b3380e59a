import { exactly, isFinite, middle, scaled, type Bounds } from '../measures/bounds.js';
import { flowModelOf } from '../measures/flow-readings.js';
import type { ChoosingRule } from '../measures/flows.js';
import { MEASURES, type Perimeter } from '../measures/measures.js';
import { printedHalfWidth } from '../measures/printed-shares.js';
import { impliedHalfWidth } from '../measures/rounding.js';
import { daysOf } from '../ledger/edtf.js';
import type { FigureRecord, TargetTerms } from '../state/records.js';

/** What must be reached. */
export interface Threshold {
  /** The least value that reaches it; an interval if it is a multiple of a figure with bounds. */
  readonly least: Bounds;
  /** "Up to": falling short of it does not break the promise. */
  readonly isCeiling: boolean;
  /** Events behind it, if it is a multiple of figures. */
  readonly events: readonly string[];
}

/**
 * The least value that reaches a goal: the threshold itself; for "about", the least value that rounds to it;
 * for an interval, its lower end; for "double", the multiple of what the figures of one perimeter say about
 * the base period, if they cover it.
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

/** Whether a value certainly reaches the threshold. */
export const reaches = (value: Bounds, { least }: Threshold): boolean => value.lo >= least.hi;

/** Whether a value certainly falls short of it. */
export const fallsShort = (value: Bounds, { least }: Threshold): boolean => value.hi < least.lo;

/**
 * The terms with the threshold as known now: for "double", the multiple of the base if the stated number no
 * longer matches it; otherwise as stated.
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
