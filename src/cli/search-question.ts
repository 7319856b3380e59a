import type { Command } from 'commander';
import { SearchLedger, type SearchAnswer } from '../queries/search/search-ledger.js';
import { ask, clocks, question, type QuestionOptions } from './ask.js';
import { table } from './tables.js';

const EVENTS_SHOWN = 25;

interface SearchOptions extends QuestionOptions {
  readonly cursor?: string;
}

/** Adds the search. */
export function addSearchQuestion(program: Command): void {
  question(program, 'search <words...>', 'names and events that hold all of some words')
    .option('--cursor <next>', 'the "next" of an earlier page')
    .action((words: string[], options: SearchOptions) =>
      ask(
        options,
        new SearchLedger(words.join(' '), EVENTS_SHOWN, clocks(options), options.cursor),
        foundInLines,
      ),
    );
}

function foundInLines({ names, events, next, q }: SearchAnswer): string {
  const named = table(
    ['kind', 'name', 'about', 'automaker'],
    names.map(({ kind, name, about, automaker }) => [kind, name, about, automaker]),
  );
  const told = table(
    ['happened', 'what', 'id'],
    events.map(({ occurredOn, sentence, id }) => [occurredOn, sentence, id]),
  );
  if (names.length + events.length === 0) return `Nothing holds all of: ${q}\n`;
  const more = next === undefined ? '' : `more with --cursor ${next}\n`;
  return `${names.length > 0 ? named : ''}${events.length > 0 ? told : ''}${more}`;
}
