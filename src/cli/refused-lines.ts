import { createWriteStream, type WriteStream } from 'node:fs';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import type { RefusedLine } from '../commands/import-events.js';
import type { Format } from '../interchange/ledger-line.js';
import { firstLineOf } from './formats.js';

/** Why a line was refused. */
export type Refusal = Omit<RefusedLine, 'text'>;

/** Refusals that are shown at once; all of them are in the report file. */
export const SHOWN_REFUSALS = 20;

/**
 * The refused lines of a file, beside it, as they stood in it (of a table, under its header), so that they can be mended
 * and imported again; and the reasons, in a report. Both are written as the lines come, whatever their number.
 */
export class RefusedLines {
  readonly first: Refusal[] = [];
  readonly linesFile: string;
  readonly reportFile: string;
  private lines: WriteStream | undefined;
  private report: WriteStream | undefined;

  constructor(
    private readonly file: string,
    private readonly format: Format,
  ) {
    this.linesFile = `${file}.refused.${format === 'csv' ? 'csv' : 'jsonl'}`;
    this.reportFile = `${file}.refused.report.json`;
  }

  async add({ text, ...reason }: RefusedLine): Promise<void> {
    await this.addReason(reason);
    // What ends a table before its end has no line to give back.
    if (text !== '') await this.addText(`${text}\n`);
  }

  /** A reason without its line: a server hands those over by themselves. */
  async addReason(reason: Refusal): Promise<void> {
    if (this.first.length < SHOWN_REFUSALS) this.first.push(reason);
    const isFirst = this.report === undefined;
    this.report ??= createWriteStream(this.reportFile);
    await written(this.report, `${isFirst ? '[\n' : ',\n'}  ${JSON.stringify(reason)}`);
  }

  /** Lines, with their ends. */
  async addText(text: string): Promise<void> {
    if (!this.lines) {
      this.lines = createWriteStream(this.linesFile);
      if (this.format === 'csv') await written(this.lines, `${await firstLineOf(this.file)}\n`);
    }
    await written(this.lines, text);
  }

  async close(): Promise<void> {
    if (this.report) await written(this.report, '\n]\n');
    for (const stream of [this.lines, this.report]) {
      if (!stream) continue;
      stream.end();
      await finished(stream);
    }
  }
}

async function written(stream: WriteStream, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, 'drain');
}
