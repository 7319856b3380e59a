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
export function homeOf({ overseas, total }: ShareParts): Bounds {
  const { lo, hi } = minus(total, overseas);
  return { lo: Math.max(0, lo), hi };
}

/**
 * Why a share moved: Δlogit S = Δln O − Δln H, exactly, where O are overseas and H home units. Computed from the middles
 * of the bounds.
 */
export interface ShareSplit {
  /** Change of the share in percentage points. */
  readonly points: number;
  readonly logOdds: number;
  /** Δln O: what selling more (or less) abroad did. */
  readonly fromOverseas: number;
  /** −Δln H: what selling less (or more) at home did. */
  readonly fromHome: number;
  readonly words: string;
}

/** Undefined where a part is zero, so that it has no logarithm. */
export function shareSplit(before: ShareParts, now: ShareParts): ShareSplit | undefined {
  const [o0, o1] = [middle(before.overseas), middle(now.overseas)];
  const [h0, h1] = [middle(homeOf(before)), middle(homeOf(now))];
  if (!(o0 > 0 && o1 > 0 && h0 > 0 && h1 > 0)) return undefined;
  const fromOverseas = Math.log(o1 / o0);
  const fromHome = -Math.log(h1 / h0);
  const points = (100 * o1) / (o1 + h1) - (100 * o0) / (o0 + h0);
  return {
    points,
    logOdds: fromOverseas + fromHome,
    fromOverseas,
    fromHome,
    words: splitInWords(points, o1 / o0, h1 / h0),
  };
}

function splitInWords(points: number, overseas: number, home: number): string {
  const change = (factor: number): string => {
    const percent = Math.abs((factor - 1) * 100);
    return percent < 0.05 ? 'did not change' : `${factor > 1 ? 'rose' : 'fell'} ${percent.toFixed(1)} %`;
  };
  const moved = `${points >= 0 ? 'rose' : 'fell'} ${Math.abs(points).toFixed(1)} points`;
  const facts = `The share ${moved}: overseas units ${change(overseas)}, home units ${change(home)}.`;
  if (points > 0 && overseas <= 1)
    return `${facts} It rose because home sales fell; nothing came from selling more abroad.`;
  if (points > 0 && home < 1) return `${facts} A part of it came from falling home sales.`;
  if (points < 0 && overseas >= 1)
    return `${facts} It fell although more was sold abroad, because home sales grew faster.`;
  return facts;
}
