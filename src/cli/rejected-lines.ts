import { existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { BufferedFile, isFileError } from '../commands/import/buffered-file.js';
import type { RefusedReason, RejectedLine } from '../commands/import/rejected-line.js';
import { RejectedLinesFile } from '../commands/import/rejected-lines-file.js';
import type { Format } from '../formats/ledger-line.js';

/** Maximum number of refusals shown. The report file has all of them. */
export const SHOWN_REFUSALS = 20;

/**
 * Writes the refused lines of a file next to it, as they stood there (for a table, below its header), so that
 * they can be corrected and imported again, and their reasons to a report. Both files are written line by
 * line, whatever the number of lines. Existing files are never overwritten, because somebody may be
 * correcting them. If the file's folder is not writable, they go to the current folder or the temporary
 * folder.
 */
export class RefusedLines {
  readonly first: RefusedReason[] = [];
  private readonly lines: RejectedLinesFile;
  private reportFile: Promise<BufferedFile> | undefined;
  private reportFault: string | undefined;
  private missing: string | undefined;
  /** The common part of both file names with their path, once it is chosen. */
  private stem = '';

  constructor(
    private readonly file: string,
    private readonly format: Format,
    /** False in a dry run, which writes no files, because the lines stay in the input. */
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

  /** Adds a reason without its line, for imports through a server, which sends the lines separately. */
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

  /** Adds lines in the form in which a server sends them. */
  async addLines(bytes: Uint8Array): Promise<void> {
    await this.lines.addAll(bytes);
  }

  /** Notes that a server could not send its refused lines. */
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

  /** The written files, and why they are incomplete if they are. */
  get outcome(): { readonly written: readonly string[]; readonly fault: string | undefined } {
    const report = this.stem === '' ? [] : [reportPath(this.stem)];
    const lines = this.lines.path === undefined ? [] : [this.lines.path];
    return { written: [...lines, ...report], fault: this.missing ?? this.lines.fault ?? this.reportFault };
  }

  /** The report is created first, because its name determines the name of the other file. */
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
