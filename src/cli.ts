import 'reflect-metadata';
import { run } from './cli/program.js';
import { writeError } from './cli/terminal.js';

// Who reads the output may stop early, as `head` does; that is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  writeError(`error: the output cannot be written: ${error.message}\n`);
  process.exit(1);
});

process.exitCode = await run(process.argv.slice(2));
