/** The range of a number, given what is known: at least `lo`, at most `hi`. An unknown end is infinite. */
export interface Bounds {
  readonly lo: number;
  readonly hi: number;
}

export const exactly = (value: number): Bounds => ({ lo: value, hi: value });

export const isFinite = ({ lo, hi }: Bounds): boolean => Number.isFinite(lo) && Number.isFinite(hi);

/** The midpoint of the bounds, for display as a single number beside the bounds. */
export const middle = ({ lo, hi }: Bounds): number => (lo + hi) / 2;

/**
 * A single number for display beside the bounds: their midpoint, or the only known end. An end at the limit
 * of the unit (0, or 100 % for a share) carries no information, and a midpoint with it would be a number that
 * nobody reported.
 */
export function shownOf(bounds: Bounds, unit: string): number {
  return onlyKnownEnd(bounds, unit) ?? middle(bounds);
}

/** The only end that carries information; undefined if both ends do, or neither. */
export function onlyKnownEnd({ lo, hi }: Bounds, unit: string): number | undefined {
  if (!Number.isFinite(hi)) return lo;
  if (lo === 0) return hi > 0 ? hi : undefined;
  return unit === 'percent' && hi === 100 && lo < hi ? lo : undefined;
}

export const minus = (a: Bounds, b: Bounds): Bounds => ({ lo: a.lo - b.hi, hi: a.hi - b.lo });

export const scaled = ({ lo, hi }: Bounds, factor: number): Bounds =>
  factor >= 0 ? { lo: lo * factor, hi: hi * factor } : { lo: hi * factor, hi: lo * factor };

/** The range of quotients of a value in `a` and a value in `b`. `b` must be above zero. */
export function dividedBy(a: Bounds, b: Bounds): Bounds {
  const quotients = [a.lo / b.lo, a.lo / b.hi, a.hi / b.lo, a.hi / b.hi];
  return { lo: Math.min(...quotients), hi: Math.max(...quotients) };
}

/** Bounds in a form that JSON can represent: infinite ends are omitted. */
export function jsonBounds({ lo, hi }: Bounds): { readonly lo?: number; readonly hi?: number } {
  return { ...(Number.isFinite(lo) && { lo }), ...(Number.isFinite(hi) && { hi }) };
}
