import { addYears, yearsBetween, type Day } from '../ledger/edtf.js';
import { accuracyOf, type Accuracy } from './accuracy.js';
import { bandsOf, chanceOf, disjoint, errorsAhead, type Band, type Chance } from './bands.js';
import { dampedTrend } from './damped-trend.js';
import { drift } from './drift.js';
import { ets } from './ets.js';
import { gompertz } from './gompertz.js';
import { logistic } from './logistic.js';
import type { DatedValue, ForecastMethod, MethodName } from './method.js';
import { errorsOf, fitOn, scoreOf, type Origin, type PastError, type Score } from './past-errors.js';
import { persistence } from './persistence.js';
import type { Scale } from './scale.js';
import { theta } from './theta.js';

/** The benchmark first. */
const METHODS: readonly ForecastMethod[] = [persistence, drift, dampedTrend, theta, ets, logistic, gompertz];

/** A method's forecast for one future day. */
export interface ForecastValue {
  readonly on: Day;
  readonly yearsAhead: number;
  readonly inDeadline: boolean;
  readonly value: number;
  /**
   * Number of past errors of a similar horizon, and how many of them do not overlap in time. Bands and the
   * chance need enough of both.
   */
  readonly errors: number;
  readonly independent: number;
  /** The method's accuracy over a similar horizon. */
  readonly accuracy: Accuracy;
  readonly bands: readonly Band[];
  /**
   * The probability of being at or beyond the threshold on that day. Given only for days within the deadline
   * for which a 50 % band is shown.
   */
  readonly chance?: Chance;
}

/** One method: what it is, its score, and its values if it beats persistence. Methods are never averaged. */
export interface MethodForecast {
  readonly method: MethodName;
  readonly version: number;
  readonly formula: string;
  readonly source: string;
  /** Why the method does not apply to this series. */
  readonly inapplicable?: string;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly score?: Score;
  /** Given for a method that beats persistence, and then for persistence too. */
  readonly values: readonly ForecastValue[];
  /** The first year end at which the value is at or beyond the threshold, if within thirty years. */
  readonly reachesOn?: Day;
  /** All errors from which the bands, chances and score are computed. */
  readonly pastErrors: readonly PastError[];
}

/** What to forecast, and the past moments by which the methods are judged. */
export interface Task {
  readonly on: Day;
  readonly points: readonly DatedValue[];
  readonly origins: readonly Origin[];
  /** The threshold to reach, if any. */
  readonly threshold: number | undefined;
  readonly deadline: { readonly early: Day; readonly late: Day } | undefined;
  readonly ceiling: number | undefined;
  /** The scale for the forecast. All points have a place on it. */
  readonly scale: Scale;
  /** The days to forecast. */
  readonly days: readonly Day[];
}

/** Judges every method. Gives values for those that beat persistence, and for persistence beside them. */
export function methodForecasts(task: Task): MethodForecast[] {
  const { origins, ceiling, scale, threshold } = task;
  const benchmark = errorsOf(persistence, origins, ceiling, scale);
  const judged = METHODS.map((method) => {
    const pastErrors = errorsOf(method, origins, ceiling, scale);
    return { method, pastErrors, score: scoreOf(pastErrors, benchmark) };
  });
  const isBeaten = judged.some(({ score }) => score?.beatsPersistence);
  return judged.map(({ method, pastErrors, score }) => {
    const { name, version, formula, source } = method;
    const fit = fitOn(scale, method, task.points, ceiling);
    const about = { method: name, version, formula, source, ...(score && { score }), pastErrors };
    if (!fit.applies) return { ...about, inapplicable: fit.reason, values: [] };
    const isShown = method === persistence ? isBeaten : score?.beatsPersistence === true;
    const reachesOn =
      isShown && threshold !== undefined
        ? yearEnds(task.on, MOST_YEARS).find((day) => fit.at(day) >= threshold)
        : undefined;
    return {
      ...about,
      parameters: fit.parameters,
      values: isShown ? task.days.map((day) => valueAhead(day, fit.at(day), pastErrors, task)) : [],
      ...(reachesOn !== undefined && { reachesOn }),
    };
  });
}

function valueAhead(
  on: Day,
  value: number,
  pastErrors: readonly PastError[],
  { points, deadline, threshold, scale }: Task,
): ForecastValue {
  const yearsAhead = yearsBetween(points.at(-1)?.day ?? on, on);
  const errors = errorsAhead(pastErrors, yearsAhead);
  const inDeadline = deadline !== undefined && on >= deadline.early;
  const { bands, coverage } = bandsOf(value, errors, scale);
  const isProven = bands.some(({ percent }) => percent === 50);
  const chance =
    inDeadline && isProven && threshold !== undefined ? chanceOf(value, errors, scale, threshold) : undefined;
  return {
    on,
    yearsAhead,
    inDeadline,
    value,
    errors: errors.length,
    independent: disjoint(errors),
    accuracy: accuracyOf(errors, coverage, scale),
    bands,
    ...(chance && { chance }),
  };
}

const MOST_YEARS = 30;
const YEARS_WITHOUT_DEADLINE = 5;

/**
 * The year ends up to the late end of the deadline, and that day itself. Without a deadline: five year ends.
 */
export function daysAhead(on: Day, deadline: { readonly late: Day } | undefined): Day[] {
  if (!deadline) return yearEnds(on, YEARS_WITHOUT_DEADLINE);
  const days = yearEnds(on, MOST_YEARS).filter((day) => day < deadline.late);
  return days.length < MOST_YEARS ? [...days, deadline.late] : days;
}

function yearEnds(on: Day, count: number): Day[] {
  const first = `${on.slice(0, 4)}-12-31`;
  return Array.from({ length: count }, (_, index) => addYears(first, index));
}
