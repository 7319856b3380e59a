import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { BufferedFile, isFileError } from '../commands/import/buffered-file.js';
import type { RefusedReason, RejectedLine } from '../commands/import/rejected-line.js';
import { RejectedLinesFile } from '../commands/import/rejected-lines-file.js';
import type { Format } from '../formats/ledger-line.js';

/** Refusals that are shown at once; all of them are in the report file. */
export const SHOWN_REFUSALS = 20;

/**
 * The refused lines of a file, beside it, as they stood in it (of a table, under its header), so that they can be mended
 * and imported again; and the reasons, in a report. Both are written as the lines come, whatever their number, and
 * neither takes the place of another file: lines that somebody is mending are not overwritten. Where the file's folder
 * takes no files, they go to the current folder, or to the one for temporary files.
 */
export class RefusedLines {
  readonly first: RefusedReason[] = [];
  private readonly lines: RejectedLinesFile;
  private reportFile: Promise<BufferedFile> | undefined;
  private reportFault: string | undefined;
  private missing: string | undefined;
  /** Path of both files up to where their names differ, once it is chosen. */
  private stem = '';

  constructor(
    private readonly file: string,
    private readonly format: Format,
    /** Of a dry run nothing is written: the lines are where they were. */
    private readonly isWritten = true,
  ) {
    this.lines = new RejectedLinesFile(async () => {
      await this.report();
      return BufferedFile.create(this.linesPath(this.stem));
    });
  }

  async add({ source, ...reason }: RejectedLine): Promise<void> {
    await this.addReason(reason);
    if (this.isWritten) await this.lines.add(source);
  }

  /** A reason without its line: a server hands those over by themselves. */
  async addReason(reason: RefusedReason): Promise<void> {
    const isFirst = this.first.length === 0;
    if (this.first.length < SHOWN_REFUSALS) this.first.push(reason);
    if (this.reportFault !== undefined || !this.isWritten) return;
    try {
      const report = await this.report();
      await report.write(`${isFirst ? '[\n' : ',\n'}  ${JSON.stringify(reason)}`);
    } catch (error) {
      this.reportFault = messageOf(error);
    }
  }

  /** Lines as a server hands them over. */
  async addLines(bytes: Uint8Array): Promise<void> {
    await this.lines.addAll(bytes);
  }

  /** A server could not hand its lines over. */
  noteMissing(reason: string): void {
    this.missing = reason;
  }

  async close(): Promise<void> {
    await this.lines.close();
    if (!this.reportFile) return;
    try {
      const report = await this.reportFile;
      if (this.reportFault === undefined) await report.write('\n]\n');
      await report.close();
    } catch (error) {
      this.reportFault ??= messageOf(error);
    }
  }

  /** The files that were written, and why where they do not hold everything. */
  get outcome(): { readonly written: readonly string[]; readonly fault: string | undefined } {
    const report = this.stem === '' ? [] : [reportPath(this.stem)];
    const lines = this.lines.path === undefined ? [] : [this.lines.path];
    return { written: [...lines, ...report], fault: this.missing ?? this.lines.fault ?? this.reportFault };
  }

  /** The report is made first: who has it, has the name of both. */
  private report(): Promise<BufferedFile> {
    return (this.reportFile ??= this.createReport());
  }

  private async createReport(): Promise<BufferedFile> {
    const folders = new Set([dirname(this.file), '.', tmpdir()]);
    let refused: unknown;
    for (const folder of folders) {
      try {
        return await this.createReportIn(folder);
      } catch (error) {
        refused ??= error;
      }
    }
    throw refused;
  }

  private async createReportIn(folder: string): Promise<BufferedFile> {
    const name = join(folder, this.file === '-' ? 'stdin' : basename(this.file));
    for (let number = 1; ; number++) {
      const stem = number === 1 ? `${name}.refused` : `${name}.refused-${number}`;
      if (existsSync(this.linesPath(stem))) continue;
      try {
        const report = await BufferedFile.create(reportPath(stem));
        this.stem = stem;
        return report;
      } catch (error) {
        if (!isFileError(error, 'EEXIST')) throw error;
      }
    }
  }

  private linesPath(stem: string): string {
    return `${stem}.${this.format === 'csv' ? 'csv' : 'jsonl'}`;
  }
}

const reportPath = (stem: string): string => `${stem}.report.json`;

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
