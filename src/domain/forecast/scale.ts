import type { DatedValue } from './method.js';

export const SCALES = ['logarithms', 'log-odds'] as const;
export type ScaleName = (typeof SCALES)[number];

/** What series are forecast on: amounts grow by portions, and shares come to neither nothing nor everything. */
export interface Scale {
  readonly name: ScaleName;
  readonly to: (value: number) => number;
  readonly from: (scaled: number) => number;
  /** Whether a value has a place on it. */
  readonly has: (value: number) => boolean;
}

/** ln y. What is not above zero has no place on it. */
export const LOGARITHMS: Scale = {
  name: 'logarithms',
  to: (value) => Math.log(value),
  from: (scaled) => Math.exp(Math.min(scaled, LARGEST)),
  has: (value) => value > 0,
};

/** Where exp is still a finite number. */
const LARGEST = 700;
/** A forecast that comes nearer to nothing or everything than this is taken for this. */
const NEAREST = 1e-9;

/** ln(p / (100 − p)) of percent. */
export const LOG_ODDS: Scale = {
  name: 'log-odds',
  to: (value) => {
    const within = Math.min(100 - NEAREST, Math.max(NEAREST, value));
    return Math.log(within / (100 - within));
  },
  from: (scaled) => 100 / (1 + Math.exp(0 - scaled)),
  has: (value) => value > 0 && value < 100,
};

/** The newest points of a series that all have a place on a scale. */
export function newestOn<P extends DatedValue>(scale: Scale, points: readonly P[]): readonly P[] {
  const last = points.findLastIndex(({ value }) => !scale.has(value));
  return points.slice(last + 1);
}

/** Points with their values on a scale. */
export const scaled = (scale: Scale, points: readonly DatedValue[]): DatedValue[] =>
  points.map(({ day, value }) => ({ day, value: scale.to(value) }));
