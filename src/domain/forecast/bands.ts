import type { Day } from '../ledger/edtf.js';
import { LEAST_ORIGINS, type PastError } from './past-errors.js';
import type { Scale } from './scale.js';

export const LEVELS = [50, 80, 95] as const;
export type Level = (typeof LEVELS)[number];

/** Of forecasts like this one, so much of a hundred ended between the bounds. They need not hold the value itself: of a method that always said too little the band lies above it. */
export interface Band {
  readonly percent: Level;
  readonly lo: number;
  readonly hi: number;
}

/** How the bands of a level did in the past, whether or not they are shown: of so many that could have been given, so many held what came. */
export interface Coverage {
  readonly percent: Level;
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
/** A band is shown where so many of its kind were scored … */
export const LEAST_RECORD = 12;
/** … and held what came as often as they say, within so much. */
export const TOLERANCE = 0.07;
/** γ: how far a level moves for each band that did or did not hold. */
const STEP = 0.3;
/** Errors that follow each other more smoothly than this are no draws from a lot (von Neumann's ratio; 2 for draws). */
const SMOOTH = 0.5;
/** Errors that overlap by half tell about as much as draws: twice as many as do not overlap at all. */
const HALVES = 2;
/** On a scale of logarithms: what is nearer than this is the same. */
const SAME = 1e-9;

/** Of each origin the error whose time ahead is nearest to that asked for, if it is near enough; in the order in which they came due. */
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

/** Errors of which no two overlap in time, as many as there are, of errors in the order in which they came due. Those of overlapping years are of much the same surprises, and count as one. */
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

/** The most errors of which no two overlap in time. */
export const disjoint = (errors: readonly PastError[]): number => apart(errors).length;

/** Whether errors are enough for a band of this level: nine, and so many that do not overlap that one lies beyond either end. */
function suffices(errors: readonly PastError[], tail: number): boolean {
  return errors.length >= LEAST_ORIGINS && tail * (disjoint(errors) + 1) >= 1 - 1e-9;
}

/** Whether errors follow each other in a smooth line, so that those of the past are no likeness of the next: Σ(e − previous)² / Σ(e − mean)² of those that do not overlap. */
function followsALine(errors: readonly PastError[]): boolean {
  const values = apart(errors).map(({ error }) => error);
  const mean = values.reduce((sum, each) => sum + each, 0) / values.length;
  const spread = values.reduce((sum, each) => sum + (each - mean) ** 2, 0);
  const steps = values.slice(1).reduce((sum, each, index) => sum + (each - (values[index] ?? each)) ** 2, 0);
  return steps < SMOOTH * spread;
}

/** The bands of a forecast, and how such bands did. */
export interface ScoredBands {
  readonly bands: readonly Band[];
  readonly coverage: readonly Coverage[];
}

/**
 * Bands about a forecast from past errors about as far ahead: the quantiles between which the next error of the same kind
 * falls with just that frequency (split conformal prediction), as of the errors that do not overlap. As a series
 * grows its errors do not stay of one kind, so the tails are widened by every such band that did not hold what came, and
 * narrowed by every one that did (Gibbs & Candès 2021, adaptive conformal inference). A level is left out where fewer than
 * twelve such bands were scored, where those did not hold what they say, and where the errors follow a line.
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

/** Whether bands of a level have the record that it takes to be shown, and errors that can be draws from a lot. */
function isShown(errors: readonly PastError[], past: readonly PastBand[], level: number): boolean {
  if (past.length < LEAST_RECORD) return false;
  const held = past.filter(({ holds }) => holds).length;
  return Math.abs(held / past.length - level) <= TOLERANCE && !followsALine(errors);
}

/** A band that could have been given in the past, by the error that it was to hold. */
export interface PastBand {
  readonly error: PastError;
  readonly holds: boolean;
  /** Whether it would have been shown: by the record that such bands had by then. */
  readonly wasShown: boolean;
}

/** The band of each error from those that had come due before its origin, of errors about as far ahead in the order in which they came due. */
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

/** Half of (1 − level) + γ Σ((1 − level) − (1 where a band did not hold, else 0)). */
function adaptedTail(past: readonly PastBand[], level: number): number {
  const miss = 1 - level;
  const adapted = past.reduce((sum, { holds }) => sum + STEP * (miss - (holds ? 0 : 1)), miss);
  return Math.min(Math.max(adapted, 0), 1) / 2;
}

/** The bounds that leave out this tail on both sides. */
function quantiles(errors: readonly PastError[], tail: number): [lo: number, hi: number] {
  const sorted = errors.map(({ error }) => error).sort((a, b) => a - b);
  const independent = Math.min(sorted.length, HALVES * disjoint(errors));
  const rank = rankOf(tail, sorted.length, independent);
  return [atRank(sorted, rank), atRank(sorted, sorted.length + 1 - rank)];
}

/**
 * The rank of quantile p among n sorted errors that tell as much as m draws: of m draws it is p(m + 1) (Hyndman & Fan 1996, type
 * 6), which lies as far through all n as through the m. With m = n it is p(n + 1).
 */
export const rankOf = (p: number, count: number, independent: number): number =>
  (count * (p * (independent + 1) - 0.5)) / independent + 0.5;

/** The value at a rank of sorted values, from 1, between two of them in proportion. */
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
