import 'reflect-metadata';
import { run } from './cli/program.js';

// Who reads the output may stop early, as `head` does; that is no fault of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(0);
  throw error;
});

process.exitCode = await run(process.argv.slice(2));
