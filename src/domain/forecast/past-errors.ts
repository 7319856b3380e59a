import { dayOf, yearsBetween, type Day } from '../ledger/edtf.js';
import type { ForecastPoint } from './comparable-points.js';
import type { DatedValue, Fit, ForecastMethod } from './method.js';
import { scaled, type Scale } from './scale.js';

/** So many points a forecast takes, of now and of every moment in the past that one is made for. */
export const LEAST_POINTS = 8;

/**
 * A moment in the past at which a forecast can be made from what was known, or had been published, by then, and what came
 * after it. One for every day that became the newest: when its figures were first told. What was told of the same days later
 * is not counted again.
 */
export interface Origin {
  /** What was recorded by this instant, or published by this day, is used and nothing else. */
  readonly at: string;
  /** The newest day that figures spoke of then. */
  readonly newest: Day;
  readonly points: readonly DatedValue[];
  readonly events: readonly string[];
  /** Mean absolute change from each point to the next, in units: what a scaled error divides by. */
  readonly meanChange: number;
  /**
   * What is known now of days after the newest one that, on the day of `at`, still lay ahead. What had happened by then and
   * was told later is no outcome: whoever told it may have known it, and history that is told after the fact proves no
   * forecast.
   */
  readonly outcomes: readonly (DatedValue & { readonly yearsAhead: number })[];
}

/** What a method, given what was known then, said of a day, and how far off it was. */
export interface PastError {
  /** The origin: its moment, and the newest day that was known then. */
  readonly at: string;
  readonly from: Day;
  readonly day: Day;
  readonly yearsAhead: number;
  readonly forecast: number;
  readonly outcome: number;
  /** Outcome less forecast, both in logarithms or log-odds. */
  readonly error: number;
  /** |outcome − forecast| / meanChange of the origin; absent where that never moved. */
  readonly scaledError?: number;
}

/** How a method did on data as known then, against persistence, over the origins where it applied. */
export interface Score {
  readonly origins: number;
  /** Mean over the origins of the mean absolute error, in logarithms or log-odds, over their outcomes. */
  readonly meanError: number;
  readonly persistence: number;
  /** At how many origins the method was nearer than persistence. */
  readonly nearer: number;
  readonly beatsPersistence: boolean;
}

export const ORIGIN_CLOCKS = ['recorded', 'published'] as const;
/**
 * What past forecasts stand on: `recorded`, what this ledger had by then; `published`, what had been published by then,
 * whenever it was recorded here (pseudo-real-time). One answer stands on one of them: they are never mixed.
 */
export type OriginClock = (typeof ORIGIN_CLOCKS)[number];

/** The moments of the past that forecasts can be made from, by one clock. */
export interface Past {
  readonly clock: OriginClock;
  readonly vintages: number;
  readonly origins: readonly Origin[];
}

/** What was known at the moments of vintages, oldest first, whichever of it can be an origin. */
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

/** What a method makes of a series on its scale, in units: a value for any later day. */
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

/** Origins that a verdict on a method takes, and a band: with nine errors, the least and the greatest bound 80 %. */
export const LEAST_ORIGINS = 9;

/** By so much a method has to be nearer than persistence on average: where nothing can be foreseen, some are nearer by luck. */
const NEARER = 0.9;

/** A method beats persistence where it was nearer by a tenth on average and nearer at more than half of nine origins or more. */
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
