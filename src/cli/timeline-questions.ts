import { Option, type Command } from 'commander';
import { EVENT_TYPES, isEventType } from '../domain/events/catalogue.js';
import { dayOf } from '../domain/ledger/edtf.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { GetEvent, type EventLife } from '../queries/events/get-event.js';
import { ListEvents, type TimelinePage } from '../queries/events/list-events.js';
import type { TimelineFilter } from '../queries/events/timeline-filter.js';
import { EVENT_STATUSES, type EventStatus } from '../queries/events/event-status.js';
import { ask, clocks, dayFrom, limitFrom, marketFrom, question, type QuestionOptions } from './ask.js';
import { facts, table, type Cell } from './tables.js';

const LARGEST_PAGE = 200;

interface TimelineOptions extends QuestionOptions {
  readonly automaker?: string;
  readonly market?: string;
  readonly type?: string;
  readonly subject?: string;
  readonly from?: string;
  readonly to?: string;
  readonly recordedFrom?: string;
  readonly recordedTo?: string;
  readonly author?: string;
  readonly publisher?: string;
  readonly standing?: EventStatus;
  readonly order: 'occurred' | 'recorded';
  readonly direction: 'asc' | 'desc';
  readonly limit: string;
  readonly cursor?: string;
}

/** Adds the queries about events: the timeline, and single events. */
export function addTimelineQuestions(program: Command): void {
  question(program, 'events', 'the timeline, newest first')
    .option('--automaker <id>', 'of one automaker')
    .option('--market <code>', 'about one market')
    .option('--type <types>', 'types of event, separated by commas')
    .option('--subject <subject>', 'a subject as events name it, such as target/half-overseas')
    .option('--from <day>', 'happened on this day or later')
    .option('--to <day>', 'happened on this day or earlier')
    .option('--recorded-from <day>', 'recorded on this day or later')
    .option('--recorded-to <day>', 'recorded on this day or earlier')
    .option('--author <name>', 'recorded by this author')
    .option('--publisher <name>', 'with a source of this publisher')
    .addOption(new Option('--standing <standing>', 'what became of them').choices(EVENT_STATUSES))
    .addOption(
      new Option('--order <order>', 'as things happened, or as they were recorded')
        .choices(['occurred', 'recorded'])
        .default('occurred'),
    )
    .addOption(
      new Option('--direction <direction>', 'oldest or newest first')
        .choices(['asc', 'desc'])
        .default('desc'),
    )
    .option('--limit <count>', `at most so many, up to ${LARGEST_PAGE}`, '50')
    .option('--cursor <next>', 'the "next" of an earlier page')
    .action((options: TimelineOptions) => {
      const order = {
        by: options.order === 'occurred' ? 'day' : 'position',
        newestFirst: options.direction === 'desc',
      } as const;
      const query = new ListEvents(
        filterFrom(options),
        order,
        limitFrom(options.limit, LARGEST_PAGE),
        clocks(options),
        options.cursor,
      );
      return ask(options, query, timelineTable);
    });
  question(program, 'event <id>', 'one event, with all that was recorded about it').action(
    (id: string, options: QuestionOptions) =>
      ask(options, new GetEvent(id.toLowerCase(), clocks(options)), eventInFull),
  );
}

function filterFrom(options: TimelineOptions): TimelineFilter {
  const { automaker, market, type, subject, author, publisher, standing } = options;
  const days = {
    from: options.from,
    to: options.to,
    recordedFrom: options.recordedFrom,
    recordedTo: options.recordedTo,
  };
  for (const [name, day] of Object.entries(days)) if (day !== undefined) dayFrom(optionOf(name), day);
  const types = type?.split(',').map((name) => name.trim());
  const unknown = types?.find((name) => !isEventType(name));
  if (unknown !== undefined)
    throw new InvalidRequest([
      { field: '--type', message: `"${unknown}" is not one of ${EVENT_TYPES.join(', ')}` },
    ]);
  return {
    ...(automaker !== undefined && { automaker }),
    ...(market !== undefined && { market: marketFrom('--market', market) }),
    ...(types && { types }),
    ...(subject !== undefined && { subject }),
    ...(days.from !== undefined && { from: days.from }),
    ...(days.to !== undefined && { to: days.to }),
    ...(days.recordedFrom !== undefined && { recordedFrom: days.recordedFrom }),
    ...(days.recordedTo !== undefined && { recordedTo: days.recordedTo }),
    ...(author !== undefined && { author }),
    ...(publisher !== undefined && { publisher }),
    ...(standing !== undefined && { standing }),
  };
}

const optionOf = (name: string): string =>
  `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`;

function timelineTable({ events, next }: TimelinePage): string {
  const rows = events.map((each) => [
    each.occurredOn,
    dayOf(each.recordedAt),
    each.sentence,
    each.standing,
    each.id,
  ]);
  const columns = [
    'happened',
    { head: 'recorded', whole: true },
    'what',
    { head: 'standing', whole: true },
    'id',
  ];
  return table(columns, rows) + (next === undefined ? '' : `more: --cursor ${next}\n`);
}

function eventInFull(life: EventLife): string {
  const { recorded } = life;
  const lines: (readonly [string, Cell])[] = [
    ['what', life.sentence],
    ['id', life.id],
    ['happened', life.occurredOn],
    ['recorded', `${life.recordedAt} by ${life.recordedBy}`],
    ['place', `position ${life.position}, revision ${life.revision} of ${life.stream}`],
    ['standing', life.standing],
    ['data', JSON.stringify(life.data)],
    // If a correction changed the event, the originally recorded content is still shown.
    [
      'as recorded',
      life.standing === 'corrected' ? `${recorded.occurredOn} ${JSON.stringify(recorded.data)}` : undefined,
    ],
    ['note', life.note],
    ...life.evidence.map(
      (item) =>
        [
          'evidence',
          `${item.publisher}, ${item.publishedOn ?? 'undated'}, ${item.grade}: ${item.url}`,
        ] as const,
    ),
    ...life.warnings.map(({ message }) => ['warning', message] as const),
  ];
  const acts = life.acts.map((act) => [act.recordedAt, act.recordedBy, act.sentence, act.id]);
  return facts(lines) + (acts.length === 0 ? '' : `\n${table(['recorded', 'by', 'what', 'id'], acts)}`);
}
