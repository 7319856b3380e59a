import { statSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { DamagedFile } from '../damage.js';
import { hasRoom } from '../disk-full.js';

/** The reason why nothing can be recorded, in words that everybody may read. */
export class NotWritable extends Error {
  override readonly name = 'NotWritable';
}

/** How long, in milliseconds, a result is reused, so that frequent callers do not keep the disk busy. */
const HOLDS_MS = 1000;

/**
 * Checks whether an open file accepts writes: the disk has room, the file and the files that it depends on
 * are still the ones at their paths, and a small write reaches the disk.
 */
export class WriteCheck {
  private readonly opened: ReadonlyMap<string, string>;
  private damage: DamagedFile | undefined;
  private last: { readonly at: number; readonly outcome: Promise<void> } | undefined;

  constructor(
    private readonly file: string,
    beside: readonly string[],
    private readonly touch: () => Promise<void>,
  ) {
    this.opened = new Map([file, ...beside].map((path) => [path, identityOf(statSync(path))]));
  }

  /**
   * Remembers a damage that a write has met, because a small write may miss it. It stays until the file is
   * reopened.
   */
  noteDamage(damage: DamagedFile): void {
    this.damage = damage;
  }

  /** Throws NotWritable when the file does not accept writes. */
  async run(): Promise<void> {
    if (this.damage) throw new NotWritable('the file of the ledger is damaged', { cause: this.damage });
    return this.looked();
  }

  private looked(): Promise<void> {
    const at = performance.now();
    if (!this.last || at - this.last.at >= HOLDS_MS) this.last = { at, outcome: this.look() };
    return this.last.outcome;
  }

  private async look(): Promise<void> {
    for (const [path, identity] of this.opened) {
      const found = await stat(path).then(identityOf, () => undefined);
      if (found !== identity)
        throw new NotWritable('a file of the ledger was taken away while it was open; start the server anew');
    }
    if (!hasRoom(dirname(this.file))) throw new NotWritable('the disk is full');
    try {
      await this.touch();
    } catch (error) {
      throw new NotWritable(reasonOf(error), { cause: error });
    }
  }
}

const identityOf = ({ dev, ino }: { readonly dev: number; readonly ino: number }): string => `${dev} ${ino}`;

function reasonOf(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code.startsWith('SQLITE_FULL')) return 'the disk is full';
  if (code.startsWith('SQLITE_BUSY')) return 'another process holds the file of the ledger';
  return 'the file of the ledger cannot be written to';
}
