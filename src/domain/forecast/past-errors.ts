import { dayOf, yearsBetween, type Day } from '../ledger/edtf.js';
import type { ForecastPoint } from './comparable-points.js';
import type { DatedValue, ForecastMethod } from './method.js';

/** So many points a forecast takes, of now and of every moment in the past that one is made for. */
export const LEAST_POINTS = 8;

/**
 * A moment in the past at which a forecast can be made from what was known then, and what came after it. One for every day
 * that became the newest: when its figures were first known. What was recorded about the same days later is not counted again.
 */
export interface Origin {
  /** What was recorded by this instant is used and nothing else. */
  readonly knownOn: string;
  /** The newest day that figures spoke of then. */
  readonly newest: Day;
  readonly points: readonly DatedValue[];
  readonly events: readonly string[];
  /** Mean absolute change a year of the newest points known then: the unit of errors, so that those of a small past count now. */
  readonly changePerYear: number;
  /**
   * What is known now of days after the newest one that, on the day of `knownOn`, still lay ahead. What had happened by
   * then and was recorded later is no outcome: whoever recorded it may have known it, and history that is recorded after
   * the fact proves no forecast.
   */
  readonly outcomes: readonly (DatedValue & { readonly yearsAhead: number })[];
}

/** What a method, given what was known then, said of a day, and how far off it was. */
export interface PastError {
  /** The origin: its instant, and the newest day that was known then. */
  readonly knownOn: string;
  readonly from: Day;
  readonly day: Day;
  readonly yearsAhead: number;
  readonly forecast: number;
  /** (outcome − forecast) / changePerYear of the origin. */
  readonly error: number;
}

/** How a method did on data as known then, against persistence, over the origins where it applied. */
export interface Score {
  readonly origins: number;
  /** Mean over the origins of the mean absolute error over their outcomes. */
  readonly meanError: number;
  readonly persistence: number;
  /** At how many origins the method was nearer than persistence. */
  readonly nearer: number;
  readonly beatsPersistence: boolean;
}

/** What was known at the instants of vintages, oldest first, whichever of it can be an origin. */
export function originsOf(
  vintages: Iterable<{ readonly knownOn: string; readonly points: readonly ForecastPoint[] }>,
  now: readonly ForecastPoint[],
): Origin[] {
  const origins: Origin[] = [];
  let newestSoFar: Day = '';
  for (const { knownOn, points } of vintages) {
    const newest = points.at(-1)?.day;
    if (newest === undefined || newest <= newestSoFar) continue;
    newestSoFar = newest;
    if (points.length < LEAST_POINTS) continue;
    const changePerYear = changePerYearOf(points);
    const outcomes = now
      .filter(({ day }) => day > newest && day > dayOf(knownOn))
      .map(({ day, value }) => ({ day, value, yearsAhead: yearsBetween(newest, day) }));
    // A series that never moved gives errors no unit.
    if (changePerYear === 0 || outcomes.length === 0) continue;
    const events = [...new Set(points.flatMap((point) => point.events))];
    origins.push({
      knownOn,
      newest,
      points: points.map(({ day, value }) => ({ day, value })),
      events,
      changePerYear,
      outcomes,
    });
  }
  return origins;
}

/** Σ|change| / years over the newest eight points: how much the series moves by now, not how it moved when it was small. */
export function changePerYearOf(all: readonly DatedValue[]): number {
  const points = all.slice(-LEAST_POINTS);
  const [first, last] = [points[0], points.at(-1)];
  if (!first || !last || first.day === last.day) return 0;
  const change = points
    .slice(1)
    .reduce((sum, { value }, index) => sum + Math.abs(value - (points[index]?.value ?? value)), 0);
  return change / yearsBetween(first.day, last.day);
}

/** The errors of a method at every origin where it applies. */
export function errorsOf(
  method: ForecastMethod,
  origins: readonly Origin[],
  ceiling: number | undefined,
  within: (value: number) => number,
): PastError[] {
  return origins.flatMap(({ knownOn, newest: from, points, changePerYear, outcomes }) => {
    const fit = method.fit(points, ceiling);
    if (!fit.applies) return [];
    return outcomes.map(({ day, value, yearsAhead }) => {
      const forecast = within(fit.at(day));
      return { knownOn, from, day, yearsAhead, forecast, error: (value - forecast) / changePerYear };
    });
  });
}

/** Origins that a verdict on a method takes, and a band: with nine errors, the least and the greatest bound 80 %. */
export const LEAST_ORIGINS = 9;

/** A method beats persistence where it was nearer on average and at more than half of nine origins or more. */
export function scoreOf(
  errors: readonly PastError[],
  ofPersistence: readonly PastError[],
): Score | undefined {
  const own = meansByOrigin(errors);
  const naive = meansByOrigin(ofPersistence);
  const pairs = [...own].flatMap(([knownOn, mean]) => {
    const other = naive.get(knownOn);
    return other === undefined ? [] : [{ mean, other }];
  });
  if (pairs.length === 0) return undefined;
  const meanError = pairs.reduce((sum, { mean }) => sum + mean, 0) / pairs.length;
  const persistence = pairs.reduce((sum, { other }) => sum + other, 0) / pairs.length;
  const nearer = pairs.filter(({ mean, other }) => mean < other).length;
  const beatsPersistence =
    pairs.length >= LEAST_ORIGINS && meanError < persistence && nearer > pairs.length / 2;
  return { origins: pairs.length, meanError, persistence, nearer, beatsPersistence };
}

function meansByOrigin(errors: readonly PastError[]): Map<string, number> {
  const sums = new Map<string, { sum: number; count: number }>();
  for (const { knownOn, error } of errors) {
    const { sum, count } = sums.get(knownOn) ?? { sum: 0, count: 0 };
    sums.set(knownOn, { sum: sum + Math.abs(error), count: count + 1 });
  }
  return new Map([...sums].map(([knownOn, { sum, count }]) => [knownOn, sum / count]));
}
