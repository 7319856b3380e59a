import type { Day } from '../ledger/edtf.js';
import { LEAST_ORIGINS, type PastError } from './past-errors.js';
import type { Scale } from './scale.js';

export const LEVELS = [50, 80, 95] as const;
export type Level = (typeof LEVELS)[number];

/**
 * The given percentage of forecasts like this one ended between the bounds. The band may exclude the forecast
 * itself: for a method that always forecast too low, it lies above.
 */
export interface Band {
  readonly percent: Level;
  readonly lo: number;
  readonly hi: number;
}

/** The past coverage of a level's bands, shown or not: how many there were, how many held. */
export interface Coverage {
  readonly percent: Level;
  readonly given: number;
  readonly held: number;
}

/**
 * The probability of being at or beyond a threshold, from 0 to 1. If a fraction p of m non-overlapping errors
 * would carry the forecast there, the probability for the next one is from pm / (m + 1) to (pm + 1) / (m +
 * 1). The errors support no narrower range.
 */
export interface Chance {
  readonly lo: number;
  readonly hi: number;
}

/** Errors have a similar horizon if it is at most a quarter shorter or longer. */
const ALIKE = 0.25;
/** A band is shown only if at least this many bands of its kind were scored … */
export const LEAST_RECORD = 12;
/** … and their coverage was within this distance of the nominal level. */
export const TOLERANCE = 0.07;
/** γ: how far the level moves after each band, depending on whether it held. */
const STEP = 0.3;
/** Below this von Neumann ratio (2 for independent draws), errors are too smooth to be independent. */
const SMOOTH = 0.5;
/**
 * Half-overlapping errors are almost as informative as independent draws: there are twice as many of them as
 * of errors that do not overlap.
 */
const HALVES = 2;
/** On the logarithmic scale: values closer than this are equal. */
const SAME = 1e-9;

/** For each origin, the error with the closest similar horizon. Ordered by due date. */
export function errorsAhead(errors: readonly PastError[], years: number): PastError[] {
  const nearest = new Map<string, PastError>();
  for (const error of errors) {
    const off = Math.abs(error.yearsAhead - years);
    if (off > ALIKE * years) continue;
    const best = nearest.get(error.at);
    if (!best || off < Math.abs(best.yearsAhead - years)) nearest.set(error.at, error);
  }
  return [...nearest.values()].sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : 0));
}

/**
 * The largest set of errors that do not overlap in time. `errors` must be ordered by due date. Errors of
 * overlapping periods reflect mostly the same surprises, so they count as one.
 */
function apart(errors: readonly PastError[]): PastError[] {
  const found: PastError[] = [];
  let until: Day = '';
  for (const error of errors) {
    if (error.from < until) continue;
    found.push(error);
    until = error.day;
  }
  return found;
}

/** The largest number of errors that do not overlap in time. */
export const disjoint = (errors: readonly PastError[]): number => apart(errors).length;

/**
 * Whether there are enough errors for a band of this level: at least nine, and enough non-overlapping ones
 * that one falls beyond each end.
 */
function suffices(errors: readonly PastError[], tail: number): boolean {
  return errors.length >= LEAST_ORIGINS && tail * (disjoint(errors) + 1) >= 1 - 1e-9;
}

/**
 * Whether successive errors form a smooth line, so that past errors do not represent the next one: Σ(e −
 * previous)² / Σ(e − mean)² over the non-overlapping errors.
 */
function followsALine(errors: readonly PastError[]): boolean {
  const values = apart(errors).map(({ error }) => error);
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const spread = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const steps = values.slice(1).reduce((sum, each, index) => sum + (each - (values[index] ?? each)) ** 2, 0);
  return steps < SMOOTH * spread;
}

/** The bands of a forecast, and the coverage of such bands in the past. */
export interface ScoredBands {
  readonly bands: readonly Band[];
  readonly coverage: readonly Coverage[];
}

/**
 * Bands around a forecast from past errors of a similar horizon. The bounds are quantiles that the next error
 * of the same kind falls between with the nominal frequency (split conformal prediction), counting only
 * errors that do not overlap. Errors change in kind as a series grows, so each past band that missed the
 * outcome widens the tails and each that held it narrows them (Gibbs & Candès 2021, adaptive conformal
 * inference). A level is omitted if fewer than twelve such bands were scored, if their coverage missed the
 * nominal level, or if the errors follow a line.
 */
