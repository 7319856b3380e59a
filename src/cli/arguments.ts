import { CommanderError } from 'commander';
import { textFault } from '../domain/ledger/text.js';
import { writeError } from './terminal.js';

const USAGE_ERROR = 2;

/** Throws CommanderError with the reason when an argument contains forbidden characters. */
export function checkArguments(args: readonly string[]): void {
  for (const [index, argument] of args.entries()) {
    const fault = textFault(argument);
    if (fault === undefined) continue;
    writeError(`error: argument ${index + 1}, "${argument}", ${fault}\n`);
    throw new CommanderError(USAGE_ERROR, 'tracker.text', fault);
  }
}
