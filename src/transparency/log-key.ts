import type { KeyObject } from 'node:crypto';
import { DamagedFile } from '../event-store/damage.js';
import { markOf, noteMark } from '../files/store-files.js';
import { InvalidCheckpoint, readCheckpoint, signingKeyFrom } from './checkpoint.js';
import { type Checkpoint } from './checkpoint-content.js';
import { keyFile, type CheckpointRegister } from './checkpoint-register.js';
import type { TreeStore } from './tree-store.js';

/** The register's signing key. Throws DamagedFile if it is not a private key. */
export async function signingKeyOf(directory: string, register: CheckpointRegister): Promise<KeyObject> {
  const pem = await register.signingKey();
  try {
    return signingKeyFrom(pem);
  } catch (error) {
    throw new DamagedFile(keyFile(directory), 'it holds no private key', { cause: error });
  }
}

/** Enforces that a log keeps its key. Throws DamagedFile if the key has changed. */
export function takeOnKey(directory: string, tree: TreeStore, key: string): void {
  const noted = tree.verifierKey ?? key;
  if (noted !== key)
    throw new DamagedFile(
      keyFile(directory),
      `it is the key ${key}, the log was signed with ${noted} so far`,
    );
  if (tree.verifierKey === undefined) tree.noteVerifierKey(key);
}

/** Enforces that no issued checkpoint is forgotten. Throws DamagedFile if any was lost or changed. */
export function takeOnRegister(directory: string, tree: TreeStore): void {
  const fault = tree.registerFault(markOf(directory, 'checkpoints'));
  if (fault) throw fault;
  tree.beginRegister();
  noteMark(directory, 'checkpoints', tree.registerMark);
}

/**
 * Reads a checkpoint signed with any of the keys. Otherwise throws the InvalidCheckpoint of the first key.
 */
export function signedByAny(note: string, [first, ...others]: readonly [string, ...string[]]): Checkpoint {
  for (const key of others) {
    try {
      return readCheckpoint(note, key);
    } catch (error) {
      if (!(error instanceof InvalidCheckpoint)) throw error;
    }
  }
  return readCheckpoint(note, first);
}
