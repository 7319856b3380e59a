import { mkdir, open, readdir, rm, stat, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import { isUUID } from 'class-validator';
import { SETTINGS, type Settings } from '../../settings.js';
import { BufferedFile, isFileError } from './buffered-file.js';
import { newId } from '../recording/event-ids.js';
import type { ImportCounts } from './import-events.js';
import type { RefusedReason, RejectedLine, WarnedLine } from './rejected-line.js';
import { RejectedLinesFile } from './rejected-lines-file.js';

/** The final report of an import: the outcome of its lines. */
export interface ImportReport extends ImportCounts {
  readonly id: string;
  /** The first refused lines, with their reasons. The file of refused lines has all of them. */
  readonly refusals: readonly RefusedReason[];
  /** The first lines that were recorded with warnings, each with all its warnings. */
  readonly warned: readonly WarnedLine[];
  /**
   * Where the refused lines can be downloaded, once. Absent if no line was refused or the lines could not be
   * saved.
   */
  readonly refusedLines?: string;
  /** Why the refused lines could not be saved. Their line numbers still point into the sent file. */
  readonly refusedLinesError?: string;
}

const SUFFIX = '.refused';
const KEPT_MS = 7 * 24 * 3_600_000;
const SWEEP_EVERY_MS = 3_600_000;
/** Maximum number of reasons in the report itself. */
const SHOWN = 1000;

/**
 * Stores the refused lines of HTTP imports in a folder beside the ledger, until they are downloaded or a week
 * has passed.
 */
@Injectable()
export class ImportReports implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly directory: string;
  private sweeping: NodeJS.Timeout | undefined;

  constructor(@Inject(SETTINGS) settings: Pick<Settings, 'dataDir'>) {
    this.directory = join(settings.dataDir, 'imports');
  }

  onApplicationBootstrap(): void {
    this.sweep();
    this.sweeping = setInterval(() => this.sweep(), SWEEP_EVERY_MS).unref();
  }

  onModuleDestroy(): void {
    clearInterval(this.sweeping);
  }

  /** Begins the report of an import. A dry run stores no refused lines. */
  begin({ dryRun }: { readonly dryRun: boolean }): RunningReport {
    const id = newId();
    const createFile = async (): Promise<BufferedFile> => {
      await mkdir(this.directory, { recursive: true, mode: 0o700 });
      return BufferedFile.create(this.fileOf(id));
    };
    return new RunningReport(id, dryRun ? undefined : new RejectedLinesFile(createFile));
  }

  /** The refused lines of an import, open for reading; undefined if there are none. */
  async refusedLines(id: string): Promise<FileHandle | undefined> {
    if (!isUUID(id, 'all')) return undefined;
    try {
      return await open(this.fileOf(id));
    } catch (error) {
      if (isFileError(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  /** Deletes the refused lines of an import. If that fails, the next sweep deletes them. */
  removeLater(id: string): void {
    rm(this.fileOf(id), { force: true }).catch(() => undefined);
  }

  /** Deletes files that nobody has downloaded for a week. */
  private sweep(): void {
    // The next sweep retries failures. A missing folder means that no line was refused yet.
    removeOlder(this.directory, Date.now() - KEPT_MS).catch(() => undefined);
  }

  private fileOf(id: string): string {
    return join(this.directory, id + SUFFIX);
  }
}

/** Deletes the files of refused lines that were last written before a time. */
async function removeOlder(directory: string, before: number): Promise<void> {
  for (const name of await readdir(directory)) {
    if (!name.endsWith(SUFFIX)) continue;
    const path = join(directory, name);
    if ((await stat(path)).mtimeMs < before) await rm(path, { force: true });
  }
}

export class RunningReport {
  private readonly refusals: RefusedReason[] = [];
  private readonly warned: WarnedLine[] = [];

  constructor(
    private readonly id: string,
    /** The file of refused lines; absent if they are not stored. */
    private readonly lines: RejectedLinesFile | undefined,
  ) {}

  async refuse({ source, ...reason }: RejectedLine): Promise<void> {
    if (this.refusals.length < SHOWN) this.refusals.push(reason);
    await this.lines?.add(source);
  }

  warn(warned: WarnedLine): void {
    if (this.warned.length < SHOWN) this.warned.push(warned);
  }

  async finish(counts: ImportCounts): Promise<ImportReport> {
    await this.lines?.close();
    const { path, fault } = this.lines ?? {};
    if (fault !== undefined && path !== undefined) await rm(path, { force: true });
    return {
      id: this.id,
      ...counts,
      // Retried lines were refused after later lines, so the list is sorted again.
      refusals: this.refusals.sort((a, b) => a.line - b.line),
      warned: this.warned.sort((a, b) => a.line - b.line),
      ...(path !== undefined && fault === undefined && { refusedLines: `/api/imports/${this.id}/refused` }),
      ...(fault !== undefined && {
        refusedLinesError: `The refused lines could not be kept here (${fault}); they are in what was sent, by their numbers.`,
      }),
    };
  }

  /**
   * Discards the refused lines of a failed import: it must be sent again, and the same lines are then refused
   * again.
   */
  async abandon(): Promise<void> {
    await this.lines?.discard();
  }
}
