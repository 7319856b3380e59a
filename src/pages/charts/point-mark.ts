import type { Unit } from '../../domain/measures/measures.js';
import type { SeriesPoint } from '../../domain/measures/series.js';

/**
 * How a point is drawn. Only what has both ends is a dot: "more than 50" is no 51 that a line could come down to, and what
 * sources of equal weight disagree about has no middle.
 */
export type PointMark =
  | { readonly kind: 'dot'; readonly value: number; readonly lo: number; readonly hi: number }
  | { readonly kind: 'at-least'; readonly value: number }
  | { readonly kind: 'at-most'; readonly value: number }
  | { readonly kind: 'disputed'; readonly value: number; readonly lo: number; readonly hi: number };

/** A share ends at 100, so that "100 at most" says nothing. */
export function markOf(
  {
    value,
    lo = value,
    hi = Infinity,
    alternatives = [],
  }: Pick<SeriesPoint, 'value' | 'lo' | 'hi' | 'alternatives'>,
  unit: Unit,
): PointMark {
  const isDisputed = alternatives.some(({ lo: low = 0, hi: high = Infinity }) => low <= hi && lo <= high);
  if (isDisputed && Number.isFinite(hi)) return { kind: 'disputed', value, lo, hi };
  if (!Number.isFinite(hi) || (unit === 'percent' && hi >= 100 && lo < 100))
    return { kind: 'at-least', value: lo };
  if (lo === 0 && hi > 0) return { kind: 'at-most', value: hi };
  return { kind: 'dot', value, lo, hi };
}

/** The highest place that the marks of a point take. */
export function topOf(point: SeriesPoint, unit: Unit): number {
  const mark = markOf(point, unit);
  const top = 'hi' in mark ? mark.hi : mark.value;
  return Math.max(top, ...(point.alternatives ?? []).map((each) => alternativeValue(each)));
}

/** Where the mark of an alternative stands. */
export const alternativeValue = ({ lo, hi }: { readonly lo?: number; readonly hi?: number }): number =>
  lo !== undefined && hi !== undefined ? (lo + hi) / 2 : (lo ?? hi ?? 0);
