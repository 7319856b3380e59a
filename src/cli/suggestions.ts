import { Option, type Command } from 'commander';
import type { DataSource } from 'typeorm';
import { openAccessDatabase } from '../access/access-database.js';
import { SUGGESTION_STATES, type SuggestionState } from '../access/suggestion-row.js';
import { Clock } from '../clock/clock.js';
import { HourlyLimits } from '../commands/suggestions/hourly-limits.js';
import {
  AN_HOUR,
  AN_HOUR_OF_ALL,
  reasonFrom,
  SuggestionDesk,
} from '../commands/suggestions/suggestion-desk.js';
import { Suggestions } from '../commands/suggestions/suggestions.js';
import { GRADES } from '../domain/ledger/evidence.js';
import { settingsFrom } from '../settings.js';
import { A_PART, allParts } from './all-parts.js';
import { authorFrom } from './ask.js';
import { textOf } from './named-files.js';
import { ReportedError } from './reported-error.js';
import { reading, writing, type CliSession } from './session.js';
import { number, table } from './tables.js';
import { print, printJson, printTables } from './terminal.js';

interface ListOptions {
  readonly state: SuggestionState;
  readonly json?: boolean;
}

interface AcceptOptions {
  readonly grade?: string;
  readonly event?: string;
  readonly record?: boolean;
  readonly author: string;
  readonly json?: boolean;
}

interface DeclineOptions {
  readonly reason: string;
  readonly author: string;
}

/** Adds `suggestions list`, `accept` and `decline`. */
export function addSuggestions(program: Command): void {
  const suggestions = program
    .command('suggestions')
    .description('what readers suggest: it waits outside the ledger until it is accepted or declined');
  suggestions
    .command('list')
    .description('those that wait, oldest first')
    .addOption(
      new Option('--state <state>', 'or those of before').choices(SUGGESTION_STATES).default('waiting'),
    )
    .option('--json', 'as JSON')
    .action(list);
  suggestions
    .command('accept <id>')
    .description(
      'say what recording it would do, and record it with --record; whoever suggested it is credited',
    )
    .addOption(
      new Option('--grade <grade>', 'how well a suggested source supports its event').choices(GRADES),
    )
    .option('--event <file>', 'the event that it comes to, as JSON; a suggested source needs none')
    .option('--record', 'record it')
    .option('--author <name>', 'who records', 'command-line')
    .option('--json', 'as the API answers')
    .action(accept);
  suggestions
    .command('decline <id>')
    .description('decline it')
    .requiredOption('--reason <text>', 'why, for whoever suggested it to read')
    .option('--author <name>', 'who declines', 'command-line')
    .action(decline);
}

async function list({ state, json }: ListOptions): Promise<void> {
  const all = await withSuggestions((kept) =>
    allParts(
      (after) => kept.page(state, A_PART, after),
      ({ suggestions }) => suggestions,
    ),
  );
  if (json) printJson({ suggestions: all });
  else
    printTables(
      table(
        [{ head: 'id', whole: true }, 'suggested', 'kind', 'about', 'what', 'by'],
        all.map(({ id, createdAt, suggestion: { kind, about, automaker, text, url, name } }) => [
          id,
          createdAt.slice(0, 16),
          kind,
          about ?? automaker,
          [text, url].filter((part) => part !== undefined).join(' '),
          name,
        ]),
      ),
    );
}

async function accept(id: string, options: AcceptOptions): Promise<void> {
  const { grade, event: file, record, author: named, json } = options;
  const event: unknown = file === undefined ? undefined : JSON.parse(await textOf(file));
  const author = authorFrom(named);
  if (record) {
    const recorded = await writing((session) =>
      atDesk(session, (desk) => desk.accept(id, { event, grade }, author)),
    );
    if (json) printJson(recorded);
    else print(`recorded as event ${number(recorded.position)}: ${recorded.events[0]?.id ?? ''}\n`);
    return;
  }
  const preview = await reading((session) =>
    atDesk(session, (desk) => desk.preview(id, { event, grade }, author)),
  );
  if (json) printJson(preview);
  else {
    const said = preview.outcomes.flatMap((outcome) =>
      outcome.accepted ? outcome.warnings.map(({ message }) => message) : [outcome.detail],
    );
    print(
      [
        preview.accepted ? 'It would be recorded; --record does it.' : 'It would be refused.',
        ...said,
        `${number(preview.numbers.length)} numbers would change.`,
      ].join('\n') + '\n',
    );
  }
  if (!preview.accepted) throw new ReportedError();
}

async function decline(id: string, { reason, author }: DeclineOptions): Promise<void> {
  const said = reasonFrom(reason);
  const by = authorFrom(author);
  await withSuggestions((kept) => kept.decline(id, by, said, new Clock().now()));
  print(`${id} is declined\n`);
}

async function withSuggestions<T>(work: (kept: Suggestions, database: DataSource) => Promise<T>): Promise<T> {
  const { dataDir, postgresUrl } = settingsFrom(process.env);
  const database = await openAccessDatabase(dataDir, postgresUrl);
  try {
    return await work(new Suggestions(database), database);
  } finally {
    await database.destroy();
  }
}

const atDesk = <T>(
  { commands, queries, store }: CliSession,
  work: (desk: SuggestionDesk) => Promise<T>,
): Promise<T> =>
  withSuggestions((kept, database) => {
    const limits = new HourlyLimits(database, AN_HOUR, AN_HOUR_OF_ALL);
    return work(new SuggestionDesk(commands, queries, store, kept, limits, new Clock()));
  });
