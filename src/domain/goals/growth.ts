import { middle, type Bounds } from '../measures/bounds.js';
import { yearsBetween, type Day } from '../ledger/edtf.js';
import { logOdds } from './pace.js';
import { bandsOf, type BandRange } from './status.js';

/** The scale on which growth is compared: the logarithm for amounts and counts, the log-odds for a share. */
export type GrowthScale = 'log' | 'log-odds';

const ON_SCALE: Readonly<Record<GrowthScale, (value: number) => number>> = {
  log: Math.log,
  'log-odds': logOdds,
};

/** A value and its day. */
export interface DatedBounds {
  readonly bounds: Bounds;
  readonly on: Day;
}

/**
 * Observed growth divided by needed growth, per year on one scale: the full range that the bounds allow, and
 * the ratio of the midpoints.
 */
export interface GrowthRatio extends Bounds {
  readonly middle: number;
  readonly bands: BandRange;
  readonly scale: GrowthScale;
  /** The earlier value, and its day. */
  readonly before: Bounds;
  readonly from: Day;
  readonly to: Day;
  readonly by: Day;
}

/**
 * Growth from an earlier value to now, divided by the needed growth: either from the earlier value to the
 * threshold (`since-set`, as in Open SDG) or from now to the threshold (`last-year`). Undefined if a value
 * cannot be represented on the scale, if the threshold may already be reached, or if a day is not in the
 * future of the previous one.
 */
export function growthRatio(
  from: 'since-set' | 'last-year',
  before: DatedBounds,
  now: DatedBounds,
  threshold: Bounds,
  by: Day,
  scale: GrowthScale,
): GrowthRatio | undefined {
  const start = from === 'since-set' ? before : now;
  const [seen, left] = [yearsBetween(before.on, now.on), yearsBetween(start.on, by)];
  const place = ON_SCALE[scale];
  if (seen <= 0 || left <= 0) return undefined;
  const ratio = (earlier: number, later: number, goal: number): number => {
    const needed = place(goal) - place(from === 'since-set' ? earlier : later);
    return needed > 0 ? (place(later) - place(earlier)) / seen / (needed / left) : Number.NaN;
  };
  const corners = ends(before.bounds).flatMap((earlier) =>
    ends(now.bounds).flatMap((later) => ends(threshold).map((goal) => ratio(earlier, later, goal))),
  );
  if (!corners.every((corner) => Number.isFinite(corner))) return undefined;
  const bounds = { lo: Math.min(...corners), hi: Math.max(...corners) };
  return {
    ...bounds,
    middle: ratio(middle(before.bounds), middle(now.bounds), middle(threshold)),
    bands: bandsOf(bounds),
    scale,
    before: before.bounds,
    from: before.on,
    to: now.on,
    by,
  };
}

/** The ratio is monotonic in each of its values, so its extremes are at their ends. */
const ends = ({ lo, hi }: Bounds): readonly number[] => (lo === hi ? [lo] : [lo, hi]);
