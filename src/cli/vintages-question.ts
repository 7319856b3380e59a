import type { Command } from 'commander';
import { MEASURE_NAMES } from '../domain/measures/measures.js';
import { GetVintages, type VintagesAnswer } from '../queries/automakers/get-vintages.js';
import { ask, clocks, measureFrom, question, ruleFrom, withRule, type RuleOptions } from './ask.js';
import { perimeterFrom, withPerimeter, type PerimeterOptions } from './perimeter-options.js';
import { boundsOf } from './progress-tables.js';
import { facts, table } from './tables.js';

interface VintageOptions extends RuleOptions, PerimeterOptions {
  readonly measure?: string;
}

/** Adds `vintages`: the first reports of a series, and its later revisions. */
export function addVintagesQuestion(program: Command): void {
  const vintages = withRule(
    question(program, 'vintages <automaker>', 'how figures were first told, and put otherwise since'),
  ).option('--measure <measure>', `one of ${MEASURE_NAMES.join(', ')}; the share of overseas sales`);
  withPerimeter(vintages).action((automaker: string, options: VintageOptions) => {
    const { measure = 'overseas-sales-share' } = options;
    return ask(
      options,
      new GetVintages(
        automaker,
        measureFrom(measure),
        perimeterFrom(options),
        clocks(options),
        ruleFrom(options),
      ),
      vintagesTables,
    );
  });
}

function vintagesTables({ days, earlierDays, periods, figures, undatedFigures }: VintagesAnswer): string {
  const head = facts([
    ['public days', `${days.length}${earlierDays > 0 ? `, and ${earlierDays} before them` : ''}`],
    ['not dated', undatedFigures === 0 ? undefined : undatedFigures],
  ]);
  const series = table(
    ['from', 'to', 'published by', { head: 'told as', right: true }],
    periods.flatMap(({ first, last, tellings }) =>
      tellings.map(({ publicOn, lo, hi, value }) => [first, last, publicOn, toldAs(value, lo, hi)]),
    ),
  );
  const printed = table(
    ['measure', 'period', 'published', 'figure', 'told', 'event'],
    figures.flatMap(({ measure, period, asOf, tellings }) =>
      tellings.map(({ publicOn, value, as, event }) => [measure, period ?? asOf, publicOn, value, as, event]),
    ),
  );
  return `${head}\nThe series\n${series}\nFigures as they were printed\n${printed}`;
}

function toldAs(value: number | undefined, lo: number | undefined, hi: number | undefined): string {
  if (value === undefined) return 'no longer given';
  return boundsOf(hi === undefined ? { lo: lo ?? value } : { lo: lo ?? value, hi });
}
