import { MEASURE_WORDS } from '../words/goals.js';
import type { Automaker } from '../state/automaker.js';
import { DEFAULT_RULE, type ChoosingRule } from '../measures/flows.js';
import { MEASURES, type Measure, type Perimeter, type Unit } from '../measures/measures.js';
import type { Day } from '../ledger/edtf.js';
import { progressOf, type Progress } from '../goals/progress.js';
import type { TargetRecord } from '../state/records.js';
import { comparablePoints, type ForecastPoint } from './comparable-points.js';
import { reasonsOf, wordsOf } from './forecast-words.js';
import { methodForecasts, type MethodForecast } from './method-forecast.js';
import { changePerYearOf, LEAST_POINTS, originsOf, type Origin } from './past-errors.js';
import type { Vintage } from './vintages.js';

/** Goes up with every change outside of a method that gives another number for the same events. */
export const FORECAST_VERSION = 1;

/** What the growth curves may not go beyond, and who says so. */
export interface Ceiling {
  readonly value: number;
  readonly stated: 'a share is at most 100 %' | 'by the question';
}

export interface Forecast {
  readonly automaker: string;
  readonly target: string;
  readonly on: Day;
  /** `not-applicable`: the deadline is over, the target is withdrawn, or it is not about an amount. */
  readonly status: 'forecast' | 'not-enough-evidence' | 'not-applicable';
  /** Why there is no forecast, in sentences. */
  readonly reasons: readonly string[];
  /** What the methods say and where they differ, in sentences. */
  readonly words: readonly string[];
  readonly measure: Measure;
  readonly unit: Unit;
  readonly threshold: number;
  readonly deadline?: { readonly words: string; readonly early: Day; readonly late: Day };
  readonly ceiling?: Ceiling;
  readonly perimeter?: Perimeter;
  /** The series as it is known now: the middles of the bounds are what is forecast. */
  readonly points: readonly ForecastPoint[];
  /** Points of the series that count another perimeter or period, or have no bounds, and so cannot be compared with these. */
  readonly leftOut: number;
  /** Mean absolute change a year of the newest points: what errors are multiplied by. */
  readonly changePerYear: number;
  /** On how many days figures of the automaker were recorded; absent where the points are too few to ask. */
  readonly vintages?: number;
  /** What was known at moments in the past from which a forecast could be made, and what came of it. */
  readonly origins: readonly Origin[];
  readonly methods: readonly MethodForecast[];
  /** What there is without a forecast too: observed and required. */
  readonly pace?: NonNullable<Progress['pace']>;
  readonly rule: ChoosingRule;
  readonly version: number;
}

export interface ForecastQuestion {
  readonly on: Day;
  readonly rule?: ChoosingRule;
  /** What a share may come to at most, or how much of anything else there can be; above zero, and of a share at most 100. */
  readonly ceiling?: number;
}

/**
 * Where a target's measure is going, and how sure that is: every method's value for the ends of the years to the deadline,
 * with bands and the chance to be at the threshold from the errors that it made in the past on what was known then. A
 * method that did not beat persistence says nothing. Without enough evidence the answer says why, and gives the pace alone.
 *
 * `vintages` are read only where there are points enough. O(vintages × points) for the series, O(origins²) for the
 * errors. Pure: the same records, vintages and question give the same answer.
 */
export function forecastOf(
  automaker: Automaker,
  record: TargetRecord,
  vintages: Iterable<Vintage>,
  { on, rule = DEFAULT_RULE, ceiling: stated }: ForecastQuestion,
): Forecast {
  const progress = progressOf(automaker, record, on, rule);
  const { terms, deadline, pace } = progress;
  const { measure, threshold } = terms;
  const ceiling = ceilingOf(measure, stated);
  const inapplicable = inapplicability(record, progress);
  const { perimeter, points, leftOut } = comparablePoints(automaker, measure, terms, on, rule);
  const about = {
    automaker: automaker.id,
    target: record.target,
    on,
    measure,
    unit: MEASURES[measure].unit,
    threshold,
    ...(deadline && { deadline }),
    ...(ceiling && { ceiling }),
    ...(perimeter && { perimeter }),
    points,
    leftOut,
    changePerYear: changePerYearOf(points),
    ...(pace && { pace }),
    rule,
    version: FORECAST_VERSION,
  };
  const none = { ...about, words: [], origins: [], methods: [] };
  if (inapplicable !== undefined) return { ...none, status: 'not-applicable', reasons: [inapplicable] };
  if (!perimeter || points.length < LEAST_POINTS)
    return { ...none, status: 'not-enough-evidence', reasons: [tooFewPoints(about)] };
  const known = Array.from(vintages, ({ knownOn, figures }) => ({
    knownOn,
    points: comparablePoints({ ...automaker, figures }, measure, perimeter, on, rule).points,
  }));
  const origins = originsOf(known, points);
  const within = withinRange(measure);
  const methods = methodForecasts({
    on,
    points,
    origins,
    threshold,
    deadline,
    ceiling: ceiling?.value,
    within,
  });
  const isForecast = methods.some(({ score }) => score?.beatsPersistence);
  return {
    ...about,
    status: isForecast ? 'forecast' : 'not-enough-evidence',
    reasons: isForecast ? [] : reasonsOf(methods, origins.length, known.length),
    words: isForecast ? wordsOf(methods, about) : [],
    vintages: known.length,
    origins,
    methods,
  };
}

/** Why nothing is to be forecast, where that is so. */
function inapplicability({ withdrawn }: TargetRecord, { terms, deadline, on }: Progress): string | undefined {
  if (withdrawn) return 'The target is withdrawn.';
  if (terms.measure === 'market-presence')
    return 'Being in a market is not reached bit by bit, so there is nothing to go on from.';
  if (deadline && deadline.late < on)
    return 'The deadline is over: whether the target was reached follows from the figures.';
  return undefined;
}

function tooFewPoints({
  measure,
  points,
  leftOut,
}: Pick<Forecast, 'measure' | 'points' | 'leftOut'>): string {
  const others = leftOut > 0 ? `; ${leftOut} more count another perimeter or period, or have no bounds` : '';
  return `A forecast takes ${LEAST_POINTS} points that can be compared, and the figures of ${MEASURE_WORDS[measure]} give ${points.length}${others}.`;
}

function ceilingOf(measure: Measure, stated: number | undefined): Ceiling | undefined {
  if (stated !== undefined) return { value: stated, stated: 'by the question' };
  return MEASURES[measure].nature === 'share'
    ? { value: 100, stated: 'a share is at most 100 %' }
    : undefined;
}

/** Nothing is sold less than never, and no share is more than the whole. */
function withinRange(measure: Measure): (value: number) => number {
  const most = MEASURES[measure].nature === 'share' ? 100 : Number.MAX_VALUE;
  return (value) => Math.min(most, Math.max(0, value));
}
