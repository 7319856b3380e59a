import { dividedBy, middle, minus, scaled, type Bounds } from '../measures/bounds.js';
import { yearsBetween, type Day } from '../ledger/edtf.js';
import { bandsOf, type BandRange } from './status.js';

/** ln(p / (1 - p)) of a share in percent; ±Infinity at 0 and 100. */
export function logOdds(percent: number): number {
  return Math.log(percent / (100 - percent));
}

/** The pace needed to reach a threshold, in units of the measure per year. */
export interface RequiredPace {
  readonly by: Day;
  readonly years: number;
  /** (threshold − now) / years. */
  readonly perYear: Bounds;
  /** For a share: (logit threshold − logit now) / years. */
  readonly logOddsPerYear?: Bounds;
}

/** With less time than this there is no yearly pace: part of a year is not extrapolated. */
const LEAST_YEARS = 1;

/** Whether a day is at least a year ahead. The tolerance absorbs leap years. */
export const isYearAhead = (asOf: Day, by: Day): boolean => yearsBetween(asOf, by) >= LEAST_YEARS - 0.003;

/**
 * The pace from the day of a value to a threshold by a day; undefined if that day is less than a year ahead.
 */
export function requiredPace(
  now: Bounds,
  asOf: Day,
  threshold: number,
  by: Day,
  isShare: boolean,
): RequiredPace | undefined {
  if (!isYearAhead(asOf, by)) return undefined;
  const years = yearsBetween(asOf, by);
  const toGo = minus({ lo: threshold, hi: threshold }, now);
  const odds = isShare && now.lo > 0 && now.hi < 100 && threshold < 100;
  const target = logOdds(threshold);
  return {
    by,
    years,
    perYear: scaled(toGo, 1 / years),
    ...(odds && {
      logOddsPerYear: { lo: (target - logOdds(now.hi)) / years, hi: (target - logOdds(now.lo)) / years },
    }),
  };
}

/** The change of the value over a period, in units of the measure per year. */
export interface ObservedPace {
  readonly from: Day;
  readonly to: Day;
  readonly before: Bounds;
  readonly perYear: Bounds;
}

export function observedPace(before: Bounds, from: Day, now: Bounds, to: Day): ObservedPace | undefined {
  const years = yearsBetween(from, to);
  return years > 0 ? { from, to, before, perYear: scaled(minus(now, before), 1 / years) } : undefined;
}

/** Observed by required pace: the range that the bounds allow, that of the midpoints, and the bands. */
export interface PaceRatio extends Bounds {
  readonly middle: number;
  readonly bands: BandRange;
}

/** Undefined if the required pace may be zero or negative: the threshold may already be reached. */
export function paceRatio(observed: ObservedPace, required: RequiredPace): PaceRatio | undefined {
  if (required.perYear.lo <= 0) return undefined;
  const ratio = middle(observed.perYear) / middle(required.perYear);
  const bounds = dividedBy(observed.perYear, required.perYear);
  return { ...bounds, middle: ratio, bands: bandsOf(bounds) };
}
