import type { Command } from 'commander';
import { MEASURE_NAMES, perimeterInWords } from '../domain/measures/measures.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { GetFigures, type FiguresAnswer, type FiguresFilter } from '../queries/automakers/get-figures.js';
import { ask, clocks, dayFrom, measureFrom, question, ruleFrom, withRule, type RuleOptions } from './ask.js';
import { perimeterFrom, withPerimeter, type PerimeterOptions } from './perimeter-options.js';
import { boundsOf } from './progress-tables.js';
import { table } from './tables.js';

interface FigureOptions extends RuleOptions, PerimeterOptions {
  readonly measure?: string;
  readonly from?: string;
  readonly to?: string;
}

/** Adds `figures`: the reported figures, and what they say together about a period. */
export function addFiguresQuestion(program: Command): void {
  const figures = withRule(
    question(program, 'figures <automaker>', 'figures, and what they say of a period'),
  );
  withPerimeter(figures.option('--measure <measure>', `one of ${MEASURE_NAMES.join(', ')}`))
    .option('--from <day>', 'first day of the period')
    .option('--to <day>', 'last day of the period')
    .action((automaker: string, options: FigureOptions) =>
      ask(
        options,
        new GetFigures(automaker, filterFrom(options), clocks(options), ruleFrom(options)),
        figuresTables,
      ),
    );
}

function filterFrom({ measure, from, to, ...perimeter }: FigureOptions): FiguresFilter {
  const filter = {
    ...(measure !== undefined && { measure: measureFrom(measure) }),
    ...perimeterFrom(perimeter),
    ...(from !== undefined && { from: dayFrom('--from', from) }),
    ...(to !== undefined && { to: dayFrom('--to', to) }),
  };
  if (from !== undefined && to !== undefined && from > to)
    throw new InvalidRequest([{ field: '--to', message: `must not lie before --from, ${from}` }]);
  return filter;
}

function figuresTables({ figures, bounds, wholes, falling }: FiguresAnswer): string {
  const rows = figures.flatMap((figure) =>
    figure.reports.map((report) => [
      figure.measure,
      figure.period ?? figure.asOf,
      report.value,
      report.plusMinus,
      report.grade,
      figure.basis,
      figure.market,
      figure.entity,
      report.derivation,
      report.event,
    ]),
  );
  const columns = [
    'measure',
    'period',
    'value',
    '±',
    'grade',
    'basis',
    'market',
    'entity',
    'worked out',
    'event',
  ];
  const found = falling.map(({ words }) => `${words}\n`).join('');
  const reported = table(columns, rows) + (found === '' ? '' : `\n${found}`);
  if (!bounds) return reported;
  const known = bounds.map(({ first, last, perimeter, lo, hi, conflicts }) => [
    first,
    last,
    perimeter.basis ?? 'not stated',
    boundsOf(hi === undefined ? { lo } : { lo, hi }),
    conflicts.length,
  ]);
  const beside = (wholes?.counted ?? []).flatMap(({ measure, perimeter, lo, hi, because }) =>
    because.map(({ inequality }) => [
      measure,
      perimeterInWords(perimeter),
      boundsOf(hi === undefined ? { lo } : { lo, hi }),
      inequality,
    ]),
  );
  const within =
    beside.length === 0
      ? ''
      : `\nParts and wholes leave\n${table(['measure', 'counted as', { head: 'bounds', right: true }, 'because'], beside)}`;
  const contradicted = wholes?.contradicted ?? [];
  const against =
    contradicted.length === 0
      ? ''
      : `\nThe figures contradict, so that it bounds nothing:\n${contradicted.map((each) => `  ${each}\n`).join('')}`;
  return `${reported}\nAll reports together say\n${table(
    ['from', 'to', 'basis', { head: 'bounds', right: true }, 'conflicts'],
    known,
  )}${within}${against}`;
}
