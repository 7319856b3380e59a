import type { Command } from 'commander';
import type { Query } from '@nestjs/cqrs';
import type { Clocks } from '../domain/clocks.js';
import { dayOf } from '../domain/occurred-on.js';
import { isEventType } from '../domain/events/catalogue.js';
import { MEASURE_NAMES, type Measure } from '../domain/measures.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { GetDifferences } from '../queries/audit/get-differences.js';
import { GetStrategyHistory } from '../queries/audit/get-strategy-history.js';
import { GetTargetHistory } from '../queries/audit/get-target-history.js';
import { CompareAutomakers } from '../queries/automakers/compare-automakers.js';
import { GetFigures } from '../queries/automakers/get-figures.js';
import { GetFootprint } from '../queries/automakers/get-footprint.js';
import { GetProgress, ListProgress } from '../queries/automakers/get-progress.js';
import { ListAutomakers } from '../queries/automakers/list-automakers.js';
import { isDay, isDayOrInstant } from '../queries/clock-parameters.js';
import { GetEvent } from '../queries/events/get-event.js';
import { ListEvents } from '../queries/events/list-events.js';
import { GetMarket, ListMarkets } from '../queries/markets/get-markets.js';
import { progressInFull, targetsTable } from './progress-tables.js';
import { reading } from './session.js';
import { facts, number, table } from './tables.js';

interface QuestionOptions {
  readonly trueOn?: string;
  readonly knownOn?: string;
  readonly json?: boolean;
}

