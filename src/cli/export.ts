import { createWriteStream } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { Command } from 'commander';
import { FORMATS, type Format } from '../interchange/ledger-line.js';
import { ExportLedger } from '../queries/events/export-ledger.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import { formatFrom } from './formats.js';
import { request, withServer, type RemoteOptions } from './remote.js';
import { reading } from './session.js';

interface ExportOptions extends RemoteOptions {
  readonly format: string;
  readonly out?: string;
}

/** Adds `export`. */
export function addExport(program: Command): void {
  withServer(
    program
      .command('export')
      .description('the whole ledger as a file')
      .option('--format <format>', FORMATS.join(', '), 'jsonl')
      .option('--out <file>', 'write to a file, with the signed checkpoint beside it'),
  ).action(async (options: ExportOptions) => {
    const format = formatFrom(options.format);
    if (options.server === undefined) await exportHere(format, options.out);
    else await exportThere(options, format, options.out);
  });
}

async function exportHere(format: Format, file: string | undefined): Promise<void> {
  await reading(async ({ queries, app }) => {
    // Taken first: the export then holds all that the checkpoint is about, and perhaps more.
    const checkpoint = file === undefined ? undefined : await app.get(LedgerLog).latestCheckpoint();
    await write(await queries.execute(new ExportLedger(format)), file);
    if (file !== undefined && checkpoint) await writeFile(`${file}.checkpoint`, checkpoint.note);
  });
}

async function exportThere(options: RemoteOptions, format: Format, file: string | undefined): Promise<void> {
  const checkpoint = file === undefined ? undefined : await request(options, '/api/ledger/checkpoint');
  const { note } = checkpoint ? ((await checkpoint.json()) as { note: string }) : { note: '' };
  const response = await request(options, `/api/export?format=${format}`);
  if (response.body) await write(response.body, file);
  if (file !== undefined) await writeFile(`${file}.checkpoint`, note);
}

async function write(chunks: AsyncIterable<string | Uint8Array>, file: string | undefined): Promise<void> {
  const out = file === undefined ? process.stdout : createWriteStream(file);
  for await (const chunk of chunks) {
    if (!out.write(chunk)) await once(out, 'drain');
  }
  if (out === process.stdout) return;
  out.end();
  await finished(out);
}
