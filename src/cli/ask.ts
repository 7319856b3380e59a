import type { Command } from 'commander';
import type { Query } from '@nestjs/cqrs';
import { isKnownOn, pointFrom as pointFromText, type Clocks } from '../domain/ledger/clocks.js';
import type { Point } from '../domain/audit/differences.js';
import { CHOOSING_RULES, DEFAULT_RULE, type ChoosingRule } from '../domain/measures/flows.js';
import { isMarket, isPlainObject } from '../domain/events/fields.js';
import { MEASURE_NAMES, type Measure } from '../domain/measures/measures.js';
import { isDay } from '../domain/ledger/edtf.js';
import { normalText, textFault } from '../domain/ledger/text.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { ListEvents } from '../queries/events/list-events.js';
import type { TimelineEntry } from '../queries/events/timeline.js';
import { undatedInWords } from '../queries/recording-so-far.js';
import { reading } from './session.js';
import { writeError, printJson, printTables } from './terminal.js';

export interface ClockOptions {
  readonly trueOn?: string;
  readonly knownOn?: string;
  readonly publicOn?: string;
}

/** The options of every query command. */
export interface QuestionOptions extends ClockOptions {
  readonly json?: boolean;
}

/** Defines a query command with the common options. */
export function question(program: Command, usage: string, description: string): Command {
  return withClocks(program.command(usage).description(description)).option(
    '--json',
    'the answer as JSON, as the API gives it',
  );
}

/** Adds the options for the three clocks. */
export function withClocks(command: Command): Command {
  return command
    .option('--true-on <day>', 'the world as of that day')
    .option('--known-on <day>', 'using only what was recorded by then')
    .option('--public-on <day>', 'using only what had been published by then');
}

export interface RuleOptions extends QuestionOptions {
  readonly rule?: string;
}

/** Adds the option for the rule that chooses between contradicting figures. */
export function withRule(command: Command): Command {
  return command.option(
    '--rule <rule>',
    `how to choose between figures that contradict each other: ${CHOOSING_RULES.join(', ')}`,
    DEFAULT_RULE,
  );
}

export function ruleFrom({ rule }: RuleOptions): ChoosingRule {
  const found = CHOOSING_RULES.find((each) => each === (rule ?? DEFAULT_RULE));
  if (!found)
    throw new InvalidRequest([{ field: '--rule', message: `must be one of ${CHOOSING_RULES.join(', ')}` }]);
  return found;
}

/** Runs a query and prints the answer for people or, with --json, for programs. */
export async function ask<T>(
  options: QuestionOptions,
  query: Query<T>,
  show: (answer: T) => string,
): Promise<void> {
  const answer = await reading(({ queries }) => queries.execute(query));
  tell(options, answer, show);
}

/**
 * Like `ask`, but also prints the sources of the underlying events for people. Programs can look up events by
 * their ids.
 */
export async function askWithSources<T>(
  options: QuestionOptions,
  query: Query<T>,
  eventsOf: (answer: T) => readonly string[],
  show: (answer: T) => string,
): Promise<void> {
  const { answer, events } = await reading(async ({ queries }) => {
    const told = await queries.execute(query);
    const ids = [...new Set(eventsOf(told))].slice(0, MOST_SOURCES);
    if (options.json || ids.length === 0) return { answer: told, events: [] };
    const { trueOn: _trueOn, ...known } = clocks(options);
    const listed = await queries.execute(
      new ListEvents({ ids }, { by: 'day', newestFirst: true }, MOST_SOURCES, known),
    );
    return { answer: told, events: listed.events };
  });
  tell(options, answer, (told) => show(told) + sourceLines(events));
}

/** Sources are printed for at most this many events. */
const MOST_SOURCES = 100;

function sourceLines(events: readonly TimelineEntry[]): string {
  const lines = events.flatMap(({ evidence }) =>
    evidence.map(
      ({ publishedOn, publisher, grade, url }) =>
        `${publishedOn ?? 'not dated'}  ${publisher}, ${grade}: ${url}\n`,
    ),
  );
  return lines.length === 0 ? '' : `\nSources\n${[...new Set(lines)].join('')}`;
}

