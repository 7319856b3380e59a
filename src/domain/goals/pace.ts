import type { Bounds } from '../measures/bounds.js';
import { dividedBy, middle, minus, scaled } from '../measures/bounds.js';
import { yearsBetween, type Day } from '../occurred-on.js';

/** How a target stands. The pace bands are those of the Open SDG progress methodology. */
export type Status =
  | 'achieved'
  | 'on-track'
  | 'acceleration-needed'
  | 'limited'
  | 'deteriorating'
  | 'missed'
  | 'withdrawn'
  | 'not-enough-evidence';

export type PaceBand = Extract<Status, 'on-track' | 'acceleration-needed' | 'limited' | 'deteriorating'>;

/** The band of a pace ratio: 0.95 and above on track, 0.60 to 0.95 acceleration needed, 0 to 0.60 limited, below 0 deteriorating. */
export function paceBand(ratio: number): PaceBand {
  if (ratio >= 0.95) return 'on-track';
  if (ratio >= 0.6) return 'acceleration-needed';
  return ratio >= 0 ? 'limited' : 'deteriorating';
}

/** ln(p / (1 - p)) of a share in percent; ±Infinity at 0 and 100. */
export function logOdds(percent: number): number {
  return Math.log(percent / (100 - percent));
}

/** The pace that would reach a threshold, in units of the measure a year. */
export interface RequiredPace {
  readonly by: Day;
  readonly years: number;
  /** (threshold − now) / years. */
  readonly perYear: Bounds;
  /** Of a share: (logit threshold − logit now) / years. */
  readonly logOddsPerYear?: Bounds;
}

/** The pace from `now` to a threshold by a day; undefined where the day is not ahead. */
export function requiredPace(
  now: Bounds,
  on: Day,
  threshold: number,
  by: Day,
  isShare: boolean,
): RequiredPace | undefined {
  const years = yearsBetween(on, by);
  if (years <= 0) return undefined;
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

/** What happened to the value over a time, in units of the measure a year. */
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

/** Observed over required pace: all values that the bounds allow, and the one of their middles that the band goes by. */
export interface PaceRatio extends Bounds {
  readonly middle: number;
  readonly band: PaceBand;
}

/** Undefined where the required pace may be zero or less: the threshold may be reached already. */
export function paceRatio(observed: ObservedPace, required: RequiredPace): PaceRatio | undefined {
  if (required.perYear.lo <= 0) return undefined;
  const ratio = middle(observed.perYear) / middle(required.perYear);
  return { ...dividedBy(observed.perYear, required.perYear), middle: ratio, band: paceBand(ratio) };
}
