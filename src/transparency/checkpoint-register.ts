import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { newSigningKey } from './checkpoint.js';
import type { KeptCheckpoint, TreeStore } from './tree-store.js';

/** What the log has said, for good, and the key that it says it with. Of several nodes all have the same. */
export interface CheckpointRegister {
  /** The signing key as PEM. It is made where there is none yet. */
  signingKey(): Promise<string>;
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
    if (!this.readOnly && !existsSync(file))
      writeFileSync(file, newSigningKey(), { mode: 0o600, flag: 'wx' });
    return readFileSync(file, 'utf8');
  }

  async keep(checkpoint: KeptCheckpoint): Promise<void> {
    this.tree.keep(checkpoint);
  }

  async checkpoints(): Promise<KeptCheckpoint[]> {
    return this.tree.checkpoints();
  }

  async close(): Promise<void> {
    // The tree is the log's.
  }
}
