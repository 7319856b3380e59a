// Runs command lines on stores in its own process, so that a native abort does not end the test. Reads one
// job per line from standard input, { dataDir, commands }, and answers each with the results of the commands.
import 'reflect-metadata';
import { Buffer } from 'node:buffer';
import { createInterface } from 'node:readline';
import { run } from '../../dist/cli/program.js';

const answer = process.stdout.write.bind(process.stdout);
Object.assign(process.env, { LOG_LEVEL: 'silent', PORT: '0' });

async function outcomeOf(args) {
  const written = { stdout: [], stderr: [] };
  const write = { stdout: process.stdout.write, stderr: process.stderr.write };
  for (const name of ['stdout', 'stderr'])
    process[name].write = (chunk) =>
      written[name].push(typeof chunk === 'string' ? chunk : Buffer.from(chunk).toString()) > 0;
  try {
    const code = await run(args);
    return { code, stdout: written.stdout.join(''), stderr: written.stderr.join('') };
  } finally {
    for (const name of ['stdout', 'stderr']) process[name].write = write[name];
  }
}

for await (const line of createInterface({ input: process.stdin })) {
  const { dataDir, commands } = JSON.parse(line);
  process.env.DATA_DIR = dataDir;
  const outcomes = [];
  for (const args of commands) outcomes.push(await outcomeOf(args));
  answer(`${JSON.stringify(outcomes)}\n`);
}
