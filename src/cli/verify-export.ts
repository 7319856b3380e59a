import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { verifyExport } from '../transparency/verify-export.js';
import { AlreadyTold } from './failures.js';
import { formatOf, readLedger } from './formats.js';
import { table } from './tables.js';

/** Adds `verify-export`. */
export function addVerifyExport(program: Command): void {
  program
    .command('verify-export <file>')
    .description('check an export offline: every event, and the checkpoints that it is to agree with')
    .option('--checkpoint <files...>', 'signed checkpoints, of this export or of earlier ones')
    .option('--key <key>', 'the public key of the log, to check the signatures')
    .action(verifyFile);
}

/** Checks an export and prints what is wrong with it; the exit code says whether anything is. */
async function verifyFile(file: string, options: { checkpoint?: string[]; key?: string }): Promise<void> {
  const lines = readLedger(createReadStream(file), formatOf(file));
  const notes = await Promise.all((options.checkpoint ?? []).map((path) => readFile(path, 'utf8')));
  const verdict = await verifyExport(lines, notes, options.key);
  process.stdout.write(`${verdict.events} events, root ${verdict.root}\n`);
  for (const { size, holds } of verdict.checkpoints) {
    process.stdout.write(`checkpoint of ${size} events ${holds ? 'holds' : 'does NOT hold'}\n`);
  }
  if (verdict.ok) process.stdout.write('OK\n');
  else
    process.stdout.write(
      table(
        ['position', 'fault'],
        verdict.faults.map(({ position, fault }) => [position, fault]),
      ),
    );
  if (!verdict.ok) throw new AlreadyTold();
}
