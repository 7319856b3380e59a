import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedFile } from '../../event-store/damage.js';
import { refuseOtherThanFile } from '../../event-store/ordinary-file.js';
import { SqliteTables } from './sqlite-tables.js';
import {
  RebuildUnderWay,
  TODAY,
  type GenerationsKept,
  type Generations,
  type GenerationsNode,
} from '../generations.js';

const POINTER = 'views.json';
const FILE = /^views-(\d+)\.sqlite/;

/** Sets of views as numbered files; a pointer file names the live one. A single process projects. */
export class SqliteGenerations implements Generations {
  private isBusy = false;

  constructor(
    private readonly directory: string,
    private readonly readOnly = false,
  ) {}

  async generations(): Promise<GenerationsKept> {
    const found = this.pointer();
    if (found?.name === TODAY.name || (found && this.readOnly)) return found;
    const live = (found?.live ?? 0) + 1;
    if (!this.readOnly) {
      // A rebuild of the old shape may have left a file with this number.
      if (found) this.remove(live);
      await this.pointTo({ ...TODAY, live });
    }
    return { ...TODAY, live };
  }

  open(generation: number, { forBuild = false } = {}): Promise<SqliteTables> {
    return SqliteTables.open(this.file(generation), { readOnly: this.readOnly, unindexed: forBuild });
  }

  /** Writes the pointer to a new file and renames it, which is atomic. */
  async pointTo(generations: GenerationsKept): Promise<void> {
    const file = join(this.directory, POINTER);
    writeFileSync(`${file}.new`, JSON.stringify(generations), { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  async keepOnly(generations: readonly number[]): Promise<void> {
    for (const name of readdirSync(this.directory)) {
      const generation = Number(FILE.exec(name)?.[1] ?? NaN);
      if (!Number.isNaN(generation) && !generations.includes(generation)) this.remove(generation);
    }
  }

  async startAnew(): Promise<void> {
    const numbers = readdirSync(this.directory).map((name) => Number(FILE.exec(name)?.[1] ?? 0));
    const live = Math.max(0, ...numbers) + 1;
    await this.pointTo({ ...TODAY, live });
    await this.keepOnly([live]);
  }

  async alone<T>(work: () => Promise<T>): Promise<T> {
    if (this.isBusy) throw new RebuildUnderWay();
    this.isBusy = true;
    try {
      return await work();
    } finally {
      this.isBusy = false;
    }
  }

  joinElection(node: GenerationsNode): void {
    node.project();
  }

  flush(): void {
    // There is only one node, so whoever waits is at it.
  }

  async close(): Promise<void> {
    // The results of `open` are closed by their users.
  }

  private file(generation: number): string {
    return join(this.directory, `views-${generation}.sqlite`);
  }

  private remove(generation: number): void {
    for (const suffix of ['', '-wal', '-shm']) rmSync(this.file(generation) + suffix, { force: true });
  }

  private pointer(): GenerationsKept | undefined {
    const file = join(this.directory, POINTER);
    if (!existsSync(file)) return undefined;
    refuseOtherThanFile(file);
    const text = readFileSync(file, 'utf8');
    let found: unknown;
    try {
      found = JSON.parse(text);
    } catch (error) {
      throw new DamagedFile(file, error instanceof Error ? error.message : String(error));
    }
    if (!isGenerations(found)) throw new DamagedFile(file, 'it does not name a set of views');
    return found;
  }
}

function isGenerations(value: unknown): value is GenerationsKept {
  return (
    typeof value === 'object' &&
    value !== null &&
    (!('name' in value) || typeof value.name === 'string') &&
    'version' in value &&
    Number.isSafeInteger(value.version) &&
    'live' in value &&
    isGeneration(value.live) &&
    (!('previous' in value) || isGeneration(value.previous))
  );
}

const isGeneration = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) > 0;
