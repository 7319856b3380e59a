import { MEASURE_WORDS } from '../words/goals.js';
import type { Automaker } from '../state/automaker.js';
import { DEFAULT_RULE, type ChoosingRule } from '../measures/flows.js';
import { MEASURES, type Measure, type Perimeter, type Unit } from '../measures/measures.js';
import { addMonths, type Day } from '../ledger/edtf.js';
import { progressOf, type Progress } from '../goals/progress.js';
import type { TargetRecord } from '../state/records.js';
import type { Steps } from '../state/steps.js';
import { comparablePoints, type ForecastPoint } from './comparable-points.js';
import { reasonsOf, wordsOf } from './forecast-words.js';
import { daysAhead, methodForecasts, type MethodForecast } from './method-forecast.js';
import {
  LEAST_ORIGINS,
  LEAST_POINTS,
  originsOf,
  type Origin,
  type OriginClock,
  type Past,
} from './past-errors.js';
import { LOG_ODDS, LOGARITHMS, newestOn, type Scale, type ScaleName } from './scale.js';
import type { Vintage } from './vintages.js';

/** Increased with every change outside the methods that gives different numbers for the same events. */
const FORECAST_VERSION = 2;

/** The upper limit of the growth curves, and where it comes from. */
export interface Ceiling {
  readonly value: number;
  readonly stated: 'a share is at most 100 %' | 'by the question';
}

export interface Forecast {
  readonly automaker: string;
  /** Absent for a forecast of a series that is independent of any target. */
  readonly target?: string;
  readonly on: Day;
  /** `not-applicable`: the deadline is over, the target is withdrawn, or the target is not an amount. */
  readonly status: 'forecast' | 'not-enough-evidence' | 'not-applicable';
  /** Why there is no forecast, in sentences. */
  readonly reasons: readonly string[];
  /** What the methods forecast and where they differ, in sentences. */
  readonly words: readonly string[];
  readonly measure: Measure;
  readonly unit: Unit;
  readonly threshold?: number;
  readonly deadline?: { readonly words: string; readonly early: Day; readonly late: Day };
  readonly ceiling?: Ceiling;
  readonly perimeter?: Perimeter;
  /** The scale on which the series is forecast; errors are differences on this scale. */
  readonly scale: ScaleName;
  /** The series as known now. The midpoints of the bounds are forecast. */
  readonly points: readonly ForecastPoint[];
  /** Number of points left out: another perimeter or period, no bounds, or no place on the scale. */
  readonly leftOut: number;
  /** What the origins are based on; absent if there are too few points. */
  readonly originClock?: OriginClock;
  /** The number of days on which figures of the automaker were recorded, or published. */
  readonly vintages?: number;
  /** What was known at each past moment from which a forecast could be made, and the outcomes. */
  readonly origins: readonly Origin[];
  readonly methods: readonly MethodForecast[];
  /** The observed and the required pace. Given without a forecast, too. */
  readonly pace?: NonNullable<Progress['pace']>;
  readonly rule: ChoosingRule;
  readonly version: number;
}

export interface ForecastQuestion {
  readonly on: Day;
  readonly rule?: ChoosingRule;
  /** The upper limit of the series. Must be above zero, and at most 100 for a share. */
  readonly ceiling?: number;
  /**
   * What past forecasts are based on. Defaults to what was recorded, if that gives enough past forecasts,
   * else to what was published.
   */
  readonly originClock?: OriginClock;
}

/** The vintages for past forecasts, by clock. Each is read only if needed. */
export type Vintages = Readonly<Record<OriginClock, () => Iterable<Vintage>>>;

/** What to forecast, or why a forecast does not apply. */
interface Subject {
  readonly measure: Measure;
  readonly wanted: Perimeter;
  readonly target?: string;
  readonly threshold?: number;
  readonly deadline?: NonNullable<Progress['deadline']>;
  readonly pace?: NonNullable<Progress['pace']>;
  readonly inapplicable?: string;
}

/**
 * Forecasts the measure of a target, with its uncertainty: for each method the values at the year ends up to
 * the deadline, with bands and the probability of reaching the threshold, from the method's past errors. Past
 * forecasts use only what was known or published at the time. A method that did not beat persistence gives no
 * values. Without enough evidence the answer says why and gives only the pace.
 *
 * `vintages` are read only if there are enough points. O(vintages × points) for the series, O(origins²) for
 * the errors. Pure: the same records, vintages and question give the same answer. Runs in steps: `finish`
 * runs all of them at once.
 */
export function forecastOf(
  automaker: Automaker,
  record: TargetRecord,
  vintages: Vintages,
  question: ForecastQuestion,
): Steps<Forecast> {
  const progress = progressOf(automaker, record, question.on, question.rule);
  const { terms, deadline, pace } = progress;
  const inapplicable = inapplicability(record, progress);
  return forecastAbout(
    automaker,
    {
      measure: terms.measure,
      wanted: terms,
      target: record.target,
      threshold: terms.threshold,
      ...(deadline && { deadline }),
      ...(pace && { pace }),
      ...(inapplicable !== undefined && { inapplicable }),
    },
    vintages,
    question,
    daysAhead(question.on, deadline),
  );
}

/** Forecast horizons of a series without a target, in months after its last point. */
const MONTHS_AHEAD = [3, 6, 12, 24, 36];

