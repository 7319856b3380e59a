import type { DatedValue } from './method.js';

export const SCALES = ['logarithms', 'log-odds'] as const;
export type ScaleName = (typeof SCALES)[number];

/** The scale on which a series is forecast: amounts grow by ratios, and shares never reach 0 % or 100 %. */
export interface Scale {
  readonly name: ScaleName;
  readonly to: (value: number) => number;
  readonly from: (scaled: number) => number;
  /** Whether a value can be represented on the scale. */
  readonly has: (value: number) => boolean;
}

/** ln y. Values must be above zero. */
export const LOGARITHMS: Scale = {
  name: 'logarithms',
  to: (value) => Math.log(value),
  from: (scaled) => Math.exp(Math.min(scaled, LARGEST)),
  has: (value) => value > 0,
};

/** Above this, exp is no longer finite. */
const LARGEST = 700;
/** In percent: a share closer to 0 or 100 than this is moved to this distance. */
const NEAREST = 1e-9;

/** ln(p / (100 − p)) of a percentage p. */
export const LOG_ODDS: Scale = {
  name: 'log-odds',
  to: (value) => {
    const within = Math.min(100 - NEAREST, Math.max(NEAREST, value));
    return Math.log(within / (100 - within));
  },
  from: (scaled) => 100 / (1 + Math.exp(0 - scaled)),
  has: (value) => value > 0 && value < 100,
};

/** The newest points of a series, back to the last one that has no place on the scale. */
export function newestOn<P extends DatedValue>(scale: Scale, points: readonly P[]): readonly P[] {
  const last = points.findLastIndex(({ value }) => !scale.has(value));
  return points.slice(last + 1);
}

/** Points with their values on a scale. */
export const scaled = (scale: Scale, points: readonly DatedValue[]): DatedValue[] =>
  points.map(({ day, value }) => ({ day, value: scale.to(value) }));
