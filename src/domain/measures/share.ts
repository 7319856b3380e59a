import { dividedBy, middle, minus, type Bounds } from './bounds.js';

/** The parts of a share: overseas units and total units of the same period and perimeter. */
export interface ShareParts {
  readonly overseas: Bounds;
  readonly total: Bounds;
}

/**
 * overseas / total in percent, as the full range that the bounds allow. Undefined if the total may be zero.
 */
export function shareOf({ overseas, total }: ShareParts): Bounds | undefined {
  if (total.lo <= 0) return undefined;
  const { lo, hi } = dividedBy({ lo: Math.max(0, overseas.lo), hi: Math.min(overseas.hi, total.hi) }, total);
  return { lo: 100 * lo, hi: Math.min(100, 100 * hi) };
}

/** Home units: total units minus overseas units. */
function homeOf({ overseas, total }: ShareParts): Bounds {
  const { lo, hi } = minus(total, overseas);
  return { lo: Math.max(0, lo), hi };
}

/** One part of the change of a share, in log-odds. */
export interface SplitPart extends Bounds {
  /** Computed from the midpoints of the units' bounds. */
  readonly middle: number;
}

/**
 * Why a share changed: Δlogit S = Δln O − Δln H, exactly, with O for overseas and H for home units. Single
 * numbers use the midpoints of the bounds; lo and hi are the full range that the bounds allow.
 */
export interface ShareSplit {
  /** Change of the share in percentage points. */
  readonly points: number;
  readonly logOdds: number;
  /** Δln O: the effect of selling more (or less) abroad. */
  readonly fromOverseas: SplitPart;
  /** −Δln H: the effect of selling less (or more) at home. */
  readonly fromHome: SplitPart;
  /** The units behind the share: overseas and home, before and now. */
  readonly units: {
    readonly overseas: { readonly before: Bounds; readonly now: Bounds };
    readonly home: { readonly before: Bounds; readonly now: Bounds };
  };
  readonly words: string;
}

/** Undefined if a part may be zero, because it then has no logarithm. */
export function shareSplit(before: ShareParts, now: ShareParts): ShareSplit | undefined {
  const overseas = { before: before.overseas, now: now.overseas };
  const home = { before: homeOf(before), now: homeOf(now) };
  if (![overseas.before, overseas.now, home.before, home.now].every(({ lo }) => lo > 0)) return undefined;
  const fromOverseas = logGrowth(overseas.before, overseas.now);
  const homeGrowth = logGrowth(home.before, home.now);
  const fromHome = { lo: 0 - homeGrowth.hi, hi: 0 - homeGrowth.lo, middle: 0 - homeGrowth.middle };
  const points = 100 * (portion(overseas.now, home.now) - portion(overseas.before, home.before));
  return {
    points,
    logOdds: fromOverseas.middle + fromHome.middle,
    fromOverseas,
    fromHome,
    units: { overseas, home },
    words: splitInWords(points, fromOverseas.middle, fromHome.middle),
  };
}

const portion = (overseas: Bounds, home: Bounds): number =>
  middle(overseas) / (middle(overseas) + middle(home));

/** Δln of a value above zero. */
function logGrowth(before: Bounds, now: Bounds): SplitPart {
  return {
    lo: Math.log(now.lo / before.hi),
    hi: Math.log(now.hi / before.lo),
    middle: Math.log(middle(now) / middle(before)),
  };
}

/**
 * Attributes the points in proportion to the log-odds if both parts pull in the same direction, else to the
 * part that pulled in the direction of the change.
 */
function splitInWords(points: number, fromOverseas: number, fromHome: number): string {
  const change = (growth: number): string => {
    const percent = Math.abs(Math.expm1(growth) * 100);
    return percent < 0.05 ? 'did not change' : `${growth > 0 ? 'rose' : 'fell'} ${percent.toFixed(1)} %`;
  };
  const [moved, size] = [points >= 0 ? 'rose' : 'fell', Math.abs(points)];
  const facts = `The share ${moved} ${size.toFixed(1)} points: overseas units ${change(fromOverseas)}, home units ${change(0 - fromHome)}.`;
  if (size < 0.05) return facts;
  const direction = Math.sign(points);
  const [abroad, home] = direction > 0 ? ['more', 'less'] : ['less', 'more'];
  const of = `${facts} Of the ${size.toFixed(1)} points,`;
  if (fromOverseas * direction <= 1e-9)
    return direction > 0
      ? `${of} none came from selling more abroad: the share rose because home sales fell.`
      : `${of} none came from selling less abroad: the share fell because home sales grew faster.`;
  if (fromHome * direction <= 0) return `${of} all came from selling ${abroad} abroad.`;
  const part = (size * fromOverseas) / (fromOverseas + fromHome);
  return `${of} ${part.toFixed(1)} came from selling ${abroad} abroad and ${(size - part).toFixed(1)} from selling ${home} at home.`;
}
