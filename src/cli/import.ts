import { SingleBar } from 'cli-progress';
import type { Command } from 'commander';
import { ActiveImports } from '../commands/import/active-imports.js';
import { ImportEvents, type ImportCounts } from '../commands/import/import-events.js';
import type { RefusedReason, RejectedLine, WarnedLine } from '../commands/import/rejected-line.js';
import { addedUp, versionsInWords, type VersionsRead } from '../commands/recording/versions-read.js';
import { type Format, FORMATS } from '../formats/ledger-line.js';
import { readLedger } from '../formats/read-ledger.js';
import { authorFrom } from './ask.js';
import { CommandFailed, ReportedError } from './reported-error.js';
import { formatFrom, formatOf } from './formats.js';
import { GarbageLimit } from '../operations/garbage-limit.js';
import { bytesOf, sizesOf } from './import-source.js';
import { RefusedLines, SHOWN_REFUSALS } from './rejected-lines.js';
import { checkRestored, type RestoreOptions } from './restored-files.js';
import { sendImport } from './remote-import.js';
import { withServer, type RemoteOptions } from './remote.js';
import { writing, type CliSession } from './session.js';
import { table } from './tables.js';
import { writeError, shown } from './terminal.js';
import type { FileImport } from './file-import.js';

interface ImportOptions extends RemoteOptions, RestoreOptions {
  readonly author: string;
  readonly restore?: boolean;
  readonly dryRun?: boolean;
  readonly format?: string;
}

/** Adds `import`. */
export function addImport(program: Command): void {
  withServer(
    program
      .command('import <files...>')
      .description(
        'record the events of JSONL, CloudEvents or CSV files (- is standard input); repeatable, and goes on where it stopped',
      )
      .option(
        '--format <format>',
        `${FORMATS.join(', ')}; by the file's name where it is left out, jsonl of standard input`,
      )
      .option('--author <name>', 'who records them', 'command-line')
      .option(
        '--restore',
        'keep the authors and times of an export, which is first held against FILE.checkpoint where that is there',
      )
      .option('--checkpoint <file>', 'with --restore: the signed checkpoint that the export must agree with')
      .option('--no-checkpoint', 'with --restore: take the export as it is')
      .option('--log-key <key>', 'with --restore: the public key of the log, to check the signature')
      .option('--dry-run', 'say what would be recorded and refused, and record nothing'),
  ).action(async (files: string[], options: ImportOptions) => {
    const terms = {
      restore: options.restore ?? false,
      dryRun: options.dryRun ?? false,
      ...(options.format !== undefined && { format: formatFrom(options.format) }),
    };
    const author = authorFrom(options.author);
    if (!terms.restore && (options.logKey !== undefined || typeof options.checkpoint === 'string'))
      throw new CommandFailed('--checkpoint and --log-key go with --restore: other lines are recorded anew');
    if (terms.restore) {
      // Looks up the files first, so that a wrong name is told as such.
      await sizesOf(files);
      await checkRestored(files, (file) => terms.format ?? formatOf(file), options);
    }
    const counts =
      options.server === undefined
        ? await writing((session) => importFiles(files, terms, (each) => importHere(session, each, author)))
        : await importFiles(files, terms, (each) => sendImport(options, each));
    if (counts.refused > 0) throw new ReportedError();
  });
}

/** Imports files one after another, with a progress bar on a terminal and a report at the end. */
export async function importFiles(
  files: readonly string[],
  terms: { readonly restore: boolean; readonly dryRun?: boolean; readonly format?: Format },
  importOne: (each: FileImport) => Promise<ImportCounts>,
): Promise<ImportCounts> {
  // Looks up the sizes first, so that a wrong file name fails before anything is imported.
  const sizes = await sizesOf(files);
  const total = { lines: 0, recorded: 0, alreadyRecorded: 0, refused: 0, warnings: 0 };
  let readAs: VersionsRead = {};
  const refusals: (RefusedReason & { readonly file: string })[] = [];
  const written: string[] = [];
  const faults: string[] = [];
  const warned: (WarnedLine & { readonly file: string })[] = [];
  const { restore, dryRun = false } = terms;
  let endedAfter: number | undefined;
  for (const file of files) {
    const format = terms.format ?? formatOf(file);
    const refused = new RefusedLines(file, format, !dryRun);
    const bar = barFor(file, sizes.get(file) ?? 0);
    try {
      const onProgress: FileImport['onProgress'] = (bytesRead, counts) =>
        bar?.update(bytesRead, { ...counts });
      const onWarned = (line: WarnedLine): void => {
        if (warned.length < SHOWN_WARNINGS) warned.push({ ...line, file });
      };
      const counts = await importOne({ file, format, restore, dryRun, refused, onProgress, onWarned });
      for (const key of Object.keys(total) as (keyof typeof total)[]) total[key] += counts[key];
      endedAfter ??= counts.endedAfter;
      readAs = addedUp(readAs, counts.readAs);
    } finally {
      bar?.stop();
      await refused.close();
    }
    refusals.push(...refused.first.map((each) => ({ ...each, file })));
    written.push(...refused.outcome.written);
    if (refused.outcome.fault !== undefined) faults.push(`${file}: ${refused.outcome.fault}`);
  }
  const report: ImportCounts = {
    ...total,
    readAs,
    ...(dryRun && { dryRun }),
    ...(endedAfter !== undefined && { endedAfter }),
  };
  writeError(reportOf(report, refusals, { written, faults }) + warningsOf(total.warnings, warned));
  return total;
}

