import { Command, CommanderError } from 'commander';
import { addAdopt } from './adopt.js';
import { addBackup } from './backup.js';
import { addCheckpoint } from './checkpoint.js';
import { addDemo } from './demo.js';
import { addExport } from './export.js';
import { ReportedError, printError, printErrorAsJson } from './print-error.js';
import { addExpansionQuestions } from './expansion-questions.js';
import { addFiguresQuestion } from './figures-question.js';
import { addForecastQuestion } from './forecast-question.js';
import { addFootprintQuestions } from './footprint-questions.js';
import { addImport } from './import.js';
import { addKeys } from './keys.js';
import { addMigrate } from './migrate.js';
import { addQuestions } from './questions.js';
import { addRecord } from './record.js';
import { addServe } from './serve.js';
import { addTimelineQuestions } from './timeline-questions.js';
import { addVerify } from './verify.js';
import { addWitness } from './witness.js';
import { addViews } from './views.js';
import { checkArguments } from './arguments.js';
import { print, writeError } from './terminal.js';

const USAGE_ERROR = 2;

/**
 * Runs one command line and answers its exit code: 0 done, 1 refused or failed, 2 not understood. Whoever asks for JSON
 * gets errors as JSON too, on standard error.
 */
export async function run(args: readonly string[]): Promise<number> {
  const asJson = args.includes('--json');
  const tell = asJson ? printErrorAsJson : printError;
  try {
    checkArguments(args);
    await program(asJson).parseAsync(args, { from: 'user' });
    return 0;
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return 0;
      // To people commander has told it.
      if (asJson) tell(error);
      return USAGE_ERROR;
    }
    if (!(error instanceof ReportedError)) tell(error);
    return 1;
  }
}

/** Made anew for each run: commander keeps the options of the last one. */
function program(asJson: boolean): Command {
  const made = new Command('tracker')
    .description('How automakers expand abroad: record events, ask for progress, audit how goals changed')
    .exitOverride()
    .configureOutput({ writeOut: print, writeErr: asJson ? () => undefined : writeError })
    .addHelpText(
      'after',
      '\nThe ledger is in DATA_DIR (./data/store). Questions also work beside a running server; what records does so through it, with --server and --key.',
    );
  addQuestions(made);
  addFootprintQuestions(made);
  addExpansionQuestions(made);
  addForecastQuestion(made);
  addFiguresQuestion(made);
  addTimelineQuestions(made);
  addRecord(made);
  addImport(made);
  addExport(made);
  addVerify(made);
  addCheckpoint(made);
  addWitness(made);
  addViews(made);
  addAdopt(made);
  addBackup(made);
  addMigrate(made);
  addKeys(made);
  addServe(made);
  addDemo(made);
  return made;
}
