import { dividedBy, middle, minus, type Bounds } from './bounds.js';

/** The parts of a share: overseas units and all units of one period and one perimeter. */
export interface ShareParts {
  readonly overseas: Bounds;
  readonly total: Bounds;
}

/** overseas / total, in percent, with all that the bounds allow. Undefined where the total may be zero. */
export function shareOf({ overseas, total }: ShareParts): Bounds | undefined {
  if (total.lo <= 0) return undefined;
  const { lo, hi } = dividedBy({ lo: Math.max(0, overseas.lo), hi: Math.min(overseas.hi, total.hi) }, total);
  return { lo: 100 * lo, hi: Math.min(100, 100 * hi) };
}

/** Home units: what is sold, less what is sold overseas. */
function homeOf({ overseas, total }: ShareParts): Bounds {
  const { lo, hi } = minus(total, overseas);
  return { lo: Math.max(0, lo), hi };
}

/** One part of the change of a share, in log-odds. */
export interface SplitPart extends Bounds {
  /** From the middles of the bounds of the units. */
  readonly middle: number;
}

/**
 * Why a share moved: Δlogit S = Δln O − Δln H, exactly, where O are overseas and H home units. Single numbers are of the
 * middles of the bounds; lo and hi are all that the bounds allow.
 */
export interface ShareSplit {
  /** Change of the share in percentage points. */
  readonly points: number;
  readonly logOdds: number;
  /** Δln O: what selling more (or less) abroad did. */
  readonly fromOverseas: SplitPart;
  /** −Δln H: what selling less (or more) at home did. */
  readonly fromHome: SplitPart;
  /** The units that it divides: overseas and home, before and now. */
  readonly units: {
    readonly overseas: { readonly before: Bounds; readonly now: Bounds };
    readonly home: { readonly before: Bounds; readonly now: Bounds };
  };
  readonly words: string;
}

/** Undefined where a part may be zero, so that it has no logarithm. */
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

/** The points go to the parts as their log-odds do, where both pull the same way; else to the one that pulled that way. */
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
