import type { Unit } from '../../domain/measures/measures.js';
import type { SeriesPoint } from '../../domain/measures/series.js';

/**
 * How a point is drawn. Only a value with both bounds is a dot: "more than 50" is not 51, to which a line
 * could fall, and a value on which equally good sources disagree has no middle.
 */
export type PointMark =
  | { readonly kind: 'dot'; readonly value: number; readonly lo: number; readonly hi: number }
  | { readonly kind: 'at-least'; readonly value: number }
  | { readonly kind: 'at-most'; readonly value: number }
  | { readonly kind: 'disputed'; readonly value: number; readonly lo: number; readonly hi: number };

/** The mark of a point. A share cannot exceed 100, so an upper bound of 100 counts as none. */
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

/** The highest value that the marks of a point reach. */
export function topOf(point: SeriesPoint, unit: Unit): number {
  const mark = markOf(point, unit);
  const top = 'hi' in mark ? mark.hi : mark.value;
  return Math.max(top, ...(point.alternatives ?? []).map((each) => alternativeValue(each)));
}

/** The value at which the mark of an alternative is drawn. */
export const alternativeValue = ({ lo, hi }: { readonly lo?: number; readonly hi?: number }): number =>
  lo !== undefined && hi !== undefined ? (lo + hi) / 2 : (lo ?? hi ?? 0);
