import type { KeyObject } from 'node:crypto';
import { DamagedFile } from '../event-store/damage.js';
import { markOf, noteMark } from '../files/store-files.js';
import { InvalidCheckpoint, readCheckpoint, signingKeyFrom } from './checkpoint.js';
import { type Checkpoint } from './checkpoint-content.js';
import { keyFile, type CheckpointRegister } from './checkpoint-register.js';
import type { TreeStore } from './tree-store.js';

/** The key that a register keeps. Throws DamagedFile where it is none. */
export async function signingKeyOf(directory: string, register: CheckpointRegister): Promise<KeyObject> {
  const pem = await register.signingKey();
  try {
    return signingKeyFrom(pem);
  } catch (error) {
    throw new DamagedFile(keyFile(directory), 'it holds no private key', { cause: error });
  }
}

/** One log has one key. Throws DamagedFile where it is another one than before. */
export function takeOnKey(directory: string, tree: TreeStore, key: string): void {
  const noted = tree.verifierKey ?? key;
  if (noted !== key)
    throw new DamagedFile(
      keyFile(directory),
      `it is the key ${key}, the log was signed with ${noted} so far`,
    );
  if (tree.verifierKey === undefined) tree.noteVerifierKey(key);
}

/** What was given out is never forgotten. Throws DamagedFile where the register has less than it had, or something else. */
export function takeOnRegister(directory: string, tree: TreeStore): void {
  const fault = tree.registerFault(markOf(directory, 'checkpoints'));
  if (fault) throw fault;
  tree.beginRegister();
  noteMark(directory, 'checkpoints', tree.registerMark);
}

/** Reads a checkpoint that one of some keys has signed. Throws InvalidCheckpoint for the first key where none has. */
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
