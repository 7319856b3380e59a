import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { ImportEvents, type ImportCounts, type RefusedLine } from '../commands/import-events.js';
import type { Format } from '../interchange/ledger-line.js';
import { FORMATS } from '../interchange/ledger-line.js';
import { readLedger } from '../interchange/read-ledger.js';
import { authorFrom } from './ask.js';
import { AlreadyTold } from './failures.js';
import { formatFrom, formatOf } from './formats.js';
import { RefusedLines, SHOWN_REFUSALS, type Refusal } from './refused-lines.js';
import { sendImport } from './remote-import.js';
import { withServer, type RemoteOptions } from './remote.js';
import { writing, type Session } from './session.js';
import { table } from './tables.js';

interface ImportOptions extends RemoteOptions {
  readonly author: string;
  readonly restore?: boolean;
  readonly format?: string;
}

/** One file on its way into the ledger. */
export interface FileImport {
  readonly file: string;
  readonly format: Format;
  readonly restore: boolean;
  readonly refused: RefusedLines;
  /** Told how many bytes have been read, and, where it is known by then, what became of them. */
  readonly onProgress: (bytesRead: number, counts?: ImportCounts) => void;
}

/** Adds `import`. */
export function addImport(program: Command): void {
  withServer(
    program
      .command('import <files...>')
      .description(
        'record the events of JSONL, CloudEvents or CSV files; repeatable, and goes on where it stopped',
      )
      .option('--format <format>', `${FORMATS.join(', ')}; by the file's name where it is left out`)
      .option('--author <name>', 'who records them', 'command-line')
      .option('--restore', 'keep the authors and times of an export'),
  ).action(async (files: string[], options: ImportOptions) => {
    const terms = {
      restore: options.restore ?? false,
      ...(options.format !== undefined && { format: formatFrom(options.format) }),
    };
    const author = authorFrom(options.author);
    const counts =
      options.server === undefined
        ? await writing((session) => importFiles(files, terms, (each) => importHere(session, each, author)))
        : await importFiles(files, terms, (each) => sendImport(options, each));
    if (counts.refused > 0) throw new AlreadyTold();
  });
}

/** Imports files one after the other, with a bar on a terminal and a report at the end. */
export async function importFiles(
  files: readonly string[],
  terms: { readonly restore: boolean; readonly format?: Format },
  importOne: (each: FileImport) => Promise<ImportCounts>,
): Promise<ImportCounts> {
  // A name that is wrong is better told before the first file is in.
  const sizes = new Map<string, number>();
  for (const file of files) sizes.set(file, (await stat(file)).size);
  const total = { lines: 0, recorded: 0, alreadyRecorded: 0, refused: 0, warnings: 0 };
  const refusals: (Refusal & { readonly file: string })[] = [];
  const written: string[] = [];
  for (const file of files) {
    const format = terms.format ?? formatOf(file);
    const refused = new RefusedLines(file, format);
    const bar = barFor(file, sizes.get(file) ?? 0);
    try {
      const onProgress: FileImport['onProgress'] = (bytesRead, counts) =>
        bar?.update(bytesRead, { ...counts });
      const counts = await importOne({ file, format, restore: terms.restore, refused, onProgress });
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key];
    } finally {
      bar?.stop();
      await refused.close();
    }
    refusals.push(...refused.first.map((each) => ({ ...each, file })));
    if (refused.first.length > 0) written.push(refused.linesFile, refused.reportFile);
  }
  process.stderr.write(reportOf(total, refusals, written));
  return total;
}

/** Records the lines of a file in the ledger of this machine. */
export async function importHere(
  { commands }: Session,
  { file, format, restore, refused, onProgress }: FileImport,
  author: string,
): Promise<ImportCounts> {
  const bytes = createReadStream(file);
  try {
    return await commands.execute(
      new ImportEvents(readLedger(bytes, format), {
        author,
        restore,
        onRefused: (line: RefusedLine) => refused.add(line),
        onProgress: (counts) => onProgress(bytes.bytesRead, counts),
      }),
    );
  } finally {
    bytes.destroy();
  }
}

function barFor(file: string, size: number): SingleBar | undefined {
  if (!process.stderr.isTTY) return undefined;
  const format = `${file} {bar} {percentage} % | {recorded} recorded, {refused} refused`;
  const bar = new SingleBar({ format, stream: process.stderr });
  bar.start(size, 0, { recorded: 0, refused: 0 });
  return bar;
}

function reportOf(
  total: ImportCounts,
  refusals: readonly (Refusal & { readonly file: string })[],
  written: readonly string[],
): string {
  const { lines, recorded, alreadyRecorded, refused, warnings } = total;
  const sum = `${lines} lines: ${recorded} recorded, ${alreadyRecorded} already recorded, ${refused} refused, ${warnings} warnings\n`;
  if (refusals.length === 0) return sum;
  const shown = refusals.slice(0, SHOWN_REFUSALS);
  const rows = shown.map(({ file, line, reason }) => [file, line, reason]);
  const more = refused > shown.length ? `and ${refused - shown.length} more\n` : '';
  return `${sum}${table(['file', 'line', 'reason'], rows)}${more}The refused lines, to be mended and imported again, and the reasons of all:\n${written.map((file) => `  ${file}\n`).join('')}`;
}
