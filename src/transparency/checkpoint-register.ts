import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DamagedFile } from '../event-store/damage.js';
import { refuseOtherThanFile } from '../event-store/ordinary-file.js';
import { noteMark } from '../files/store-files.js';
import { newSigningKey } from './checkpoint.js';
import type { KeptCheckpoint, TreeStore } from './tree-store.js';

/**
 * The log's permanent record: every checkpoint it has issued, and its signing key. Several nodes share one.
 */
export interface CheckpointRegister {
  /**
   * The signing key as PEM. A new log gets a new key. Throws DamagedFile if an existing log has lost its key.
   */
  signingKey(): Promise<string>;
  /** Makes a new signing key to replace a lost one. */
  newSigningKey(): Promise<string>;
  /** Stores an issued checkpoint. It is never changed or deleted. */
  keep(checkpoint: KeptCheckpoint): Promise<void>;
  /** All checkpoints ever issued, ordered by size. */
  checkpoints(): Promise<KeptCheckpoint[]>;
  close(): Promise<void>;
}

export const keyFile = (directory: string): string => join(directory, 'log-key.pem');

/**
 * The register of a single node: the key is a file in the folder, the checkpoints are stored beside the tree.
 */
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
    // The log owns the tree and closes it.
  }
}
