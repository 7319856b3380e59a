import { hash as digest } from 'node:crypto';

/**
 * The Merkle tree of RFC 9162 (Certificate Transparency v2), section 2.1, over SHA-256. All functions are
 * pure; a lookup of the hashes of its complete subtrees represents the tree.
 */
export type Hash = Buffer;

/** Hash of the complete subtree with 2^level leaves at position `index` on its level. */
export type NodeLookup = (level: number, index: number) => Hash;

const LEAF = Buffer.of(0);
const NODE = Buffer.of(1);

/** One-shot hashing, which is faster: trees have millions of leaves. */
const sha256 = (data: string | Uint8Array): Hash => digest('sha256', data, 'buffer');

/** The root of the empty tree. */
export const EMPTY_ROOT: Hash = sha256('');

export function leafHash(entry: Uint8Array | string): Hash {
  return sha256(typeof entry === 'string' ? `\0${entry}` : Buffer.concat([LEAF, entry]));
}

function nodeHash(left: Hash, right: Hash): Hash {
  return sha256(Buffer.concat([NODE, left, right]));
}

/** A complete subtree that a new leaf completes. */
export interface ClosedNode {
  readonly level: number;
  readonly index: number;
  readonly hash: Hash;
}

/**
 * The subtrees that the leaf at `index` completes, starting with the leaf itself. O(log n), two on average.
 */
export function closedBy(index: number, leaf: Hash, node: NodeLookup): ClosedNode[] {
  const closed: ClosedNode[] = [{ level: 0, index, hash: leaf }];
  let hash = leaf;
  for (let level = 0, place = index; place % 2 === 1; level++, place = (place - 1) / 2) {
    hash = nodeHash(node(level, place - 1), hash);
    closed.push({ level: level + 1, index: (place - 1) / 2, hash });
  }
  return closed;
}

/** The root of the first `size` leaves. O(log n). */
export function rootOf(size: number, node: NodeLookup): Hash {
  return size === 0 ? EMPTY_ROOT : subtree(0, size, node);
}

/** MTH(D[start : start + size]). `start` must be a multiple of the largest power of two not above `size`. */
function subtree(start: number, size: number, node: NodeLookup): Hash {
  const level = Math.floor(Math.log2(size));
  const whole = 2 ** level;
  if (whole === size) return node(level, start / whole);
  return nodeHash(node(level, start / whole), subtree(start + whole, size - whole, node));
}

/** The largest power of two below `size`. `size` must be at least 2. */
function split(size: number): number {
  return 2 ** Math.ceil(Math.log2(size) - 1);
}

/** PATH(index, D[size]) of section 2.1.3.1. Throws RangeError if the leaf is not in the tree. */
export function inclusionProof(index: number, size: number, node: NodeLookup): Hash[] {
  if (!(index >= 0 && index < size)) throw new RangeError(`leaf ${index} is not in a tree of ${size}`);
  return path(index, 0, size, node);
}

function path(index: number, start: number, size: number, node: NodeLookup): Hash[] {
  if (size === 1) return [];
  const left = split(size);
  return index < left
    ? [...path(index, start, left, node), subtree(start + left, size - left, node)]
    : [...path(index - left, start + left, size - left, node), subtree(start, left, node)];
}

/** PROOF(older, D[size]) of section 2.1.4.1. Throws RangeError if the older tree is empty or larger. */
export function consistencyProof(older: number, size: number, node: NodeLookup): Hash[] {
  if (!(older > 0 && older <= size))
    throw new RangeError(`a tree of ${older} is no beginning of one of ${size}`);
  return subproof(older, 0, size, true, node);
}

function subproof(older: number, start: number, size: number, isWhole: boolean, node: NodeLookup): Hash[] {
  if (older === size) return isWhole ? [] : [subtree(start, size, node)];
  const left = split(size);
  return older <= left
    ? [...subproof(older, start, left, isWhole, node), subtree(start + left, size - left, node)]
    : [...subproof(older - left, start + left, size - left, false, node), subtree(start, left, node)];
}

/**
 * Whether the proof shows that the leaf is at `index` in the tree with this size and root (section 2.1.3.2).
 */
export function provesInclusion(
  leaf: Hash,
  index: number,
  size: number,
  proof: readonly Hash[],
  root: Hash,
): boolean {
  if (!(index >= 0 && index < size)) return false;
  let [place, last] = [index, size - 1];
  let hash = leaf;
  for (const sibling of proof) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      hash = nodeHash(sibling, hash);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      hash = nodeHash(hash, sibling);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && hash.equals(root);
}

/** Whether the proof shows that the newer tree begins with the older one (section 2.1.4.2). */
export function provesConsistency(
  older: { readonly size: number; readonly root: Hash },
  newer: { readonly size: number; readonly root: Hash },
  proof: readonly Hash[],
): boolean {
  if (older.size <= 0 || older.size > newer.size) return false;
  if (older.size === newer.size) return proof.length === 0 && older.root.equals(newer.root);
  const hashes = Number.isInteger(Math.log2(older.size)) ? [older.root, ...proof] : [...proof];
  let [place, last] = [older.size - 1, newer.size - 1];
  while (place % 2 === 1) [place, last] = [(place - 1) / 2, Math.floor(last / 2)];
  const first = hashes.shift();
  if (!first) return false;
  let [olderRoot, newerRoot] = [first, first];
  for (const hash of hashes) {
    if (last === 0) return false;
    if (place % 2 === 1 || place === last) {
      olderRoot = nodeHash(hash, olderRoot);
      newerRoot = nodeHash(hash, newerRoot);
      while (place % 2 === 0 && place !== 0) [place, last] = [place / 2, Math.floor(last / 2)];
    } else {
      newerRoot = nodeHash(newerRoot, hash);
    }
    [place, last] = [Math.floor(place / 2), Math.floor(last / 2)];
  }
  return last === 0 && olderRoot.equals(older.root) && newerRoot.equals(newer.root);
}
