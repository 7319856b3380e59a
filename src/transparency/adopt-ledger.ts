import { existsSync, renameSync } from 'node:fs';
import { DamagedFile } from '../event-store/damage.js';
import type { EventStore } from '../event-store/event-store.js';
import { markOf, replaceMark } from '../files/store-files.js';
import { adoptionsAmong, givenUpBy } from './adoption.js';
import { type Adoption } from './checkpoint-content.js';
import { claimOf, ORIGIN, signedCheckpoint, signingKeyFrom, verifierKey } from './checkpoint.js';
import { keyFile, LocalRegister, type CheckpointRegister } from './checkpoint-register.js';
import { GrowingTree } from './growing-tree.js';
import { eventLeaf } from './ledger-entry.js';
import type { Hash } from './merkle-tree.js';
import { logFile, TreeStore, type KeptCheckpoint } from './tree-store.js';

export interface AdoptOptions {
  /** Folder of the log. */
  readonly directory: string;
  /** The key and the checkpoints that several nodes share. Defaults to those in the folder. */
  readonly register?: CheckpointRegister | undefined;
  readonly reason: string;
  /** Instant of the acceptance. */
  readonly at: string;
}

/** What an adoption changed, and which files it set aside. */
export interface AdoptionReport {
  /** Undefined if the log already knew the ledger. */
  readonly adoption?: Adoption;
  readonly events: number;
  /** Unreadable files, under the names they were renamed to. */
  readonly setAside: readonly string[];
}

/**
 * Accepts the ledger as it is now: rebuilds the log's tree from the events and keeps a checkpoint that
 * records the adoption, as every later checkpoint will. No event may be recorded meanwhile. After an
 * interruption, call it again and it continues. Throws DamagedFile if the ledger itself cannot be read.
 */
export async function adoptLedger(
  store: EventStore,
  { directory, register: shared, reason, at }: AdoptOptions,
): Promise<AdoptionReport> {
  const leaves: Hash[] = [];
  for await (const event of store.readAll()) {
    if (event.position !== leaves.length + 1)
      throw new Error(
        `the ledger goes from position ${leaves.length} to ${event.position}: it has to be restored`,
      );
    leaves.push(eventLeaf(event));
  }
  const setAside: string[] = [];
  const tree = openedAnyhow(directory, at, setAside);
  const register = shared ?? new LocalRegister(directory, tree, false);
  try {
    const pem = await keyAnyhow(directory, register, at, setAside);
    const key = signingKeyFrom(pem);
    const [own, noted] = [verifierKey(ORIGIN, key), tree.verifierKey];
    const kept = await register.checkpoints();
    const before = adoptionsAmong(kept);
    const sameTo = sharedBeginning(leaves, tree, kept, before);
    const former = formerSize(tree, kept, before);
    const registerFault = shared ? undefined : tree.registerFault(markOf(directory, 'checkpoints'));
    const isKnown =
      sameTo === former &&
      sameTo >= tree.size &&
      setAside.length === 0 &&
      tree.lostLeaves() === undefined &&
      registerFault === undefined;
    if (isKnown && (noted === undefined || noted === own)) return { events: leaves.length, setAside };
    const adoption: Adoption = {
      at,
      kept: sameTo,
      former,
      formerRoot: rootOf(tree, former),
      reason,
      ...(noted !== undefined && noted !== own && { formerKey: noted }),
    };
    const { root } = new GrowingTree(new Set(), leaves);
    const size = leaves.length;
    const adoptions = [...before, adoption];
    // The checkpoint is kept first: an interruption then leaves no change that the log does not mention.
    await register.keep({ size, note: signedCheckpoint({ origin: ORIGIN, size, root, adoptions }, key) });
    tree.replace(leaves);
    tree.noteVerifierKey(own);
    if (!shared) {
      tree.beginRegister({ anew: registerFault !== undefined });
      replaceMark(directory, 'checkpoints', tree.registerMark);
    }
    return { adoption, events: size, setAside };
  } finally {
    tree.close();
    await register.close();
  }
}

/** The number of leading events on which the ledger, the log and all of the log's checkpoints agree. */
function sharedBeginning(
  leaves: readonly Hash[],
  tree: TreeStore,
  kept: readonly KeptCheckpoint[],
  adoptions: readonly Adoption[],
): number {
  let same = Math.min(leaves.length, tree.size, ...tree.smuggled(1).map((position) => position - 1));
  for (const [index, leaf] of leaves.slice(0, same).entries()) {
    if (tree.leafOrNone(index)?.equals(leaf)) continue;
    same = index;
    break;
  }
  const claims = kept
    .flatMap(({ note }) => claimOf(note) ?? [])
    .filter((claim) => !givenUpBy(claim, adoptions));
  const computed = new GrowingTree(new Set(claims.map(({ size }) => size)), leaves);
  const holds = claims.filter(
    ({ size, root }) => computed.rootAt(size)?.equals(root) ?? size > leaves.length,
  );
  const broken = Math.min(
    Infinity,
    ...claims.filter((claim) => !holds.includes(claim)).map(({ size }) => size),
  );
  if (broken > same) return same;
  return Math.max(0, ...holds.map(({ size }) => size).filter((size) => size < broken && size <= same));
}

function formerSize(
  tree: TreeStore,
  kept: readonly KeptCheckpoint[],
  adoptions: readonly Adoption[],
): number {
  const claims = kept
    .flatMap(({ note }) => claimOf(note) ?? [])
    .filter((claim) => !givenUpBy(claim, adoptions));
  return Math.max(tree.size, ...claims.map(({ size }) => size));
}

/** The root of the log before the adoption; empty if some of its hashes are lost. */
function rootOf(tree: TreeStore, size: number): string {
  try {
    return size === tree.size ? tree.root(size).toString('base64') : '';
  } catch (error) {
    if (error instanceof RangeError) return '';
    throw error;
  }
}

function openedAnyhow(directory: string, at: string, setAside: string[]): TreeStore {
  const file = logFile(directory);
  try {
    return new TreeStore(file);
  } catch (error) {
    if (!(error instanceof DamagedFile)) throw error;
    putAside(file, at, setAside);
    return new TreeStore(file);
  }
}

async function keyAnyhow(
  directory: string,
  register: CheckpointRegister,
  at: string,
  setAside: string[],
): Promise<string> {
  const file = keyFile(directory);
  try {
    const pem = await register.signingKey();
    signingKeyFrom(pem);
    return pem;
  } catch {
    if (existsSync(file)) putAside(file, at, setAside);
    return register.newSigningKey();
  }
}

function putAside(file: string, at: string, setAside: string[]): void {
  const suffix = `.unreadable-${at.replaceAll(/[:.]/g, '')}`;
  for (const each of [file, `${file}-wal`, `${file}-shm`]) {
    if (!existsSync(each)) continue;
    renameSync(each, each.replace(file, file + suffix));
  }
  setAside.push(file + suffix);
}
