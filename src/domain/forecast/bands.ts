import type { Day } from '../ledger/edtf.js';
import { LEAST_ORIGINS, type PastError } from './past-errors.js';

export const LEVELS = [50, 80, 95] as const;

/** Of forecasts like this one, so much of a hundred ended between the bounds. They need not hold the value itself: of a method that always said too little the band lies above it. */
export interface Band {
  readonly percent: (typeof LEVELS)[number];
  readonly lo: number;
  readonly hi: number;
  /** How such bands did in the past: of so many that could have been given, so many held what came. */
  readonly given: number;
  readonly held: number;
}

/**
 * The chance to be at a threshold or beyond, between 0 and 1. Of m errors that do not overlap in time, a portion p would
 * carry the forecast there; the next one does so with a chance from pm / (m + 1) to (pm + 1) / (m + 1). More the errors do not say.
 */
export interface Chance {
  readonly lo: number;
  readonly hi: number;
}

/** Errors of forecasts about so far ahead: up to a quarter nearer or farther. */
const ALIKE = 0.25;
/** A band that held this many points more or less than it says, and a standard error beyond, is not shown. */
const TOLERANCE = 0.05;
/** γ: how far a level moves for each band that did or did not hold. */
const STEP = 0.1;

/** Of each origin the error whose time ahead is nearest to that asked for, if it is near enough; in the order in which they came due. */
export function errorsAhead(errors: readonly PastError[], years: number): PastError[] {
  const nearest = new Map<string, PastError>();
  for (const error of errors) {
    const off = Math.abs(error.yearsAhead - years);
    if (off > ALIKE * years) continue;
    const best = nearest.get(error.knownOn);
    if (!best || off < Math.abs(best.yearsAhead - years)) nearest.set(error.knownOn, error);
  }
  return [...nearest.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/** The most errors of which no two overlap in time, of errors in the order in which they came due. Those of overlapping years are of much the same surprises, and count as one. */
export function disjoint(errors: readonly PastError[]): number {
  let [count, until]: [number, Day] = [0, ''];
  for (const { from, day } of errors) {
    if (from < until) continue;
    count++;
    until = day;
  }
  return count;
}

/** Whether errors are enough for a band of this level: nine, and so many that do not overlap that one lies beyond either end. */
function suffices(errors: readonly PastError[], tail: number): boolean {
  return errors.length >= LEAST_ORIGINS && tail * (disjoint(errors) + 1) >= 1 - 1e-9;
}

/**
 * Bands about a forecast from past errors about as far ahead: the quantiles of rank p(n + 1), between which the next error
 * of the same kind falls with just that frequency (Hyndman & Fan 1996, type 6; split conformal prediction). As a series
 * grows its errors do not stay of one kind, so the tails are widened by every such band that did not hold what came, and
 * narrowed by every one that did (Gibbs & Candès 2021, adaptive conformal inference). A level is left out where the errors
 * are too few for it, and where its own record says that it does not hold what it says.
 */
export function bandsOf(
  forecast: number,
  errors: readonly PastError[],
  changePerYear: number,
  within: (value: number) => number,
): Band[] {
  return LEVELS.flatMap((percent) => {
    const level = percent / 100;
    if (!suffices(errors, (1 - level) / 2)) return [];
    const past = pastBands(errors, level);
    const [given, held] = [past.length, past.filter(({ holds }) => holds).length];
    const independent = disjoint(past.map(({ error }) => error));
    const slack = TOLERANCE + Math.sqrt((level * (1 - level)) / independent);
    if (given > 0 && Math.abs(held / given - level) > slack) return [];
    const [lo, hi] = quantiles(errors, adaptedTail(past, level));
    return [
      {
        percent,
        lo: within(forecast + lo * changePerYear),
        hi: within(forecast + hi * changePerYear),
        given,
        held,
      },
    ];
  });
}

/** A band that could have been given in the past, by the error that it was to hold. */
interface PastBand {
  readonly error: PastError;
  readonly holds: boolean;
}

/** The band of each error from those that had come due before its origin. */
function pastBands(errors: readonly PastError[], level: number): PastBand[] {
  const past: PastBand[] = [];
  for (const error of errors) {
    const cameDue = (each: PastError) => each.day <= error.from;
    const before = errors.filter(cameDue);
    if (!suffices(before, (1 - level) / 2)) continue;
    const tail = adaptedTail(
      past.filter((band) => cameDue(band.error)),
      level,
    );
    const [lo, hi] = quantiles(before, tail);
    past.push({ error, holds: error.error >= lo && error.error <= hi });
  }
  return past;
}

/** Half of (1 − level) + γ Σ((1 − level) − (1 where a band did not hold, else 0)). */
function adaptedTail(past: readonly PastBand[], level: number): number {
  const miss = 1 - level;
  const adapted = past.reduce((sum, { holds }) => sum + STEP * (miss - (holds ? 0 : 1)), miss);
  return Math.min(Math.max(adapted, 0), 1) / 2;
}

function quantiles(errors: readonly PastError[], tail: number): [lo: number, hi: number] {
  const sorted = errors.map(({ error }) => error).sort((a, b) => a - b);
  return [quantile(sorted, tail), quantile(sorted, 1 - tail)];
}

/** The value at rank p(n + 1) of sorted values, between two of them in proportion. */
export function quantile(sorted: readonly number[], p: number): number {
  const rank = Math.min(Math.max(p * (sorted.length + 1), 1), sorted.length);
  const below = Math.floor(rank);
  const [lo = 0, hi = lo] = [sorted[below - 1], sorted[below]];
  return lo + (rank - below) * (hi - lo);
}

export function chanceOf(
  forecast: number,
  errors: readonly PastError[],
  changePerYear: number,
  threshold: number,
): Chance | undefined {
  if (!suffices(errors, 0.25)) return undefined;
  const reaching = errors.filter(({ error }) => forecast + error * changePerYear >= threshold).length;
  const independent = disjoint(errors);
  const expected = (reaching / errors.length) * independent;
  return { lo: expected / (independent + 1), hi: (expected + 1) / (independent + 1) };
}
