import { once } from 'node:events';
import type { Command } from 'commander';
import { isNow, type Clocks } from '../domain/ledger/clocks.js';
import { EXACT_TABLE, EXPORT_FORMATS, type ExportFormat } from '../formats/ledger-line.js';
import { ExportLedger } from '../queries/events/export-ledger.js';
import { hashLines } from '../transparency/hash-lines.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import { clocks, withClocks, type ClockOptions } from './ask.js';
import { besides, refuseUnfitPlaces, writeExported } from './export-files.js';
import { exportFormatFrom } from './formats.js';
import { request, withServer, type RemoteOptions } from './remote.js';
import { reading } from './session.js';
import { writeError, shown } from './terminal.js';

interface ExportOptions extends RemoteOptions, ClockOptions {
  readonly format: string;
  readonly out?: string;
}

/** What to export, and where to write it. */
interface Export {
  readonly format: ExportFormat;
  readonly clocks: Clocks;
  readonly file: string | undefined;
}

/** Adds `export`. */
export function addExport(program: Command): void {
  const command = program
    .command('export')
    .description('the whole ledger as a file, or what was known and true at a point in the past')
    .option(
      '--format <format>',
      `${EXPORT_FORMATS.join(', ')}; all but spreadsheet are exact, to be verified and imported`,
      'jsonl',
    )
    .option(
      '--out <file>',
      'write to a file; beside the whole ledger go its signed checkpoint (FILE.checkpoint) and the hash of each event (FILE.hashes)',
    );
  withServer(withClocks(command)).action(async (options: ExportOptions) => {
    const wanted = { format: exportFormatFrom(options.format), clocks: clocks(options), file: options.out };
    await (options.server === undefined ? exportHere(wanted) : exportThere(options, wanted));
    if (wanted.format === 'csv') writeError(`${EXACT_TABLE}\n`);
  });
}

async function exportHere({ format, clocks, file }: Export): Promise<void> {
  await reading(async ({ queries, app }) => {
    const log = app.get(LedgerLog);
    const isProven = file !== undefined && isNow(clocks) && format !== 'spreadsheet';
    if (file !== undefined) await refuseUnfitPlaces(file, isProven);
    const checkpoint = isProven ? await log.exportCheckpoint() : undefined;
    const options = { clocks, ...(checkpoint && { upTo: checkpoint.size }) };
    await write(await queries.execute(new ExportLedger(format, options)), file);
    if (file === undefined || !checkpoint) return;
    await writeExported([checkpoint.note], besides(file).checkpoint);
    await writeExported(hashLines(log.hashes(checkpoint.size)), besides(file).hashes);
  });
}

async function exportThere(options: RemoteOptions, { format, clocks, file }: Export): Promise<void> {
  const response = await request(
    options,
    `/api/export?${new URLSearchParams({ format, ...clocks }).toString()}`,
  );
  const signed = response.headers.get('Ledger-Checkpoint');
  if (file !== undefined) await refuseUnfitPlaces(file, signed !== null);
  if (response.body) await write(response.body, file);
  if (file === undefined || signed === null) return;
  const note = Buffer.from(signed, 'base64').toString();
  await writeExported([note], besides(file).checkpoint);
  const size = note.split('\n')[1] ?? '';
  const hashes = await request(options, `/api/ledger/hashes?size=${size}`);
  if (hashes.body) await writeExported(hashes.body, besides(file).hashes);
}

async function write(chunks: AsyncIterable<string | Uint8Array>, file: string | undefined): Promise<void> {
  if (file !== undefined) return writeExported(chunks, file);
  const decoder = new TextDecoder();
  const out = process.stdout;
  for await (const chunk of chunks) {
    // A terminal gets only displayable characters; a file or a program gets every byte.
    const said = out.isTTY
      ? shown(typeof chunk === 'string' ? chunk : decoder.decode(chunk, { stream: true }))
      : chunk;
    if (!out.write(said)) await once(out, 'drain');
  }
}
