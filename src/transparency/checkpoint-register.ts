import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedFile } from '../event-store/damage.js';
import { refuseOtherThanFile } from '../event-store/ordinary-file.js';
import { noteMark } from '../files/store-files.js';
import { newSigningKey } from './checkpoint.js';
import type { KeptCheckpoint, TreeStore } from './tree-store.js';

/** What the log has said, for good, and the key that it says it with. Of several nodes all have the same. */
export interface CheckpointRegister {
  /** The signing key as PEM. It is made where there is none yet, with the log. Throws DamagedFile where it was lost since. */
  signingKey(): Promise<string>;
  /** Makes a new signing key in the place of one that was lost. */
  newSigningKey(): Promise<string>;
  /** Keeps a checkpoint that is given out. It is never changed or taken away. */
  keep(checkpoint: KeptCheckpoint): Promise<void>;
  /** All checkpoints ever given out, by size. */
  checkpoints(): Promise<KeptCheckpoint[]>;
  close(): Promise<void>;
}

export const keyFile = (directory: string): string => join(directory, 'log-key.pem');

/** The register of one node: its key in a file of its folder, its checkpoints beside the tree. */
export class LocalRegister implements CheckpointRegister {
  constructor(
    private readonly directory: string,
    private readonly tree: TreeStore,
    private readonly readOnly: boolean,
  ) {}

  async signingKey(): Promise<string> {
    const file = keyFile(this.directory);
    refuseOtherThanFile(file);
    if (existsSync(file)) return readFileSync(file, 'utf8');
    if (this.readOnly || this.tree.hasHistory) throw new DamagedFile(file, 'it is missing');
    return this.newSigningKey();
  }

  async newSigningKey(): Promise<string> {
    const pem = newSigningKey();
    writeFileSync(keyFile(this.directory), pem, { mode: 0o600, flag: 'wx' });
    return pem;
  }

  async keep(checkpoint: KeptCheckpoint): Promise<void> {
    this.tree.keep(checkpoint);
    noteMark(this.directory, 'checkpoints', this.tree.registerMark);
  }

  async checkpoints(): Promise<KeptCheckpoint[]> {
    return this.tree.checkpoints();
  }

  async close(): Promise<void> {
    // The tree is the log's.
  }
}
