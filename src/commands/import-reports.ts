import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdirSync,
  type ReadStream,
  type WriteStream,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { once } from 'node:events';
import { join } from 'node:path';
import { finished } from 'node:stream/promises';
import { Inject, Injectable } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { SETTINGS, type Settings } from '../settings.js';
import { newId } from './event-ids.js';
import type { ImportCounts, RefusedLine } from './import-events.js';

/** The end of an import: what became of its lines. */
export interface ImportReport extends ImportCounts {
  readonly id: string;
  /** The first refused lines, with their reasons; all of them are in the file of refused lines. */
  readonly refusals: readonly RefusedReason[];
  /** Where the refused lines can be fetched; absent where there are none. */
  readonly refusedLines?: string;
}

export type RefusedReason = Omit<RefusedLine, 'text'>;

/** So many reasons stand in the report itself. */
const SHOWN = 1000;

/** Keeps the refused lines of imports over HTTP, in a folder beside the ledger, until they are fetched. */
@Injectable()
export class ImportReports {
  private readonly directory: string;

  constructor(@Inject(SETTINGS) settings: Pick<Settings, 'dataDir'>) {
    this.directory = join(settings.dataDir, 'imports');
  }

  begin(): RunningReport {
    const id = newId();
    return new RunningReport(id, () => {
      mkdirSync(this.directory, { recursive: true });
      return this.fileOf(id);
    });
  }

  async refusedLines(id: string): Promise<ReadStream | undefined> {
    const file = this.fileOf(id);
    if (!isUUID(id, 'all') || !existsSync(file)) return undefined;
    const stream = createReadStream(file);
    await once(stream, 'open');
    return stream;
  }

  private fileOf(id: string): string {
    return join(this.directory, `${id}.refused`);
  }
}

export class RunningReport {
  private readonly refusals: RefusedReason[] = [];
  private file: { readonly path: string; readonly stream: WriteStream } | undefined;

  constructor(
    private readonly id: string,
    private readonly makeFile: () => string,
  ) {}

  async refuse({ text, ...reason }: RefusedLine): Promise<void> {
    if (this.refusals.length < SHOWN) this.refusals.push(reason);
    if (!this.file) {
      const path = this.makeFile();
      this.file = { path, stream: createWriteStream(path) };
    }
    if (!this.file.stream.write(`${text}\n`)) await once(this.file.stream, 'drain');
  }

  async finish(counts: ImportCounts): Promise<ImportReport> {
    await this.close();
    return {
      id: this.id,
      ...counts,
      refusals: this.refusals,
      ...(this.file && { refusedLines: `/api/imports/${this.id}/refused` }),
    };
  }

  async abandon(): Promise<void> {
    await this.close();
    if (this.file) await rm(this.file.path, { force: true });
  }

  private async close(): Promise<void> {
    if (!this.file) return;
    this.file.stream.end();
    await finished(this.file.stream);
  }
}
