import type { Command } from 'commander';
import { dayOf } from '../domain/occurred-on.js';
import { isEventType } from '../domain/events/catalogue.js';
import { MEASURE_NAMES } from '../domain/measures.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { GetDifferences } from '../queries/audit/get-differences.js';
import { GetStrategyHistory } from '../queries/audit/get-strategy-history.js';
import { GetTargetHistory } from '../queries/audit/get-target-history.js';
import { CompareAutomakers } from '../queries/automakers/compare-automakers.js';
import { GetFigures } from '../queries/automakers/get-figures.js';
import { GetProgress, ListProgress } from '../queries/automakers/get-progress.js';
import { ListAutomakers } from '../queries/automakers/list-automakers.js';
import { GetEvent } from '../queries/events/get-event.js';
import { ListEvents } from '../queries/events/list-events.js';
import { progressInFull, targetsTable } from './progress-tables.js';
import { facts, number, table } from './tables.js';
import { ask, clocks, dayFrom, measureFrom, pointFrom, question, type QuestionOptions } from './ask.js';

/** Adds the questions: the same as over HTTP, as tables for people or, with --json, as the API answers them. */
export function addQuestions(program: Command): void {
  question(program, 'automakers', 'all automakers').action((options: QuestionOptions) =>
    ask(options, new ListAutomakers(clocks(options)), ({ automakers }) =>
      table(
        ['id', 'name', 'home', 'strategy', 'targets', 'markets', 'partners', 'sites'],
        automakers.map((each) => [
          each.id,
          each.name,
          each.homeMarket,
          each.approach ?? '–',
          each.targets,
          each.marketsPresent,
          each.partnershipsRunning,
          each.sitesRunning,
        ]),
      ),
    ),
  );
  question(program, 'targets <automaker>', 'how far it is on all its targets').action(
    (automaker: string, options: QuestionOptions) =>
      ask(options, new ListProgress(automaker, clocks(options)), ({ targets }) => targetsTable(targets)),
  );
  question(program, 'progress <automaker> [target]', 'how far it is on one target, with the proof').action(
    (automaker: string, target: string | undefined, options: QuestionOptions) =>
      target === undefined
        ? ask(options, new ListProgress(automaker, clocks(options)), ({ targets }) => targetsTable(targets))
        : ask(options, new GetProgress(automaker, target, clocks(options)), progressInFull),
  );
  question(program, 'history <automaker> <target>', 'every version of a target, each change classed').action(
    (automaker: string, target: string, options: QuestionOptions) =>
      ask(
        options,
        new GetTargetHistory(automaker, target, clocks(options)),
        ({ versions, voice }) =>
          `${table(
            ['said on', 'recorded', 'by', 'changes', 'threshold', 'counts', 'deadline', 'wording'],
            versions.map((each) => [
              each.occurredOn,
              dayOf(each.recordedAt),
              each.recordedBy,
              each.classes.join(', '),
              number(each.terms.threshold),
              each.terms.basis ?? '–',
              each.terms.deadline ?? '–',
              each.terms.wording,
            ]),
          )}${facts([['voice', voice && `${voice.voice}; last said on ${voice.lastSaidOn}, unconfirmed from ${voice.unconfirmedFrom}, quiet from ${voice.quietFrom}`]])}`,
      ),
  );
  question(program, 'strategy <automaker>', 'how its strategy changed').action(
    (automaker: string, options: QuestionOptions) =>
      ask(options, new GetStrategyHistory(automaker, clocks(options)), ({ versions }) =>
        table(
          ['said on', 'approach', 'added', 'dropped', 'rationale'],
          versions.map((each) => [
            each.occurredOn,
            each.approach,
            each.elementsAdded.join(', '),
            each.elementsDropped.join(', '),
            each.rationale,
          ]),
        ),
      ),
  );
  question(program, 'figures <automaker>', 'figures, and what they say of a period')
    .option('--measure <measure>', `one of ${MEASURE_NAMES.join(', ')}`)
    .option('--market <code>', 'one market')
    .option('--from <day>', 'first day of the period')
    .option('--to <day>', 'last day of the period')
    .action(
      (
        automaker: string,
        options: QuestionOptions & { measure?: string; market?: string; from?: string; to?: string },
      ) => {
        const { measure, market, from, to } = options;
        const filter = {
          ...(measure !== undefined && { measure: measureFrom(measure) }),
          ...(market !== undefined && { market: market.toUpperCase() }),
          ...(from !== undefined && { from: dayFrom('--from', from) }),
          ...(to !== undefined && { to: dayFrom('--to', to) }),
        };
        return ask(
          options,
          new GetFigures(automaker, filter, clocks(options)),
          ({ figures, bounds = [] }) =>
            `${table(
              ['measure', 'period', 'value', 'grade', 'basis', 'market', 'entity'],
              figures.flatMap((figure) =>
                figure.reports.map((report) => [
                  figure.measure,
                  figure.period ?? figure.asOf ?? '',
                  report.value,
                  report.grade,
                  figure.basis ?? '–',
                  figure.market ?? '–',
                  figure.entity ?? '–',
                ]),
              ),
            )}${bounds.map((each) => `from ${each.first} to ${each.last} (${each.perimeter.basis ?? 'basis not stated'}): ${number(each.lo)} to ${each.hi === undefined ? 'unknown' : number(each.hi)}\n`).join('')}`,
        );
      },
    );
  question(program, 'events', 'the timeline, newest first')
    .option('--automaker <id>')
    .option('--market <code>')
    .option('--type <types>', 'separated by commas')
    .option('--from <day>')
    .option('--to <day>')
    .option('--limit <count>', 'at most so many', '50')
    .action(
      (
        options: QuestionOptions & {
          automaker?: string;
          market?: string;
          type?: string;
          from?: string;
          to?: string;
          limit: string;
        },
      ) => {
        const { automaker, market, type, from, to, limit } = options;
        const types = type?.split(',');
        const unknown = types?.find((name) => !isEventType(name));
        if (unknown !== undefined)
          throw new InvalidRequest([{ field: '--type', message: `"${unknown}" is no type of event` }]);
        const filter = {
          ...(automaker !== undefined && { automaker }),
          ...(market !== undefined && { market: market.toUpperCase() }),
          ...(types && { types }),
          ...(from !== undefined && { from: dayFrom('--from', from) }),
          ...(to !== undefined && { to: dayFrom('--to', to) }),
          ...(options.trueOn !== undefined && { to: dayFrom('--true-on', options.trueOn) }),
          ...(options.knownOn !== undefined && { recordedTo: options.knownOn }),
        };
        return ask(
          options,
          new ListEvents(filter, { by: 'day', newestFirst: true }, Number(limit)),
          ({ events }) =>
            table(
              ['happened', 'recorded', 'what', 'standing', 'id'],
              events.map((each) => [
                each.occurredOn,
                dayOf(each.recordedAt),
                each.sentence,
                each.standing,
                each.id,
              ]),
            ),
        );
      },
    );
  question(program, 'event <id>', 'one event, with all that was recorded about it').action(
    (id: string, options: QuestionOptions) =>
      ask(
        options,
        new GetEvent(id),
        (life) =>
          `${facts([['what', life.sentence], ['happened', life.occurredOn], ['recorded', `${life.recordedAt} by ${life.recordedBy}`], ['standing', life.standing], ['data', JSON.stringify(life.data)], ['note', life.note], ...life.evidence.map((item) => ['evidence', `${item.publisher}, ${item.publishedOn ?? 'undated'}, ${item.grade}: ${item.url}`] as const), ...life.warnings.map(({ message }) => ['warning', message] as const)])}${
            life.acts.length > 0
              ? table(
                  ['recorded', 'by', 'what'],
                  life.acts.map((act) => [act.recordedAt, act.recordedBy, act.sentence]),
                )
              : ''
          }`,
      ),
  );
  question(program, 'compare <automakers>', 'some automakers side by side, ids separated by commas')
    .option('--measure <measure>', `one of ${MEASURE_NAMES.join(', ')}`, 'overseas-sales-share')
    .action((ids: string, options: QuestionOptions & { measure: string }) =>
      ask(
        options,
        new CompareAutomakers(ids.split(','), measureFrom(options.measure), clocks(options)),
        ({ automakers, measure }) =>
          table(
            ['automaker', measure, 'from', 'to', 'markets', 'partners', 'sites', 'targets'],
            automakers.map((each) => [
              each.id,
              each.value ? number(each.value.value) : '–',
              each.value?.first ?? '–',
              each.value?.last ?? '–',
              each.marketsPresent,
              each.partnershipsRunning,
              each.sitesRunning,
              each.progress.map(({ target, status }) => `${target}: ${status}`).join('; '),
            ]),
          ),
      ),
    );
  question(program, 'differences', 'what differs between two points in time, and why')
    .requiredOption('--from <day>', 'a day, or day,known-on')
    .option('--to <day>', 'the same; today where it is left out')
    .option('--automaker <id>')
    .action((options: QuestionOptions & { from: string; to?: string; automaker?: string }) =>
      ask(
        options,
        new GetDifferences(
          options.automaker,
          pointFrom(options.from),
          pointFrom(options.to ?? dayOf(new Date().toISOString())),
        ),
        ({ automakers }) =>
          automakers
            .map(
              ({ automaker, numbers }) =>
                `${automaker}\n${table(
                  ['number', 'before', 'after', 'because of'],
                  numbers.map((each) => [
                    each.number,
                    String(each.before ?? '–'),
                    String(each.after ?? '–'),
                    each.parts
                      .map(({ cause, change }) =>
                        change === undefined ? cause : `${cause} ${number(change)}`,
                      )
                      .join(', '),
                  ]),
                )}`,
            )
            .join('\n') || 'nothing differs\n',
      ),
    );
}
