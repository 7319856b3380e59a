import type { Command } from 'commander';
import { EXPANSION_READINGS } from '../domain/expansion/expansion-reading.js';
import { isSlug } from '../domain/events/fields.js';
import { MEASURE_NAMES } from '../domain/measures/measures.js';
import { dayOf } from '../domain/ledger/edtf.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { GetDifferences, type DifferencesAnswer } from '../queries/audit/get-differences.js';
import { GetStrategyHistory, type StrategyHistoryAnswer } from '../queries/audit/get-strategy-history.js';
import { GetTargetHistory, type TargetHistoryAnswer } from '../queries/audit/get-target-history.js';
import { CompareAutomakers, type ComparisonAnswer } from '../queries/automakers/compare-automakers.js';
import { CompareExpansion } from '../queries/expansion/get-expansion.js';
import { GetProgress, ListProgress } from '../queries/automakers/get-progress.js';
import type { AutomakerSummary } from '../queries/automakers/automaker-summary.js';
import { ListAutomakers } from '../queries/automakers/list-automakers.js';
import {
  ask,
  askWithSources,
  clocks,
  measureFrom,
  pointFrom,
  question,
  ruleFrom,
  withRule,
  type QuestionOptions,
  type RuleOptions,
} from './ask.js';
import { comparedReadings, readingFrom } from './expansion-questions.js';
import { boundsOf, progressInFull, targetsTable } from './progress-tables.js';
import { facts, number, table, wrapped } from './tables.js';

/**
 * Adds the queries about automakers and their goals: the same as over HTTP, as tables for people or, with
 * --json, as in the API.
 */
export function addQuestions(program: Command): void {
  question(program, 'automakers', 'all automakers').action((options: QuestionOptions) =>
    ask(options, new ListAutomakers(clocks(options)), automakersTable),
  );
  const allTargets = (automaker: string, options: RuleOptions) =>
    ask(options, new ListProgress(automaker, clocks(options), ruleFrom(options)), ({ targets }) =>
      targetsTable(targets),
    );
  withRule(question(program, 'targets <automaker>', 'how far it is on all its targets')).action(allTargets);
  withRule(
    question(program, 'progress <automaker> [target]', 'how far it is on one target, with the proof'),
  ).action((automaker: string, target: string | undefined, options: RuleOptions) =>
    target === undefined
      ? allTargets(automaker, options)
      : askWithSources(
          options,
          new GetProgress(automaker, target, clocks(options), ruleFrom(options)),
          ({ value, versions }) => [
            ...(value?.inputs.flatMap(({ events }) => events) ?? []),
            ...(value?.conflicts ?? []),
            ...versions.map(({ event }) => event),
          ],
          progressInFull,
        ),
  );
  question(program, 'history <automaker> <target>', 'every version of a target, each change classed').action(
    (automaker: string, target: string, options: QuestionOptions) =>
      ask(options, new GetTargetHistory(automaker, target, clocks(options)), historyTable),
  );
  question(program, 'strategy <automaker>', 'how its strategy changed').action(
    (automaker: string, options: QuestionOptions) =>
      ask(options, new GetStrategyHistory(automaker, clocks(options)), strategyTable),
  );
  question(program, 'compare <automakers>', 'some automakers side by side, ids separated by commas')
    .option('--measure <measure>', `one of ${MEASURE_NAMES.join(', ')}`, 'overseas-sales-share')
    .option('--reading <reading>', `in place of a measure: one of ${EXPANSION_READINGS.join(', ')}`)
    .action((ids: string, options: QuestionOptions & { measure: string; reading?: string }) => {
      if (options.reading !== undefined) {
        const compared = new CompareExpansion(idsFrom(ids), readingFrom(options.reading), clocks(options));
        return ask(options, compared, comparedReadings);
      }
      const query = new CompareAutomakers(idsFrom(ids), measureFrom(options.measure), clocks(options));
      return ask(options, query, comparisonTable);
    });
  question(program, 'differences', 'what differs between two points in time, and why')
    .requiredOption('--from <day>', 'a day, or day,known-on, or day,known-on,public-on')
    .option('--to <day>', 'the same; today where it is left out')
    .option('--automaker <id>', 'one automaker')
    .action((options: QuestionOptions & { from: string; to?: string; automaker?: string }) => {
      const to = pointFrom(options.to ?? dayOf(new Date().toISOString()));
      const query = new GetDifferences(options.automaker, pointFrom(options.from), to);
      return ask(options, query, differencesTables);
    });
}

