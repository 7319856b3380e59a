import { Option, type Command } from 'commander';
import { GOAL_MOVES, type GoalEntry, type TermsAndCompletion } from '../domain/goals/goal-book.js';
import { STATUSES, type Status } from '../domain/goals/status.js';
import { MEASURE_NAMES, type Measure } from '../domain/measures/measures.js';
import { csvOf } from '../pages/csv.js';
import { goalsTable, sumsTable } from '../pages/goals/goal-tables.js';
import { goalFilterFrom } from '../queries/goals/goals.controller.js';
import { ListGoals, type GoalsAnswer } from '../queries/goals/list-goals.js';
import { SumPromises, type PromisesAnswer } from '../queries/goals/sum-promises.js';
import { ask, clocks, dayFrom, question, type QuestionOptions } from './ask.js';
import { coloured } from './colours.js';
import { boundsOf } from './progress-tables.js';
import { number, table } from './tables.js';

interface GoalsOptions extends QuestionOptions {
  readonly automakers?: string;
  readonly measure?: Measure;
  readonly market?: string;
  readonly status?: Status;
  readonly moved?: string;
  readonly movedSince?: string;
  readonly csv?: boolean;
}

interface PromisesOptions extends QuestionOptions {
  readonly from: string;
  readonly measure?: Measure;
  readonly year?: string;
  readonly csv?: boolean;
}

/** Adds the goal book, and the queries that combine goals. */
export function addGoalsQuestions(program: Command): void {
  question(program, 'goals', 'the goal book: all goals of all automakers, then and now')
    .option('--automakers <ids>', 'of some automakers, ids separated by commas')
    .addOption(new Option('--measure <measure>', 'of one measure').choices(MEASURE_NAMES))
    .option('--market <code>', 'about one market')
    .addOption(new Option('--status <status>', 'that stand so').choices(STATUSES))
    .option('--moved <moves>', `moved so, separated by commas: ${GOAL_MOVES.join(', ')}`)
    .option('--moved-since <day>', 'moved on this day or later')
    .option('--csv', 'as CSV')
    .action((options: GoalsOptions) => {
      const { automakers, measure, market, status, moved, movedSince } = options;
      const filter = goalFilterFrom({
        ...(automakers !== undefined && { automakers }),
        ...(measure !== undefined && { measure }),
        ...(market !== undefined && { market: market.toUpperCase() }),
        ...(status !== undefined && { status }),
        ...(moved !== undefined && { moved }),
        ...(movedSince !== undefined && { movedSince: dayFrom('--moved-since', movedSince) }),
      });
      return ask(options, new ListGoals(filter, clocks(options)), ({ goals }) =>
        options.csv === true ? csvOf(goalsTable(goals)) : goalsInLines({ goals }),
      );
    });
  question(program, 'promised', 'what was promised for each year, as it stood on a day and as it stands now')
    .requiredOption('--from <day>', 'the first of the two points; the second is --true-on, or today')
    .addOption(new Option('--measure <measure>', 'of one measure').choices(MEASURE_NAMES))
    .option('--year <year>', 'for one year')
    .option('--csv', 'as CSV, with each goal in the sums')
    .action((options: PromisesOptions) => {
      const { from, measure, year } = options;
      const asked = {
        from: dayFrom('--from', from),
        ...(measure !== undefined && { measure }),
        ...(year !== undefined && { year }),
      };
      return ask(options, new SumPromises(asked, clocks(options)), (answer) =>
        options.csv === true ? csvOf(sumsTable(answer)) : sumsInLines(answer),
      );
    });
}

function goalsInLines({ goals }: Pick<GoalsAnswer, 'goals'>): string {
  const columns = [
    'goal',
    { head: 'first', right: true },
    { head: 'against it', right: true },
    { head: 'now', right: true },
    { head: 'against it', right: true },
    'moved',
    { head: 'slip', right: true },
    { head: 'status', whole: true },
    { head: 'as of', whole: true },
  ];
  return table(columns, goals.map(lineOf), coloured);
}

function lineOf({ automaker, target, first, current, revisions, direction, slip }: GoalEntry) {
  const isChanged = revisions > 0;
  return [
    `${automaker}/${target}`,
    termsOf(first),
    isChanged ? completionIn(first) : undefined,
    isChanged ? termsOf(current) : undefined,
    completionIn(current),
    direction.join(', ') || undefined,
    slip?.rate === undefined ? undefined : number(slip.rate),
    current.status,
    current.asOf,
  ];
}

function termsOf({ terms: { threshold, unit, deadline, measure } }: TermsAndCompletion): string {
  const amount =
    measure === 'market-presence' ? 'enter' : `${number(threshold)}${unit === 'percent' ? ' %' : ''}`;
  return deadline === undefined ? amount : `${amount}, ${deadline}`;
}

const completionIn = ({ completion }: TermsAndCompletion): string | undefined =>
  completion && `${boundsOf(completion).replace('at least', '≥').replace(' – ', '–')} %`;

function sumsInLines({ sums, from, to }: PromisesAnswer): string {
  const columns = [
    'promised for',
    'measure',
    'counted as',
    { head: from, right: true },
    { head: to, right: true },
    { head: 'of whom had one both times', right: true },
  ];
  const rows = sums.map((sum) => [
    sum.year,
    sum.market === undefined ? sum.measure : `${sum.measure} in ${sum.market}`,
    sum.basis,
    sum.from.goals.length === 0 ? undefined : boundsOf(sum.from.sum),
    sum.to.goals.length === 0 ? undefined : boundsOf(sum.to.sum),
    sum.ofBoth.automakers === 0
      ? undefined
      : `${sum.ofBoth.automakers}: ${boundsOf(sum.ofBoth.from)} → ${boundsOf(sum.ofBoth.to)}`,
  ]);
  return table(columns, rows);
}
