/** The values that a number can have, given what is known: at least `lo`, at most `hi`. Open ends are infinite. */
export interface Bounds {
  readonly lo: number;
  readonly hi: number;
}

export const exactly = (value: number): Bounds => ({ lo: value, hi: value });

export const isFinite = ({ lo, hi }: Bounds): boolean => Number.isFinite(lo) && Number.isFinite(hi);

/** The middle of the bounds, for a single number to show where the bounds stand beside it. */
export const middle = ({ lo, hi }: Bounds): number => (lo + hi) / 2;

/**
 * A single number to show where the bounds stand beside it: their middle, or the one end that is known. Nothing is less than 0,
 * and no share more than 100: an end there tells nothing, and a middle of it would be a number that nobody said.
 */
export function shownOf(bounds: Bounds, unit: string): number {
  return onlyKnownEnd(bounds, unit) ?? middle(bounds);
}

/** The end that is known where the other one tells nothing; undefined where both do. */
export function onlyKnownEnd({ lo, hi }: Bounds, unit: string): number | undefined {
  if (!Number.isFinite(hi)) return lo;
  if (lo === 0) return hi > 0 ? hi : undefined;
  return unit === 'percent' && hi === 100 && lo < hi ? lo : undefined;
}

export const minus = (a: Bounds, b: Bounds): Bounds => ({ lo: a.lo - b.hi, hi: a.hi - b.lo });

export const scaled = ({ lo, hi }: Bounds, factor: number): Bounds =>
  factor >= 0 ? { lo: lo * factor, hi: hi * factor } : { lo: hi * factor, hi: lo * factor };

/** All quotients of a value in `a` and one in `b`, which must be above zero. */
export function dividedBy(a: Bounds, b: Bounds): Bounds {
  const quotients = [a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi];
  return { lo: Math.min(...quotients), hi: Math.max(...quotients) };
}

/** Bounds as JSON can hold them: an open end is left out. */
export function jsonBounds({ lo, hi }: Bounds): { readonly lo?: number; readonly hi?: number } {
  return { ...(Number.isFinite(lo) && { lo }), ...(Number.isFinite(hi) && { hi }) };
}
