import type { Check } from './progress.js';

/**
 * Recomputes the growth ratios and their bands from the values in the answer, without any code of the
 * tracker.
 */

interface Full {
  readonly lo: number;
  readonly hi: number;
}
export interface Bands {
  readonly lowest: string;
  readonly highest: string;
}
export interface GrowthJson extends Full {
  readonly middle: number;
  readonly bands: Bands;
  readonly scale: string;
  readonly before: Full;
  readonly from: string;
  readonly to: string;
  readonly by: string;
}

const years = (from: string, to: string): number => (Date.parse(to) - Date.parse(from)) / 86_400_000 / 365.25;

/** The bands of the two ends of a ratio. */
export function bandRange({ lo, hi }: Full): Bands {
  const band = (ratio: number): string =>
    ['deteriorating', 'limited', 'acceleration-needed', 'on-track'][
      [0, 0.6, 0.95].filter((edge) => ratio >= edge).length
    ] ?? '';
  return { lowest: band(lo), highest: band(hi) };
}

/** The ratio of observed to required growth per year, at all corners of the bounds. */
export function recomputedGrowth(
  name: string,
  isSinceSet: boolean,
  told: GrowthJson,
  now: Full,
  threshold: number,
): Check[] {
  const scale = (value: number): number =>
    told.scale === 'log' ? Math.log(value) : Math.log(value) - Math.log(100 - value);
  const ratio = (before: number, value: number): number => {
    const seen = (scale(value) - scale(before)) / years(told.from, told.to);
    const base = isSinceSet ? before : value;
    return seen / ((scale(threshold) - scale(base)) / years(isSinceSet ? told.from : told.to, told.by));
  };
  const { before } = told;
  const corners = [before.lo, before.hi].flatMap((low) => [ratio(low, now.lo), ratio(low, now.hi)]);
  const ends = { lo: Math.min(...corners), hi: Math.max(...corners) };
  const bands = bandRange(ends);
  return [
    { what: `${name}.lo`, told: told.lo, recomputed: ends.lo },
    { what: `${name}.hi`, told: told.hi, recomputed: ends.hi },
    { what: name, told: told.middle, recomputed: ratio((before.lo + before.hi) / 2, (now.lo + now.hi) / 2) },
    { what: `${name} lowest`, told: told.bands.lowest, recomputed: bands.lowest },
    { what: `${name} highest`, told: told.bands.highest, recomputed: bands.highest },
  ];
}
