import { addYears, yearsBetween, type Day } from '../ledger/edtf.js';
import { bandsOf, chanceOf, disjoint, errorsAhead, type Band, type Chance } from './bands.js';
import { dampedTrend } from './damped-trend.js';
import { drift } from './drift.js';
import { gompertz } from './gompertz.js';
import { logistic } from './logistic.js';
import type { DatedValue, ForecastMethod, MethodName } from './method.js';
import {
  changePerYearOf,
  errorsOf,
  scoreOf,
  type Origin,
  type PastError,
  type Score,
} from './past-errors.js';
import { persistence } from './persistence.js';

/** The benchmark first. */
const METHODS: readonly ForecastMethod[] = [persistence, drift, dampedTrend, logistic, gompertz];

/** What a method says of one day to come. */
export interface ForecastValue {
  readonly on: Day;
  readonly yearsAhead: number;
  readonly inDeadline: boolean;
  readonly value: number;
  /** Past errors of forecasts about as far ahead, and how many of them do not overlap in time. Bands and chance take enough of both. */
  readonly errors: number;
  readonly independent: number;
  readonly bands: readonly Band[];
  /** To be at the threshold or beyond on that day; only of days of the deadline. */
  readonly chance?: Chance;
}

/** One method: what it is, how it did, and, where it beats persistence, what it says. They are never averaged. */
export interface MethodForecast {
  readonly method: MethodName;
  readonly version: number;
  readonly formula: string;
  readonly source: string;
  /** Why it does not apply to this series. */
  readonly inapplicable?: string;
  readonly parameters?: Readonly<Record<string, number>>;
  readonly score?: Score;
  /** Of a method that beats persistence, and then of persistence too. */
  readonly values: readonly ForecastValue[];
  /** The first end of a year at which its value is at the threshold or beyond, where it comes to that within thirty years. */
  readonly reachesOn?: Day;
  /** Every error that its bands, chances and score are worked out from. */
  readonly pastErrors: readonly PastError[];
}

/** What is to be forecast, and by which past moments the methods are judged. */
export interface Task {
  readonly on: Day;
  readonly points: readonly DatedValue[];
  readonly origins: readonly Origin[];
  readonly threshold: number;
  readonly deadline: { readonly early: Day; readonly late: Day } | undefined;
  readonly ceiling: number | undefined;
  /** The nearest value that there can be. */
  readonly within: (value: number) => number;
}

/** Every method, judged; with values those that beat persistence, and persistence beside them. */
export function methodForecasts(task: Task): MethodForecast[] {
  const { origins, ceiling, within } = task;
  const benchmark = errorsOf(persistence, origins, ceiling, within);
  const judged = METHODS.map((method) => {
    const pastErrors = errorsOf(method, origins, ceiling, within);
    return { method, pastErrors, score: scoreOf(pastErrors, benchmark) };
  });
  const isBeaten = judged.some(({ score }) => score?.beatsPersistence);
  return judged.map(({ method, pastErrors, score }) => {
    const { name, version, formula, source } = method;
    const fit = method.fit(task.points, ceiling);
    const about = { method: name, version, formula, source, ...(score && { score }), pastErrors };
    if (!fit.applies) return { ...about, inapplicable: fit.reason, values: [] };
    const isShown = method === persistence ? isBeaten : score?.beatsPersistence === true;
    const valueOn = (day: Day) => within(fit.at(day));
    const reachesOn = isShown
      ? yearEnds(task.on, MOST_YEARS).find((day) => valueOn(day) >= task.threshold)
      : undefined;
    return {
      ...about,
      parameters: fit.parameters,
      values: isShown ? daysAhead(task).map((day) => valueAhead(day, valueOn(day), pastErrors, task)) : [],
      ...(reachesOn !== undefined && { reachesOn }),
    };
  });
}

function valueAhead(
  on: Day,
  value: number,
  pastErrors: readonly PastError[],
  { points, deadline, threshold, within }: Task,
): ForecastValue {
  const yearsAhead = yearsBetween(points.at(-1)?.day ?? on, on);
  const errors = errorsAhead(pastErrors, yearsAhead);
  const changePerYear = changePerYearOf(points);
  const inDeadline = deadline !== undefined && on >= deadline.early;
  const chance = inDeadline ? chanceOf(value, errors, changePerYear, threshold) : undefined;
  return {
    on,
    yearsAhead,
    inDeadline,
    value,
    errors: errors.length,
    independent: disjoint(errors),
    bands: bandsOf(value, errors, changePerYear, within),
    ...(chance && { chance }),
  };
}

const MOST_YEARS = 30;
const YEARS_WITHOUT_DEADLINE = 5;

/** The ends of the years to the late end of the deadline, which is the last of them; of five years where none was announced. */
function daysAhead({ on, deadline }: Task): Day[] {
  if (!deadline) return yearEnds(on, YEARS_WITHOUT_DEADLINE);
  const days = yearEnds(on, MOST_YEARS).filter((day) => day < deadline.late);
  return days.length < MOST_YEARS ? [...days, deadline.late] : days;
}

function yearEnds(on: Day, count: number): Day[] {
  const first = `${on.slice(0, 4)}-12-31`;
  return Array.from({ length: count }, (_, index) => addYears(first, index));
}