/** An import creates much garbage but keeps a bounded amount of data, so a small limit is enough. */
const [LARGE_HEAP, GARBAGE_PERCENT] = [128 * 1024 ** 2, 30];

/** Imports the lines of a file into the local ledger. */
export async function importHere(
  { app, commands, settings }: CliSession,
  { file, format, restore, dryRun, refused, onProgress, onWarned }: FileImport,
  author: string,
): Promise<ImportCounts> {
  // Nobody else writes to a ledger in a file meanwhile, or waits for its views. Of one on a server others may.
  if (settings.kurrentdbUrl === undefined) app.get(ActiveImports).restToTheEnd();
  const garbage = new GarbageLimit(LARGE_HEAP, GARBAGE_PERCENT);
  let read = 0;
  const bytes = bytesOf(file, (bytesRead) => {
    read = bytesRead;
  });
  return await commands.execute(
    new ImportEvents(readLedger(bytes, format), {
      author,
      restore,
      dryRun,
      onWarned,
      onRefused: (line: RejectedLine) => refused.add(line),
      onProgress: (counts) => {
        garbage.look();
        onProgress(read, counts);
      },
    }),
  );
}

function barFor(file: string, size: number): SingleBar | undefined {
  if (!process.stderr.isTTY) return undefined;
  const format = `${shown(file)} {bar} {percentage} % | {recorded} recorded, {refused} refused`;
  const bar = new SingleBar({ format, stream: process.stderr });
  bar.start(size, 0, { recorded: 0, refused: 0 });
  return bar;
}

/** The files with refused lines, and why some lines are missing there. */
interface RefusedFiles {
  readonly written: readonly string[];
  readonly faults: readonly string[];
}

function reportOf(
  total: ImportCounts,
  refusals: readonly (RefusedReason & { readonly file: string })[],
  { written, faults }: RefusedFiles,
): string {
  const { lines, recorded, alreadyRecorded, refused, warnings, readAs = {}, dryRun, endedAfter } = total;
  const counts = dryRun
    ? `${lines} lines looked at, nothing recorded: ${recorded} would be recorded, ${alreadyRecorded} are recorded already, ${refused} would be refused, ${warnings} warnings`
    : `${lines} lines: ${recorded} recorded, ${alreadyRecorded} already recorded, ${refused} refused, ${warnings} warnings`;
  const rest =
    endedAfter === undefined
      ? []
      : [`A dry run looks at ${endedAfter} lines; those after them were not looked at`];
  const sum = [counts, ...rest, ...versionsInWords(readAs)].map((line) => `${line}\n`).join('');
  if (refusals.length === 0) return sum;
  const shown = refusals.slice(0, SHOWN_REFUSALS);
  const rows = shown.map(({ file, line, reason }) => [file, line, reason]);
  const more = refused > shown.length ? `and ${refused - shown.length} more\n` : '';
  const where =
    written.length > 0
      ? `The refused lines, to be mended and imported again, and the reasons of all:\n${listed(written)}`
      : '';
  const missing =
    faults.length > 0
      ? `Not all refused lines could be written; they are in the file itself, by their numbers:\n${listed(faults)}`
      : '';
  return `${sum}${table(['file', 'line', 'reason'], rows)}${more}${where}${missing}`;
}

/** Maximum number of lines with warnings in the report. */
const SHOWN_WARNINGS = 20;

function warningsOf(count: number, warned: readonly (WarnedLine & { readonly file: string })[]): string {
  if (warned.length === 0) return '';
  const rows = warned.flatMap(({ file, line, warnings }) =>
    warnings.map(({ message }) => [file, line, message]),
  );
  const more = count > rows.length ? `and ${count - rows.length} more warnings\n` : '';
  return `${table(['file', 'line', 'warning'], rows)}${more}`;
}

const listed = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join('');
