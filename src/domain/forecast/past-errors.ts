import { dayOf, yearsBetween, type Day } from '../ledger/edtf.js';
import type { ForecastPoint } from './comparable-points.js';
import type { DatedValue, Fit, ForecastMethod } from './method.js';
import { scaled, type Scale } from './scale.js';

/** The minimum number of points for a forecast, both now and at each past moment. */
export const LEAST_POINTS = 8;

/**
 * A past moment at which a forecast could be made from what was known or published by then, with the later
 * outcomes. There is one origin for each day that became the newest, at the time its figures were first
 * reported. Later reports of the same days do not count again.
 */
export interface Origin {
  /** Only what was recorded by this instant, or published by this day, is used. */
  readonly at: string;
  /** The newest day with a figure at that time. */
  readonly newest: Day;
  readonly points: readonly DatedValue[];
  readonly events: readonly string[];
  /** Mean absolute change from one point to the next, in units. Scaled errors are divided by it. */
  readonly meanChange: number;
  /**
   * The values known now for days after the newest one that, on the day of `at`, were still in the future.
   * Something that had happened by then but was reported later is not an outcome: its author may have known
   * it already, so it cannot test a forecast.
   */
  readonly outcomes: readonly (DatedValue & { readonly yearsAhead: number })[];
}

/** A method's forecast for a day, given what was known at the time, and its error. */
export interface PastError {
  /** The origin: its moment, and the newest day known then. */
  readonly at: string;
  readonly from: Day;
  readonly day: Day;
  readonly yearsAhead: number;
  readonly forecast: number;
  readonly outcome: number;
  /** Outcome minus forecast, both in logarithms or log-odds. */
  readonly error: number;
  /** |outcome − forecast| / meanChange of the origin; absent if meanChange is zero. */
  readonly scaledError?: number;
}

/** A method's score against persistence on data as known at the time, over the origins where it applied. */
export interface Score {
  readonly origins: number;
  /** Mean over the origins of the mean absolute error of their outcomes, in logarithms or log-odds. */
  readonly meanError: number;
  readonly persistence: number;
  /** The number of origins at which the method was closer than persistence. */
  readonly nearer: number;
  readonly beatsPersistence: boolean;
}

export const ORIGIN_CLOCKS = ['recorded', 'published'] as const;
/**
 * What past forecasts are based on. `recorded`: what this ledger held by then. `published`: what had been
 * published by then, whenever it was recorded here (pseudo-real-time). An answer uses one of them and never
 * mixes them.
 */
export type OriginClock = (typeof ORIGIN_CLOCKS)[number];

/** The past moments from which forecasts can be made, by one clock. */
export interface Past {
  readonly clock: OriginClock;
  readonly vintages: number;
  readonly origins: readonly Origin[];
}

/** The vintages, oldest first, that can serve as origins. */
export function originsOf(
  vintages: Iterable<{ readonly at: string; readonly points: readonly ForecastPoint[] }>,
  now: readonly ForecastPoint[],
): Origin[] {
  const origins: Origin[] = [];
  let newestSoFar: Day = '';
  for (const { at, points } of vintages) {
    const newest = points.at(-1)?.day;
    if (newest === undefined || newest <= newestSoFar) continue;
    newestSoFar = newest;
    if (points.length < LEAST_POINTS) continue;
    const outcomes = now
      .filter(({ day }) => day > newest && day > dayOf(at))
      .map(({ day, value }) => ({ day, value, yearsAhead: yearsBetween(newest, day) }));
    if (outcomes.length === 0) continue;
    const events = [...new Set(points.flatMap((point) => point.events))];
    origins.push({
      at,
      newest,
      points: points.map(({ day, value }) => ({ day, value })),
      events,
      meanChange: meanChangeOf(points),
      outcomes,
    });
  }
  return origins;
}

function meanChangeOf(points: readonly DatedValue[]): number {
  const changes = points
    .slice(1)
    .map(({ value }, index) => Math.abs(value - (points[index]?.value ?? value)));
  return changes.reduce((sum, each) => sum + each, 0) / changes.length;
}

/** Fits a method to a series on its scale. The result gives values in units. */
export function fitOn(
  scale: Scale,
  method: ForecastMethod,
  points: readonly DatedValue[],
  ceiling: number | undefined,
): Fit {
  if (!method.isScaled) return method.fit(points, ceiling);
  const fit = method.fit(scaled(scale, points), ceiling);
  return fit.applies ? { ...fit, at: (day) => scale.from(fit.at(day)) } : fit;
}

/** The errors of a method at every origin where it applies. */
export function errorsOf(
  method: ForecastMethod,
  origins: readonly Origin[],
  ceiling: number | undefined,
  scale: Scale,
): PastError[] {
  return origins.flatMap(({ at, newest: from, points, meanChange, outcomes }) => {
    const fit = fitOn(scale, method, points, ceiling);
    if (!fit.applies) return [];
    return outcomes.map(({ day, value: outcome, yearsAhead }): PastError => {
      const forecast = fit.at(day);
      const off = Math.abs(outcome - forecast);
      return {
        at,
        from,
        day,
        yearsAhead,
        forecast,
        outcome,
        error: scale.to(outcome) - scale.to(forecast),
        ...(meanChange > 0 && { scaledError: off / meanChange }),
      };
    });
  });
}

/** The fewest origins for a verdict or a band: the extremes of nine errors bound 80 %. */
export const LEAST_ORIGINS = 9;

/**
 * A method's mean error must be below this fraction of persistence's. If nothing can be forecast, some
 * methods are closer by luck.
 */
const NEARER = 0.9;

/**
 * A method beats persistence if it applies at nine or more origins, is closer by a tenth on average, and is
 * closer at more than half of them.
 */
export function scoreOf(
  errors: readonly PastError[],
  ofPersistence: readonly PastError[],
): Score | undefined {
  const own = meansByOrigin(errors);
  const naive = meansByOrigin(ofPersistence);
  const pairs = [...own].flatMap(([at, mean]) => {
    const other = naive.get(at);
    return other === undefined ? [] : [{ mean, other }];
  });
  if (pairs.length === 0) return undefined;
  const meanError = pairs.reduce((sum, { mean }) => sum + mean, 0) / pairs.length;
  const persistence = pairs.reduce((sum, { other }) => sum + other, 0) / pairs.length;
  const nearer = pairs.filter(({ mean, other }) => mean < other).length;
  const beatsPersistence =
    pairs.length >= LEAST_ORIGINS && meanError < NEARER * persistence && nearer > pairs.length / 2;
  return { origins: pairs.length, meanError, persistence, nearer, beatsPersistence };
}

function meansByOrigin(errors: readonly PastError[]): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { at, error } of errors) {
    const { sum, count } = sums.get(at) ?? { sum: 0, count: 0 };
    sums.set(at, { sum: sum + Math.abs(error), count: count + 1 });
  }
  return new Map([...sums].map(([at, { sum, count }]) => [at, sum / count]));
}
