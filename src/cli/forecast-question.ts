import type { Command } from 'commander';
import type { Accuracy } from '../domain/forecast/accuracy.js';
import type { Band } from '../domain/forecast/bands.js';
import type { MethodForecast } from '../domain/forecast/method-forecast.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { ORIGIN_CLOCKS, type OriginClock } from '../domain/forecast/past-errors.js';
import { GetForecast, GetSeriesForecast, type ForecastAnswer } from '../queries/automakers/get-forecast.js';
import { MEASURE_NAMES } from '../domain/measures/measures.js';
import { ask, clocks, measureFrom, question, ruleFrom, withRule, type RuleOptions } from './ask.js';
import { perimeterFrom, withPerimeter, type PerimeterOptions } from './perimeter-options.js';
import { boundsOf } from './progress-tables.js';
import { facts, number, table } from './tables.js';

interface ForecastQuestionOptions extends RuleOptions, PerimeterOptions {
  readonly ceiling?: string;
  readonly origins?: string;
  readonly measure?: string;
}

/** Adds the query for the forecast of a target's measure or of a series. */
export function addForecastQuestion(program: Command): void {
  const forecast = withRule(
    question(
      program,
      'forecast <automaker> [target]',
      'where it is going, by each method that was right on what was known then',
    ),
  )
    .option('--ceiling <number>', 'what the growth curves may not go beyond; 100 for a share')
    .option(
      '--origins <clock>',
      'past forecasts on what was recorded, or published (pseudo-real-time), by then',
    )
    .option('--measure <measure>', `without a target, of a series: one of ${MEASURE_NAMES.join(', ')}`);
  withPerimeter(forecast).action(
    (automaker: string, target: string | undefined, options: ForecastQuestionOptions) =>
      ask(options, queryFrom(automaker, target, options), forecastInFull),
  );
}

function queryFrom(
  automaker: string,
  target: string | undefined,
  options: ForecastQuestionOptions,
): GetForecast | GetSeriesForecast {
  const { ceiling, origins, measure, market, entity } = options;
  const asked = {
    rule: ruleFrom(options),
    ...(ceiling !== undefined && { ceiling: ceilingFrom(ceiling) }),
    ...(origins !== undefined && { originClock: originsFrom(origins) }),
  };
  const isSeries = measure !== undefined || market !== undefined || entity !== undefined;
  if (target !== undefined && isSeries)
    throw new InvalidRequest([
      { field: '--measure', message: 'must not stand beside a target: leave one of them out' },
    ]);
  if (target !== undefined) return new GetForecast(automaker, target, clocks(options), asked);
  const wanted = measureFrom(measure ?? 'overseas-sales-share');
  return new GetSeriesForecast(automaker, wanted, perimeterFrom(options), clocks(options), asked);
}

function originsFrom(text: string): OriginClock {
  const found = ORIGIN_CLOCKS.find((name) => name === text);
  if (!found)
    throw new InvalidRequest([{ field: '--origins', message: `must be one of ${ORIGIN_CLOCKS.join(', ')}` }]);
  return found;
}

function ceilingFrom(text: string): number {
  const ceiling = Number(text);
  if (text.trim() === '' || !Number.isFinite(ceiling))
    throw new InvalidRequest([{ field: '--ceiling', message: 'must be a number such as 60 or 250000' }]);
  return ceiling;
}

function forecastInFull(answer: ForecastAnswer): string {
  const { automaker, target, on, status, threshold, unit, measure, deadline, ceiling, points, pace } = answer;
  const perYear = (bounds: { lo: number; hi: number } | undefined) =>
    bounds && `${boundsOf(bounds)} ${unit === 'percent' ? 'points' : unit} a year`;
  const head = facts([
    ['of', `${target ?? measure} of ${automaker}, on ${on}`],
    ['forecast', status],
    ...answer.reasons.map((sentence) => ['because', sentence] as const),
    ['threshold', threshold === undefined ? undefined : `${number(threshold)} ${unit} (${measure})`],
    ['deadline', deadline && `${deadline.words} (${deadline.early} to ${deadline.late})`],
    ['ceiling', ceiling && `${number(ceiling.value)}: ${ceiling.stated}`],
    ['points', `${points.length}, to ${points.at(-1)?.day ?? 'none'}`],
    [
      'past forecasts',
      answer.originClock && `${answer.origins.length}, by what was ${answer.originClock} by then`,
    ],
    ['observed', perYear(pace?.observed?.perYear)],
    ['required by late end', perYear(pace?.toLateEnd?.perYear)],
    ...answer.words.map((sentence) => ['', sentence] as const),
  ]);
  if (answer.status !== 'forecast') return head;
  return [head, records(answer.methods), valuesTable(answer.methods)].join('\n');
}

const records = (methods: readonly MethodForecast[]): string =>
  table(
    ['method', 'beat persistence', 'error', 'benchmark', 'reaches it'],
    methods.map(({ method, score, inapplicable, reachesOn }) => [
      method,
      score ? `${score.nearer} of ${score.origins}` : inapplicable,
      score?.meanError,
      score?.persistence,
      reachesOn,
    ]),
  );

const valuesTable = (methods: readonly MethodForecast[]): string =>
  table(
    ['method', 'on', 'value', '50%', '80%', 'chance', 'errors', 'MASE', 'CRPS', 'held 50%', 'held 80%'],
    methods.flatMap(({ method, values }) =>
      values.map(({ on, value, bands, chance, errors, accuracy }) => [
        method,
        on,
        value,
        band(bands, 50),
        band(bands, 80),
        chance && `${boundsOf({ lo: 100 * chance.lo, hi: 100 * chance.hi })} %`,
        errors,
        accuracy.mase,
        accuracy.crps,
        held(accuracy, 50),
        held(accuracy, 80),
      ]),
    ),
  );

function band(bands: readonly Band[], percent: Band['percent']): string | undefined {
  const found = bands.find((each) => each.percent === percent);
  return found && boundsOf(found);
}

/** How many of the scored bands of a level contained the actual value. */
function held({ coverage }: Accuracy, percent: Band['percent']): string | undefined {
  const found = coverage.find((each) => each.percent === percent);
  return found && found.given > 0 ? `${found.held} of ${found.given}` : undefined;
}
