import 'reflect-metadata';
import { Command, CommanderError } from 'commander';
import { addAdministration } from './cli/administration.js';
import { addDemo } from './cli/demo.js';
import { addFiles } from './cli/files.js';
import { addFootprintQuestions } from './cli/footprint-questions.js';
import { addQuestions } from './cli/questions.js';
import { LedgerInUse } from './event-store/event-store.js';
import { Problem } from './problems/problem.js';
import { InvalidSettings } from './settings.js';

const program = new Command('tracker')
  .description('How automakers expand abroad: record events, ask for progress, audit how goals changed')
  .exitOverride();
addQuestions(program);
addFootprintQuestions(program);
addFiles(program);
addAdministration(program);
addDemo(program);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = report(error);
}

/** Tells people what went wrong; what we did not foresee keeps its stack. */
function report(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 2;
  if (error instanceof Problem) {
    process.stderr.write(`error: ${error.message}\n`);
    const { errors } = error.details;
    for (const each of Array.isArray(errors) ? (errors as { field: string; message: string }[]) : []) {
      process.stderr.write(`  ${each.field} ${each.message}\n`);
    }
    return 1;
  }
  if (error instanceof LedgerInUse || error instanceof InvalidSettings) {
    process.stderr.write(`error: ${error.message}\n`);
    return 1;
  }
  if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
    process.stderr.write(`error: ${error.message}\n`);
    return 1;
  }
  process.stderr.write(`error: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  return 1;
}
