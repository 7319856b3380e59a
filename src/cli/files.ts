import { createReadStream, createWriteStream, type WriteStream } from 'node:fs';
import { stat, writeFile } from 'node:fs/promises';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { ImportEvents, type ImportCounts, type RefusedLine } from '../commands/import-events.js';
import { readCsv } from '../interchange/csv.js';
import { readJsonLines } from '../interchange/jsonl.js';
import { FORMATS, type Format, type LedgerLine } from '../interchange/ledger-line.js';
import { InvalidRequest } from '../problems/request-problems.js';
import { ExportLedger } from '../queries/events/export-ledger.js';
import { LedgerLog } from '../transparency/ledger-log.js';
import { readLines, verifyFile } from './verify-file.js';
import { reading, writing, type Session } from './session.js';
import { table } from './tables.js';

const SHOWN_REFUSALS = 20;

/** Adds import, export and the check of an export. */
export function addFiles(program: Command): void {
  program
    .command('import <files...>')
    .description(
      'record the events of JSONL, CloudEvents or CSV files; repeatable, and goes on where it stopped',
    )
    .option('--author <name>', 'who records them', 'command-line')
    .option('--restore', 'keep the authors and times of an export')
    .action(async (files: string[], options: { author: string; restore?: boolean }) => {
      const counts = await writing((session) =>
        importFiles(session, files, options.author, options.restore ?? false),
      );
      process.exitCode = counts.refused > 0 ? 1 : 0;
    });
  program
    .command('export')
    .description('the whole ledger as a file')
    .option('--format <format>', FORMATS.join(', '), 'jsonl')
    .option('--out <file>', 'write to a file, with the signed checkpoint beside it')
    .action((options: { format: string; out?: string }) =>
      reading((session) => exportLedger(session, formatFrom(options.format), options.out)),
    );
  program
    .command('verify-export <file>')
    .description('check an export offline: every event, and the checkpoints that it is to agree with')
    .option('--checkpoint <files...>', 'signed checkpoints, of this export or of earlier ones')
    .option('--key <key>', 'the public key of the log, to check the signatures')
    .action(verifyFile);
}

/** Imports files one after the other, with a bar on a terminal and a report at the end. */
export async function importFiles(
  session: Session,
  files: readonly string[],
  author: string,
  restore: boolean,
): Promise<ImportCounts> {
  const total = { lines: 0, recorded: 0, alreadyRecorded: 0, refused: 0, warnings: 0 };
  const refusals: (RefusedLine & { file: string })[] = [];
  for (const file of files) {
    const refused = new RefusedLines(file);
    const counts = await importFile(session, file, {
      author,
      restore,
      onRefused: (line) => refused.add(line),
    });
    await refused.finish();
    for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key];
    refusals.push(...refused.first.map((line) => ({ ...line, file })));
  }
  process.stderr.write(
    `${total.lines} lines: ${total.recorded} recorded, ${total.alreadyRecorded} already recorded, ${total.refused} refused, ${total.warnings} warnings\n`,
  );
  if (refusals.length > 0) {
    process.stderr.write(
      table(
        ['file', 'line', 'reason'],
        refusals.slice(0, SHOWN_REFUSALS).map(({ file, line, reason }) => [file, line, reason]),
      ),
    );
    process.stderr.write(
      'The refused lines stand in FILE.refused, to be mended and imported again; all reasons in FILE.refused.json.\n',
    );
  }
  return total;
}

async function importFile(
  { commands }: Session,
  file: string,
  terms: { author: string; restore: boolean; onRefused: (line: RefusedLine) => Promise<void> },
): Promise<ImportCounts> {
  const { size } = await stat(file);
  const bar = process.stderr.isTTY
    ? new SingleBar({
        format: `${file} {bar} {percentage} % | {recorded} recorded, {refused} refused`,
        stream: process.stderr,
      })
    : undefined;
  bar?.start(size, 0, { recorded: 0, refused: 0 });
  const bytes = createReadStream(file);
  try {
    return await commands.execute(
      new ImportEvents(linesOf(file, bytes), {
        ...terms,
        onProgress: ({ recorded, refused }) => bar?.update(bytes.bytesRead, { recorded, refused }),
      }),
    );
  } finally {
    bar?.stop();
    bytes.destroy();
  }
}

function linesOf(file: string, bytes: AsyncIterable<Uint8Array>): AsyncIterable<LedgerLine> {
  return /\.csv(\.refused)?$/i.test(file) ? readCsv(bytes) : readJsonLines(bytes);
}

/** The refused lines of a file, beside it, as they stood in it; of a table, with its header. */
class RefusedLines {
  readonly first: RefusedLine[] = [];
  private readonly reasons: Omit<RefusedLine, 'text'>[] = [];
  private out: WriteStream | undefined;

  constructor(private readonly file: string) {}

  async add({ text, ...reason }: RefusedLine): Promise<void> {
    if (this.first.length < SHOWN_REFUSALS) this.first.push({ text, ...reason });
    this.reasons.push(reason);
    if (!this.out) {
      this.out = createWriteStream(`${this.file}.refused`);
      if (/\.csv(\.refused)?$/i.test(this.file)) this.out.write(`${await headerOf(this.file)}\n`);
    }
    if (!this.out.write(`${text}\n`)) await once(this.out, 'drain');
  }

  async finish(): Promise<void> {
    if (!this.out) return;
    this.out.end();
    await finished(this.out);
    await writeFile(`${this.file}.refused.json`, `${JSON.stringify(this.reasons, null, 2)}\n`);
  }
}

async function headerOf(file: string): Promise<string> {
  for await (const { text } of readLines(file)) return text;
  return '';
}

async function exportLedger(
  { queries, app }: Session,
  format: Format,
  file: string | undefined,
): Promise<void> {
  const log = app.get(LedgerLog);
  const checkpoint = file === undefined ? undefined : await log.latestCheckpoint();
  const out = file === undefined ? process.stdout : createWriteStream(file);
  for await (const chunk of await queries.execute(new ExportLedger(format))) {
    if (!out.write(chunk)) await once(out, 'drain');
  }
  if (file === undefined || out === process.stdout) return;
  out.end();
  await finished(out);
  if (checkpoint) await writeFile(`${file}.checkpoint`, checkpoint.note);
}

function formatFrom(text: string): Format {
  const format = FORMATS.find((name) => name === text);
  if (!format)
    throw new InvalidRequest([{ field: '--format', message: `must be one of ${FORMATS.join(', ')}` }]);
  return format;
}
