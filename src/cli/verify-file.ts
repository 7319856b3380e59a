import { createReadStream } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { readCsv } from '../interchange/csv.js';
import { readJsonLines } from '../interchange/jsonl.js';
import { linesOf, type TextLine } from '../interchange/lines.js';
import { verifyExport } from '../transparency/verify-export.js';
import { table } from './tables.js';

/** Checks an export and prints what is wrong with it; the exit code says whether anything is. */
export async function verifyFile(
  file: string,
  options: { checkpoint?: string[]; key?: string },
): Promise<void> {
  const bytes = createReadStream(file);
  const lines = /\.csv$/i.test(file) ? readCsv(bytes) : readJsonLines(bytes);
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
  process.exitCode = verdict.ok ? 0 : 1;
}

/** The lines of a file. */
export function readLines(file: string): AsyncIterable<TextLine> {
  return linesOf(createReadStream(file));
}