/** Forecasts a series from three months to three years after its last point. */
export function seriesForecast(
  automaker: Automaker,
  measure: Measure,
  wanted: Perimeter,
  vintages: Vintages,
  question: ForecastQuestion,
): Steps<Forecast> {
  const last = comparablePoints(automaker, measure, wanted, question.on, question.rule).points.at(-1)?.day;
  const days = last === undefined ? [] : MONTHS_AHEAD.map((months) => addMonths(last, months));
  const inapplicable = measure === 'market-presence' ? NOT_BIT_BY_BIT : undefined;
  const about = { measure, wanted, ...(inapplicable !== undefined && { inapplicable }) };
  return forecastAbout(automaker, about, vintages, question, days);
}

function* forecastAbout(
  automaker: Automaker,
  subject: Subject,
  vintages: Vintages,
  { on, rule = DEFAULT_RULE, ceiling: stated, originClock }: ForecastQuestion,
  days: readonly Day[],
): Steps<Forecast> {
  const { measure, wanted, target, threshold, deadline, pace, inapplicable } = subject;
  const scale = scaleOf(measure);
  const ceiling = ceilingOf(measure, stated);
  const { perimeter, points, leftOut } = pointsOn(
    scale,
    comparablePoints(automaker, measure, wanted, on, rule),
  );
  const about = {
    automaker: automaker.id,
    ...(target !== undefined && { target }),
    on,
    measure,
    unit: MEASURES[measure].unit,
    ...(threshold !== undefined && { threshold }),
    ...(deadline && { deadline }),
    ...(ceiling && { ceiling }),
    ...(perimeter && { perimeter }),
    scale: scale.name,
    points,
    leftOut,
    ...(pace && { pace }),
    rule,
    version: FORECAST_VERSION,
  };
  const none = { ...about, words: [], origins: [], methods: [] };
  if (inapplicable !== undefined) return { ...none, status: 'not-applicable', reasons: [inapplicable] };
  if (!perimeter || points.length < LEAST_POINTS)
    return { ...none, status: 'not-enough-evidence', reasons: [tooFewPoints(about)] };

  const pastOn = function* (clock: OriginClock): Steps<Past> {
    const known = [];
    for (const { at, until = on, figures } of vintages[clock]()) {
      const then = comparablePoints({ ...automaker, figures }, measure, perimeter, until, rule);
      known.push({ at, points: pointsOn(scale, then).points });
      yield;
    }
    return { clock, vintages: known.length, origins: originsOf(known, points) };
  };
  // Recorded vintages take precedence if they give enough origins, even if no method is shown then. Otherwise
  // published ones are tried too.
  const first = yield* pastOn(originClock ?? 'recorded');
  const isEnough = originClock !== undefined || first.origins.length >= LEAST_ORIGINS;
  const pasts = isEnough ? [first] : [first, yield* pastOn('published')];
  const past = pasts.reduce((best, each) => (each.origins.length > best.origins.length ? each : best));
  const { origins } = past;
  const methods = methodForecasts({
    on,
    points,
    origins,
    threshold,
    deadline,
    ceiling: ceiling?.value,
    scale,
    days,
  });
  const isForecast = methods.some(({ score }) => score?.beatsPersistence);
  return {
    ...about,
    status: isForecast ? 'forecast' : 'not-enough-evidence',
    reasons: isForecast ? [] : reasonsOf(methods, past, pasts),
    words: isForecast ? wordsOf(methods, { ...about, clock: past.clock, origins: origins.length }) : [],
    originClock: past.clock,
    vintages: past.vintages,
    origins,
    methods,
  };
}

/** The newest points that all have a place on the scale. The rest are left out. */
function pointsOn(
  scale: Scale,
  { perimeter, points, leftOut }: ReturnType<typeof comparablePoints>,
): ReturnType<typeof comparablePoints> {
  const shown = newestOn(scale, points);
  return { ...(perimeter && { perimeter }), points: shown, leftOut: leftOut + points.length - shown.length };
}

const scaleOf = (measure: Measure): Scale => (MEASURES[measure].nature === 'share' ? LOG_ODDS : LOGARITHMS);

const NOT_BIT_BY_BIT = 'Being in a market is not reached bit by bit, so there is nothing to go on from.';

/** Why a forecast does not apply; undefined if it does. */
function inapplicability({ withdrawn }: TargetRecord, { terms, deadline, on }: Progress): string | undefined {
  if (withdrawn) return 'The target is withdrawn.';
  if (terms.measure === 'market-presence') return NOT_BIT_BY_BIT;
  if (deadline && deadline.late < on)
    return 'The deadline is over: whether the target was reached follows from the figures.';
  return undefined;
}

function tooFewPoints({
  measure,
  points,
  leftOut,
}: Pick<Forecast, 'measure' | 'points' | 'leftOut'>): string {
  const others =
    leftOut > 0
      ? `; ${leftOut === 1 ? '1 more counts another perimeter or period, has' : `${leftOut} more count another perimeter or period, have`} no bounds, or ${leftOut === 1 ? 'lies' : 'lie'} before a value of zero`
      : '';
  return `A forecast takes ${LEAST_POINTS} points that can be compared, and the figures of ${MEASURE_WORDS[measure]} give ${points.length}${others}.`;
}

function ceilingOf(measure: Measure, stated: number | undefined): Ceiling | undefined {
  if (stated !== undefined) return { value: stated, stated: 'by the question' };
  return MEASURES[measure].nature === 'share'
    ? { value: 100, stated: 'a share is at most 100 %' }
    : undefined;
}