/** Adds the questions: the same as over HTTP, as tables for people or, with --json, as the API answers them. */
export function addQuestions(program: Command): void {
  const question = (usage: string, description: string): Command =>
    program
      .command(usage)
      .description(description)
      .option('--true-on <day>', 'the world as of that day')
      .option('--known-on <day>', 'using only what was recorded by then')
      .option('--json', 'the answer as JSON, as the API gives it');

  question('automakers', 'all automakers').action((options: QuestionOptions) =>
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
  question('targets <automaker>', 'how far it is on all its targets').action(
    (automaker: string, options: QuestionOptions) =>
      ask(options, new ListProgress(automaker, clocks(options)), ({ targets }) => targetsTable(targets)),
  );
  question('progress <automaker> [target]', 'how far it is on one target, with the proof').action(
    (automaker: string, target: string | undefined, options: QuestionOptions) =>
      target === undefined
        ? ask(options, new ListProgress(automaker, clocks(options)), ({ targets }) => targetsTable(targets))
        : ask(options, new GetProgress(automaker, target, clocks(options)), progressInFull),
  );
  question('history <automaker> <target>', 'every version of a target, each change classed').action(
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
  question('strategy <automaker>', 'how its strategy changed').action(
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
  question('markets [automaker]', 'where it is, or who is where').action(
    (automaker: string | undefined, options: QuestionOptions) =>
      automaker === undefined
        ? ask(options, new ListMarkets(clocks(options)), ({ markets }) =>
            table(
              ['market', 'name', 'present', 'left', 'conditions'],
              markets.map((each) => [
                each.market,
                each.name,
                each.present.join(', '),
                each.left.join(', '),
                each.conditions,
              ]),
            ),
          )
        : ask(options, new GetFootprint(automaker, 'markets', clocks(options)), ({ markets = [] }) =>
            table(
              ['market', 'since', 'until', 'mode', 'partner', 'models'],
              markets.flatMap(({ market, stays }) =>
                stays.map((stay) => [
                  market,
                  stay.entered.occurredOn,
                  stay.exited?.occurredOn ?? '',
                  stay.entryMode ?? '–',
                  stay.partner ?? '–',
                  stay.models?.join(', ') ?? '',
                ]),
              ),
            ),
          ),
  );
  question('market <code>', 'who is there, how, and under which conditions').action(
    (market: string, options: QuestionOptions) =>
      ask(
        options,
        new GetMarket(market.toUpperCase(), clocks(options)),
        ({ automakers, conditions }) =>
          `${table(
            ['automaker', 'present', 'since', 'partners', 'sites'],
            automakers.map((each) => [
              each.automaker,
              each.present ? 'yes' : 'no',
              each.stays.at(-1)?.entered.occurredOn ?? '–',
              each.partnerships.map(({ partner }) => partner).join(', '),
              each.sites.map(({ site }) => site).join(', '),
            ]),
          )}${table(
            ['condition', 'applies to', 'rate %', 'since'],
            conditions.map(({ kind, appliesTo, changes }) => [
              kind,
              appliesTo,
              changes.at(-1)?.rate,
              changes.at(-1)?.occurredOn ?? '',
            ]),
          )}`,
      ),
  );
  question('partners <automaker>', 'with whom').action((automaker: string, options: QuestionOptions) =>
    ask(options, new GetFootprint(automaker, 'partnerships', clocks(options)), ({ partnerships = [] }) =>
      table(
        ['partnership', 'partner', 'roles', 'markets', 'signed', 'ended'],
        partnerships.map((each) => [
          each.partnership,
          each.partner,
          each.roles.join(', '),
          each.markets.join(', '),
          each.signed.occurredOn,
          each.ended?.occurredOn ?? '',
        ]),
      ),
    ),
  );
  question('production <automaker>', 'where it builds abroad').action(
    (automaker: string, options: QuestionOptions) =>
      ask(options, new GetFootprint(automaker, 'sites', clocks(options)), ({ sites = [] }) =>
        table(
          ['site', 'market', 'status', 'mode', 'partner', 'capacity', 'announced', 'started'],
          sites.map((each) => [
            each.site,
            each.market,
            each.status,
            each.mode ?? '–',
            each.partner ?? '–',
            each.annualCapacity,
            each.announced?.occurredOn ?? '–',
            each.started?.occurredOn ?? '–',
          ]),
        ),
      ),
  );
  question('outlets <automaker>', 'stores and service centers that were logged').action(
    (automaker: string, options: QuestionOptions) =>
      ask(options, new GetFootprint(automaker, 'outlets', clocks(options)), ({ outlets = [] }) =>
        table(
          ['outlet', 'market', 'opened', 'closed', 'open'],
          outlets.map((each) => [
            each.outlet,
            each.market,
            each.opened,
            each.closed,
            each.opened - each.closed,
          ]),
        ),
      ),
  );
  question('figures <automaker>', 'figures, and what they say of a period')
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
  question('events', 'the timeline, newest first')
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
  question('event <id>', 'one event, with all that was recorded about it').action(
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
  question('compare <automakers>', 'some automakers side by side, ids separated by commas')
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
  question('differences', 'what differs between two points in time, and why')
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

async function ask<T>(options: QuestionOptions, query: Query<T>, show: (answer: T) => string): Promise<void> {
  const answer = await reading(({ queries }) => queries.execute(query));
  process.stdout.write(options.json ? `${JSON.stringify(answer)}\n` : show(answer as T));
}

function clocks({ trueOn, knownOn }: QuestionOptions): Clocks {
  if (knownOn !== undefined && !isDayOrInstant(knownOn))
    throw new InvalidRequest([
      { field: '--known-on', message: 'must be a day such as 2025-12-31, or an instant' },
    ]);
  return {
    ...(trueOn !== undefined && { trueOn: dayFrom('--true-on', trueOn) }),
    ...(knownOn !== undefined && { knownOn }),
  };
}

function dayFrom(field: string, text: string): string {
  if (!isDay(text)) throw new InvalidRequest([{ field, message: 'must be a day such as 2025-12-31' }]);
  return text;
}

function pointFrom(text: string) {
  const [trueOn = '', knownOn] = text.split(',');
  return { trueOn: dayFrom('--from/--to', trueOn), ...(knownOn !== undefined && { knownOn }) };
}

function measureFrom(text: string): Measure {
  const measure = MEASURE_NAMES.find((name) => name === text);
  if (!measure)
    throw new InvalidRequest([{ field: '--measure', message: `must be one of ${MEASURE_NAMES.join(', ')}` }]);
  return measure;
}
