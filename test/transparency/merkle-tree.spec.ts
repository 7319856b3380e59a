import { createHash } from 'node:crypto';
import {
  closedBy,
  consistencyProof,
  EMPTY_ROOT,
  inclusionProof,
  leafHash,
  provesConsistency,
  provesInclusion,
  rootOf,
  type Hash,
} from '../../src/transparency/merkle-tree.js';

const MOST = 130;
const leaves = Array.from({ length: MOST }, (_, index) => leafHash(`leaf ${index}`));

/** A second implementation: the definition from section 2.1.1 of RFC 9162, word for word. */
function definedRoot(list: readonly Hash[]): Hash {
  const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest();
  if (list.length === 0) return sha(Buffer.alloc(0));
  if (list.length === 1) return list[0] ?? Buffer.alloc(0);
  let k = 1;
  while (k * 2 < list.length) k *= 2;
  return sha(Buffer.of(1), definedRoot(list.slice(0, k)), definedRoot(list.slice(k)));
}

const nodes = new Map<string, Hash>();
const node = (level: number, index: number): Hash => {
  const found = nodes.get(`${level}/${index}`);
  if (!found) throw new Error(`no node ${level}/${index}`);
  return found;
};
for (const [index, leaf] of leaves.entries()) {
  for (const closed of closedBy(index, leaf, node)) nodes.set(`${closed.level}/${closed.index}`, closed.hash);
}
const roots = Array.from({ length: MOST + 1 }, (_, size) => definedRoot(leaves.slice(0, size)));
const root = (size: number): Hash => roots[size] ?? EMPTY_ROOT;

describe('the Merkle tree of RFC 9162', () => {
  it('has the published roots of the test vectors of Certificate Transparency', () => {
    const inputs = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ];
    const hashes = inputs.map((input) => leafHash(Buffer.from(input, 'hex')));
    const tree = new Map<string, Hash>();
    const lookup = (level: number, index: number): Hash => tree.get(`${level}/${index}`) ?? EMPTY_ROOT;
    for (const [index, leaf] of hashes.entries()) {
      for (const closed of closedBy(index, leaf, lookup))
        tree.set(`${closed.level}/${closed.index}`, closed.hash);
    }
    expect(rootOf(0, lookup).toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
    expect(rootOf(1, lookup).toString('hex')).toBe(
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
    );
    expect(rootOf(8, lookup).toString('hex')).toBe(
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    );
  });

  it('has the root that the definition gives, for 0 to 130 leaves', () => {
    for (let size = 0; size <= MOST; size++) expect(rootOf(size, node)).toEqual(root(size));
  });

  it('proves each leaf of each tree, and no other leaf, place or root', () => {
    for (let size = 1; size <= MOST; size++) {
      for (let index = 0; index < size; index++) {
        const proof = inclusionProof(index, size, node);
        const leaf = leaves[index] ?? EMPTY_ROOT;
        expect(provesInclusion(leaf, index, size, proof, root(size))).toBe(true);
        expect(provesInclusion(leafHash('another'), index, size, proof, root(size))).toBe(false);
        expect(provesInclusion(leaf, index, size, proof, root(size - 1))).toBe(false);
        if (size > 1) expect(provesInclusion(leaf, (index + 1) % size, size, proof, root(size))).toBe(false);
        if (proof.length > 0)
          expect(provesInclusion(leaf, index, size, proof.slice(1), root(size))).toBe(false);
      }
    }
  });

  it('proves each tree to be the beginning of each later one, and of no forked one', () => {
    for (let size = 1; size <= MOST; size++) {
      for (let older = 1; older <= size; older++) {
        const proof = consistencyProof(older, size, node);
        const before = { size: older, root: root(older) };
        const after = { size, root: root(size) };
        expect(provesConsistency(before, after, proof)).toBe(true);
        expect(provesConsistency({ size: older, root: leafHash('fork') }, after, proof)).toBe(false);
        expect(provesConsistency(before, { size, root: leafHash('fork') }, proof)).toBe(false);
      }
    }
  });

  it('refuses proofs of what is not there', () => {
    expect(() => inclusionProof(3, 3, node)).toThrow(RangeError);
    expect(() => consistencyProof(0, 3, node)).toThrow(RangeError);
    expect(() => consistencyProof(4, 3, node)).toThrow(RangeError);
  });
});
