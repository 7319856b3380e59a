import { Command, CommanderError, Help } from 'commander';
import { checkArguments } from './arguments.js';
import { COMMAND_FILES, type CommandFile } from './commands.js';
import { ReportedError } from './reported-error.js';
import { print, writeError } from './terminal.js';

const USAGE_ERROR = 2;

/**
 * Runs one command line and returns its exit code: 0 done, 1 refused or failed, 2 invalid usage. With --json,
 * errors are also JSON, on standard error.
 */
export async function run(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json');
  try {
    checkArguments(args);
    const program = await programFor(args, asJson);
    await program.parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    const isUsage = error instanceof CommanderError;
    if (isUsage && error.exitCode === 0) return 0;
    // Commander has already printed usage errors for people.
    if (!(error instanceof ReportedError) && !(isUsage && !asJson)) await tell(error, asJson);
    return isUsage ? USAGE_ERROR : 1;
  }
}

/** Loaded only after a failure, because it imports the errors of all modules. */
async function tell(error: unknown, asJson: boolean): Promise<void> {
  const { printError, printErrorAsJson } = await import('./print-error.js');
  if (asJson) printErrorAsJson(error);
  else printError(error);
}

/**
 * Built for each run, because commander keeps the options of the last one. Loads only the file of the
 * requested command.
 */
async function programFor(args: readonly string[], asJson: boolean): Promise<Command> {
  const terms = new Map<Command, string>();
  const made = new Command('tracker')
    .description('How automakers expand abroad: record events, ask for progress, audit how goals changed')
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: asJson ? () => undefined : writeError })
    .configureHelp({ subcommandTerm: (command) => terms.get(command) ?? new Help().subcommandTerm(command) })
    .addHelpText(
      'after',
      '\nThe ledger is in DATA_DIR (./data/store). Questions also work beside a running server; what records does so through it, with --server and --key.',
    );
  const asked = args.filter((arg) => !arg.startsWith('-') && arg !== 'help')[0];
  for (const file of COMMAND_FILES) {
    if (namesOf(file).includes(asked ?? '')) (await file.load())(made);
    else {
      for (const [term, description] of file.commands) {
        terms.set(made.command(nameOf(term)).description(description), term);
      }
    }
  }
  return made;
}

const nameOf = (term: string): string => term.split(' ', 1)[0] ?? '';
const namesOf = ({ commands }: CommandFile): string[] => commands.map(([term]) => nameOf(term));
