import { DamagedFile } from '../event-store/damage.js';
import type { EventStore } from '../event-store/event-store.js';
import { GrowingTree } from './growing-tree.js';
import { eventLeaf } from './ledger-entry.js';
import type { Hash } from './merkle-tree.js';
import { StoredNodes } from './stored-nodes.js';
import type { TreeStore } from './tree-store.js';

/**
 * Recomputes subtree hashes from the event hashes, if a subtree hash is wrong and every event is still the
 * one that the log took in. Returns whether it did. Event hashes are the log's memory and are never
 * recomputed here.
 */
export async function mendTree(store: EventStore, tree: TreeStore): Promise<boolean> {
  const { size } = tree;
  const leaves: Hash[] = [];
  for await (const event of store.readAll({ limit: size })) {
    const leaf = eventLeaf(event);
    if (!isKnown(tree, leaves.length, leaf)) return false;
    leaves.push(leaf);
  }
  // The log took in events meanwhile.
  if (tree.size !== size) return mendTree(store, tree);
  if (leaves.length < size || isWhole(tree, leaves)) return false;
  tree.replaceSubtrees(leaves);
  return true;
}

function isKnown(tree: TreeStore, index: number, leaf: Hash): boolean {
  try {
    return tree.leafOrNone(index)?.equals(leaf) ?? false;
  } catch (error) {
    if (error instanceof DamagedFile) return false;
    throw error;
  }
}

function isWhole(tree: TreeStore, leaves: readonly Hash[]): boolean {
  try {
    const stored = new StoredNodes(tree);
    const computed = new GrowingTree(new Set());
    return leaves.every((leaf) => stored.take(computed.add(leaf)) === undefined) && !stored.hasMore();
  } catch (error) {
    if (error instanceof DamagedFile) return false;
    throw error;
  }
}
