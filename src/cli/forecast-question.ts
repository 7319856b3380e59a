import type { Command } from 'commander';
import type { Band } from '../domain/forecast/bands.js';
import type { MethodForecast } from '../domain/forecast/method-forecast.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { GetForecast, type ForecastAnswer } from '../queries/automakers/get-forecast.js';
import { ask, clocks, question, ruleFrom, withRule, type RuleOptions } from './ask.js';
import { boundsOf } from './progress-tables.js';
import { facts, number, table } from './tables.js';

/** Adds the question where a target's measure is going. */
export function addForecastQuestion(program: Command): void {
  withRule(
    question(
      program,
      'forecast <automaker> <target>',
      'where it is going, by each method that was right on what was known then',
    ),
  )
    .option('--ceiling <number>', 'what the growth curves may not go beyond; 100 for a share')
    .action((automaker: string, target: string, options: RuleOptions & { ceiling?: string }) => {
      const { ceiling } = options;
      const most = ceiling === undefined ? undefined : ceilingFrom(ceiling);
      return ask(
        options,
        new GetForecast(automaker, target, clocks(options), ruleFrom(options), most),
        forecastInFull,
      );
    });
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
    ['target', `${target} of ${automaker}, on ${on}`],
    ['forecast', status],
    ...answer.reasons.map((sentence) => ['because', sentence] as const),
    ['threshold', `${number(threshold)} ${unit} (${measure})`],
    ['deadline', deadline && `${deadline.words} (${deadline.early} to ${deadline.late})`],
    ['ceiling', ceiling && `${number(ceiling.value)}: ${ceiling.stated}`],
    ['points', `${points.length}, to ${points.at(-1)?.day ?? 'none'}`],
    ['past forecasts', answer.vintages === undefined ? undefined : answer.origins.length],
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
    ['method', 'on', 'value', '50%', '80%', '95%', 'chance', 'errors'],
    methods.flatMap(({ method, values }) =>
      values.map(({ on, value, bands, chance, errors }) => [
        method,
        on,
        value,
        band(bands, 50),
        band(bands, 80),
        band(bands, 95),
        chance && `${boundsOf({ lo: 100 * chance.lo, hi: 100 * chance.hi })} %`,
        errors,
      ]),
    ),
  );

function band(bands: readonly Band[], percent: Band['percent']): string | undefined {
  const found = bands.find((each) => each.percent === percent);
  return found && boundsOf(found);
}