function tell<T>(options: QuestionOptions, answer: T, show: (answer: T) => string): void {
  writeError(partlyTold(answer) + clocksTold(answer));
  if (options.json) printJson(answer);
  else printTables(show(answer));
}

/** The warning for an answer that lacks some events. */
function partlyTold(answer: unknown): string {
  if (!isPlainObject(answer) || !isPlainObject(answer['asOf'])) return '';
  const { parked } = answer['asOf'];
  return Array.isArray(parked)
    ? `warning: the answer is without the last events of ${parked.join(', ')}, which this version cannot read\n`
    : '';
}

/**
 * The notes for an answer on the clocks: events without a publication date, and dates before the first
 * recording.
 */
function clocksTold(answer: unknown): string {
  if (!isPlainObject(answer) || !isPlainObject(answer['asOf'])) return '';
  const { undated, beforeRecording } = answer['asOf'];
  const left = typeof undated === 'number' && undated > 0 ? `note: ${undatedInWords(undated)}\n` : '';
  if (!isPlainObject(beforeRecording)) return left;
  const { sentence, publicOn } = beforeRecording;
  return `${left}note: ${String(sentence)} Ask with --public-on ${String(publicOn)} for what had been published by then.\n`;
}

/** Parses the three clocks of a query. */
export function clocks({ trueOn, knownOn, publicOn }: ClockOptions): Clocks {
  return {
    ...(trueOn !== undefined && { trueOn: dayFrom('--true-on', trueOn) }),
    ...(knownOn !== undefined && { knownOn: knownOnFrom('--known-on', knownOn) }),
    ...(publicOn !== undefined && { publicOn: dayFrom('--public-on', publicOn) }),
  };
}

function knownOnFrom(field: string, text: string): string {
  if (!isKnownOn(text))
    throw new InvalidRequest([{ field, message: 'must be a day such as 2025-12-31, or an instant' }]);
  return text;
}

export function dayFrom(field: string, text: string): string {
  if (!isDay(text)) throw new InvalidRequest([{ field, message: 'must be a day such as 2025-12-31' }]);
  return text;
}

/** Parses a day, optionally with the other two clocks. */
export function pointFrom(text: string): Point {
  const point = pointFromText(text);
  if (!point)
    throw new InvalidRequest([
      { field: '--from/--to', message: 'must be a day, or day,known-on, or day,known-on,public-on' },
    ]);
  return point;
}

/** Parses the maximum number of list items. */
export function limitFrom(text: string, largest: number): number {
  const limit = /^\d{1,4}$/.test(text) ? Number(text) : 0;
  if (limit < 1 || limit > largest)
    throw new InvalidRequest([{ field: '--limit', message: `must be a number from 1 to ${largest}` }]);
  return limit;
}

export function measureFrom(text: string): Measure {
  const measure = MEASURE_NAMES.find((name) => name === text);
  if (!measure)
    throw new InvalidRequest([{ field: '--measure', message: `must be one of ${MEASURE_NAMES.join(', ')}` }]);
  return measure;
}

/** Parses the author's name, which the ledger records permanently. */
export function authorFrom(text: string): string {
  const fault = textFault(text);
  if (fault !== undefined) throw new InvalidRequest([{ field: '--author', message: fault }]);
  const author = normalText(text);
  if (author === '' || author.length > 200)
    throw new InvalidRequest([{ field: '--author', message: 'must be a name of 1 to 200 characters' }]);
  return author;
}

/** Parses a market code, also in lower case. */
export function marketFrom(field: string, text: string): string {
  const market = text.toUpperCase();
  if (!isMarket(market))
    throw new InvalidRequest([{ field, message: 'must be an ISO 3166-1 alpha-2 code such as NO, or EU' }]);
  return market;
}
