import { Option, type Command } from 'commander';
import { openAccessDatabase } from '../access/access-database.js';
import { FINDINGS } from '../access/review-row.js';
import { Clock } from '../clock/clock.js';
import { ReviewDesk } from '../commands/review/review-desk.js';
import { Reviews, REVIEW_STATES, type ReviewState } from '../commands/review/reviews.js';
import { StreamStateCache } from '../event-store/stream-state-cache.js';
import { ListSingleSource } from '../queries/review/list-single-source.js';
import { A_PART, allParts } from './all-parts.js';
import { authorFrom, limitFrom } from './ask.js';
import { reading } from './session.js';
import { number, table } from './tables.js';
import { print, printJson, printTables } from './terminal.js';

interface ListOptions {
  readonly state: ReviewState;
  readonly json?: boolean;
}

interface AskOptions {
  readonly question?: string;
  readonly author: string;
}

interface FoundOptions {
  readonly remark?: string;
  readonly author: string;
}

interface SingleSourceOptions {
  readonly automaker?: string;
  readonly author?: string;
  readonly limit: string;
  readonly cursor?: string;
  readonly json?: boolean;
}

const LARGEST_PART = 200;

/** Adds `reviews list`, `ask`, `found` and `one-publisher`. */
export function addReviews(program: Command): void {
  const reviews = program
    .command('reviews')
    .description('second looks at what was recorded, and what lacks a second source');
  reviews
    .command('list')
    .description('what waits for a second analyst')
    .addOption(
      new Option('--state <state>', 'or what was looked at').choices(REVIEW_STATES).default('waiting'),
    )
    .option('--json', 'as JSON')
    .action(list);
  reviews
    .command('ask <event>')
    .description('ask a second analyst to look at an event')
    .option('--question <text>', 'what to look at')
    .option('--author <name>', 'who asks', 'command-line')
    .action(async (event: string, { question, author }: AskOptions) => {
      const review = await atDesk((desk) => desk.ask(event, question, authorFrom(author)));
      print(`${review.event} waits for a second analyst\n`);
    });
  reviews
    .command('found <event> <finding>')
    .description(`say what a second look found: ${FINDINGS.join(' or ')}`)
    .option('--remark <text>', 'what is wrong, or right')
    .option('--author <name>', 'who looked, somebody else than who recorded it', 'command-line')
    .action(async (event: string, finding: string, { remark, author }: FoundOptions) => {
      const review = await atDesk((desk) =>
        desk.settle(event.toLowerCase(), finding, remark, authorFrom(author)),
      );
      print(`${review.reviewedBy} ${review.finding}\n`);
    });
  reviews
    .command('one-publisher')
    .description('events that one publisher alone states, the last recorded first')
    .option('--automaker <id>', 'of one automaker')
    .option('--author <name>', 'recorded by one author')
    .option('--limit <count>', `at most so many, up to ${LARGEST_PART}`, '100')
    .option('--cursor <next>', 'the "next" of an earlier part')
    .option('--json', 'as the API answers')
    .action(onePublisher);
}

async function list({ state, json }: ListOptions): Promise<void> {
  const all = await atDesk((desk) =>
    allParts(
      (after) => desk.list(state, A_PART, after),
      ({ reviews }) => reviews,
    ),
  );
  if (json) printJson({ reviews: all });
  else
    printTables(
      table(
        [{ head: 'event', whole: true }, 'asked by', 'question', 'looked at by', 'found', 'remark'],
        all.map(({ event, askedBy, question, reviewedBy, finding, remark }) => [
          event,
          askedBy,
          question,
          reviewedBy,
          finding,
          remark,
        ]),
      ),
    );
}

async function onePublisher({ automaker, author, limit, cursor, json }: SingleSourceOptions): Promise<void> {
  const filter = { ...(automaker !== undefined && { automaker }), ...(author !== undefined && { author }) };
  const query = new ListSingleSource(filter, limitFrom(limit, LARGEST_PART), {}, cursor);
  const answer = await reading(({ queries }) => queries.execute(query));
  if (json) {
    printJson(answer);
    return;
  }
  printTables(
    table(
      [{ head: 'event', whole: true }, 'happened', 'what', 'publisher'],
      answer.events.map(({ id, occurredOn, sentence, evidence }) => [
        id,
        occurredOn,
        sentence,
        evidence[0]?.publisher,
      ]),
    ),
  );
  print(`${number(answer.looked)} events were looked at\n`);
  if (answer.next !== undefined) print(`more: --cursor ${answer.next}\n`);
}

async function atDesk<T>(work: (desk: ReviewDesk) => Promise<T>): Promise<T> {
  return reading(async ({ app, store, settings }) => {
    const database = await openAccessDatabase(settings.dataDir, settings.postgresUrl);
    try {
      return await work(new ReviewDesk(store, app.get(StreamStateCache), new Reviews(database), new Clock()));
    } finally {
      await database.destroy();
    }
  });
}
