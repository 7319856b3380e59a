import { createWriteStream, type ReadStream } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import type { OnApplicationShutdown } from '@nestjs/common';
import { Semaphore } from 'async-mutex';
import { TooBusy } from '../api/costly-questions.js';
import { makeTemporaryFolder } from '../files/temporary-folder.js';

/** The cache keeps this many archives, because the same point is requested again and again. */
const MOST_KEPT = 4;
/** At most this many archives wait to be made; further requests are refused. */
const MOST_WAITING = 8;

/** A complete archive. It stays readable while it is open. */
export interface OpenArchive {
  readonly bytes: number;
  readonly content: ReadStream;
}

/**
 * Makes archives one at a time into files in a temporary folder, so that a slow reader blocks nothing, and
 * keeps the newest. An archive's name determines its content.
 */
export class SnapshotFiles implements OnApplicationShutdown {
  private readonly turns = new Semaphore(1);
  private waiting = 0;
  /** By name; the most recently requested one is last. */
  private readonly made = new Map<string, Promise<string>>();
  private folder: Promise<string> | undefined;

  /** Throws TooBusy if too many archives are waiting. */
  async open(name: string, make: () => AsyncIterable<Uint8Array>): Promise<OpenArchive> {
    const path = this.made.get(name) ?? this.begin(name, make);
    this.made.delete(name);
    this.made.set(name, path);
    const file = await open(await path);
    const { size } = await file.stat();
    return { bytes: size, content: file.createReadStream() };
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.folder) await rm(await this.folder, { recursive: true, force: true });
  }

  private begin(name: string, make: () => AsyncIterable<Uint8Array>): Promise<string> {
    if (this.waiting >= MOST_WAITING)
      throw new TooBusy({ detail: 'Too many snapshots are being made. Ask again in some seconds.' });
    this.waiting += 1;
    const path = this.turns.runExclusive(() => this.write(name, make)).finally(() => (this.waiting -= 1));
    // After a failure, the next request tries again.
    path.catch(() => this.made.delete(name));
    return path;
  }

  private async write(name: string, make: () => AsyncIterable<Uint8Array>): Promise<string> {
    this.folder ??= makeTemporaryFolder('snapshots');
    const path = join(await this.folder, `${name}.zip`);
    await pipeline(make(), createWriteStream(path));
    await this.forget(name);
    return path;
  }

  /** Deletes the least recently requested archives. */
  private async forget(newest: string): Promise<void> {
    const old = [...this.made.keys()].filter((name) => name !== newest).slice(0, -(MOST_KEPT - 1));
    for (const name of old) {
      const path = await this.made.get(name)?.catch(() => undefined);
      this.made.delete(name);
      if (path !== undefined) await rm(path, { force: true });
    }
  }
}
