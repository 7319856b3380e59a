import type { Bounds } from '../measures/bounds.js';

/**
 * The status of a goal as of the newest relevant figure. The pace bands are those of the Open SDG progress
 * methodology. `between-bands` means that the bounds of the pace, or its two measures, lie in different
 * bands.
 */
export const STATUSES = [
  'achieved',
  'met-when-set',
  'on-track',
  'acceleration-needed',
  'limited',
  'deteriorating',
  'between-bands',
  'missed',
  'withdrawn',
  'not-comparable',
  'not-enough-evidence',
] as const;
export type Status = (typeof STATUSES)[number];

const PACE_BANDS = ['deteriorating', 'limited', 'acceleration-needed', 'on-track'] as const;
export type PaceBand = (typeof PACE_BANDS)[number];

/** 0.95 and above: on track; 0.60 to 0.95: acceleration needed; 0 to 0.60: limited; below: deteriorating. */
function paceBand(ratio: number): PaceBand {
  if (ratio >= 0.95) return 'on-track';
  if (ratio >= 0.6) return 'acceleration-needed';
  return ratio >= 0 ? 'limited' : 'deteriorating';
}

/** The lowest and highest bands that a ratio may lie in. */
export interface BandRange {
  readonly lowest: PaceBand;
  readonly highest: PaceBand;
}

export const bandsOf = ({ lo, hi }: Bounds): BandRange => ({ lowest: paceBand(lo), highest: paceBand(hi) });

/** The range that spans all the given ranges. */
export function spanOfBands(first: BandRange, ...rest: readonly BandRange[]): BandRange {
  const at = (band: PaceBand): number => PACE_BANDS.indexOf(band);
  return rest.reduce(
    (span, { lowest, highest }) => ({
      lowest: at(lowest) < at(span.lowest) ? lowest : span.lowest,
      highest: at(highest) > at(span.highest) ? highest : span.highest,
    }),
    first,
  );
}

/** The single band of a range, or `between-bands`. */
export const statusOfBands = ({ lowest, highest }: BandRange): Status =>
  lowest === highest ? lowest : 'between-bands';