function idsFrom(text: string): string[] {
  const ids = text.split(',').map((id) => id.trim());
  if (ids.some((id) => !isSlug(id)))
    throw new InvalidRequest([
      { field: 'automakers', message: 'must be ids separated by commas, such as xpeng,geely' },
    ]);
  return [...new Set(ids)];
}

function automakersTable({ automakers }: { readonly automakers: readonly AutomakerSummary[] }): string {
  const columns = ['id', 'name', 'home', 'strategy', 'targets', 'markets', 'partners', 'sites'];
  const rows = automakers.map((each) => [
    each.id,
    each.name,
    each.homeMarket,
    each.approach,
    each.targets,
    each.marketsPresent,
    each.partnershipsRunning,
    each.sitesRunning,
  ]);
  return table(columns, rows);
}

function historyTable({ versions, voice }: TargetHistoryAnswer): string {
  const columns = ['said on', 'recorded', 'by', 'changes', 'threshold', 'counts', 'deadline', 'wording'];
  const rows = versions.map((each) => [
    each.occurredOn,
    dayOf(each.recordedAt),
    each.recordedBy,
    each.classes.join(', '),
    each.terms.threshold,
    each.terms.basis,
    each.terms.deadline,
    each.terms.wording,
  ]);
  const said =
    voice &&
    `${voice.voice}; last said on ${voice.lastSaidOn}, unconfirmed from ${voice.unconfirmedFrom}, quiet from ${voice.quietFrom}`;
  return table(columns, rows) + facts([['voice', said]]);
}

function strategyTable({ versions }: StrategyHistoryAnswer): string {
  const columns = ['said on', 'approach', 'added', 'dropped', 'rationale', 'by'];
  const rows = versions.map((each) => [
    each.occurredOn,
    each.approach,
    each.elementsAdded.join(', ') || undefined,
    each.elementsDropped.join(', ') || undefined,
    each.rationale,
    each.recordedBy,
  ]);
  return table(columns, rows);
}

function comparisonTable({ automakers, measure }: ComparisonAnswer): string {
  const columns = [
    'automaker',
    { head: measure, right: true },
    { head: 'from', whole: true },
    { head: 'to', whole: true },
    'markets',
    'partners',
    'sites',
    'targets',
  ];
  const rows = automakers.map((each) => [
    each.id,
    each.value && boundsOf(each.value),
    each.value?.first,
    each.value?.last,
    each.marketsPresent,
    each.partnershipsRunning,
    each.sitesRunning,
    each.progress.map(({ target, status }) => `${target}: ${status}`).join('; ') || undefined,
  ]);
  return table(columns, rows);
}

function differencesTables({ automakers }: DifferencesAnswer): string {
  const tables = automakers.map(({ automaker, numbers, told }) => {
    const rows = numbers.map((each) => [
      each.number,
      each.before,
      each.after,
      each.parts
        .map(({ cause, change }) => (change === undefined ? cause : `${cause} ${number(change)}`))
        .join(', '),
    ]);
    const sentences = told.map(({ target, sentence }) => `${wrapped(`${target}: ${sentence}`)}\n`).join('');
    return `${automaker}\n${sentences}${table(['number', 'before', 'after', 'because of'], rows)}`;
  });
  return tables.join('\n') || 'nothing differs\n';
}