export function bandsOf(forecast: number, errors: readonly PastError[], scale: Scale): ScoredBands {
  const bands: Band[] = [];
  const coverage: Coverage[] = [];
  for (const percent of LEVELS) {
    const level = percent / 100;
    const past = pastBands(errors, level);
    coverage.push({ percent, given: past.length, held: past.filter(({ holds }) => holds).length });
    if (!isShown(errors, past, level)) continue;
    const [lo, hi] = quantiles(errors, adaptedTail(past, level));
    const at = scale.to(forecast);
    bands.push({ percent, lo: scale.from(at + lo), hi: scale.from(at + hi) });
  }
  return { bands, coverage };
}

/**
 * Whether the bands of a level have the track record to be shown, and the errors may be independent draws.
 */
function isShown(errors: readonly PastError[], past: readonly PastBand[], level: number): boolean {
  if (past.length < LEAST_RECORD) return false;
  const held = past.filter(({ holds }) => holds).length;
  return Math.abs(held / past.length - level) <= TOLERANCE && !followsALine(errors);
}

/** A band that could have been given in the past, with the error that it should have held. */
export interface PastBand {
  readonly error: PastError;
  readonly holds: boolean;
  /** Whether it would have been shown, given the track record at that time. */
  readonly wasShown: boolean;
}

/**
 * The past band for each error, computed from the errors that had come due before its origin. `errors` must
 * be of a similar horizon and ordered by due date.
 */
export function pastBands(errors: readonly PastError[], level: number): PastBand[] {
  const past: PastBand[] = [];
  for (const error of errors) {
    const before = dueBefore(errors, error);
    if (!suffices(before, (1 - level) / 2)) continue;
    const scored = past.filter((band) => band.error.day <= error.from);
    const [lo, hi] = quantiles(before, adaptedTail(scored, level));
    past.push({
      error,
      holds: error.error >= lo - SAME && error.error <= hi + SAME,
      wasShown: isShown(before, scored, level),
    });
  }
  return past;
}

/** The errors that had come due when a forecast was made. */
export const dueBefore = (errors: readonly PastError[], { from }: PastError): PastError[] =>
  errors.filter(({ day }) => day <= from);

/** Half of (1 − level) + γ Σ((1 − level) − (1 if the band missed, else 0)). */
function adaptedTail(past: readonly PastBand[], level: number): number {
  const miss = 1 - level;
  const adapted = past.reduce((sum, { holds }) => sum + STEP * (miss - (holds ? 0 : 1)), miss);
  return Math.min(Math.max(adapted, 0), 1) / 2;
}

/** The bounds that cut off this tail on each side. */
function quantiles(errors: readonly PastError[], tail: number): [lo: number, hi: number] {
  const sorted = errors.map(({ error }) => error).sort((a, b) => a - b);
  const independent = Math.min(sorted.length, HALVES * disjoint(errors));
  const rank = rankOf(tail, sorted.length, independent);
  return [atRank(sorted, rank), atRank(sorted, sorted.length + 1 - rank)];
}

/**
 * The rank of quantile p among n sorted errors that are as informative as m independent draws. Among m draws
 * the rank is p(m + 1) (Hyndman & Fan 1996, type 6); the result is the same relative position among all n.
 * With m = n it is p(n + 1).
 */
export const rankOf = (p: number, count: number, independent: number): number =>
  (count * (p * (independent + 1) - 0.5)) / independent + 0.5;

/** The value at a rank, counted from 1, of sorted values. Interpolates between neighbours. */
export function atRank(sorted: readonly number[], wanted: number): number {
  const rank = Math.min(Math.max(wanted, 1), sorted.length);
  const below = Math.floor(rank);
  const [lo = 0, hi = lo] = [sorted[below - 1], sorted[below]];
  return lo + (rank - below) * (hi - lo);
}

export function chanceOf(
  forecast: number,
  errors: readonly PastError[],
  scale: Scale,
  threshold: number,
): Chance | undefined {
  if (!suffices(errors, 0.25)) return undefined;
  const [at, wanted] = [scale.to(forecast), scale.to(threshold)];
  const reaching = errors.filter(({ error }) => at + error >= wanted).length;
  const independent = disjoint(errors);
  const expected = (reaching / errors.length) * independent;
  return { lo: expected / (independent + 1), hi: (expected + 1) / (independent + 1) };
}
