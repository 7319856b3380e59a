import { closedBy, EMPTY_ROOT, rootOf, type ClosedNode, type Hash } from './merkle-tree.js';

/**
 * A tree that is built leaf by leaf and remembers its root at the given sizes. It keeps only the complete
 * subtrees that are not part of a larger one, so memory is O(log n).
 */
export class GrowingTree {
  private readonly nodes = new Map<string, Hash>();
  private readonly roots = new Map<number, Hash>([[0, EMPTY_ROOT]]);
  private leaves = 0;

  constructor(
    private readonly sizes: ReadonlySet<number>,
    leaves: Iterable<Hash> = [],
  ) {
    for (const leaf of leaves) this.add(leaf);
  }

  get size(): number {
    return this.leaves;
  }

  get root(): Hash {
    return rootOf(this.leaves, this.node);
  }

  /** The root when the tree had that size; undefined if it never had, or if it was not to be kept. */
  rootAt(size: number): Hash | undefined {
    return this.roots.get(size);
  }

  /** Appends a leaf and returns the subtrees that it completes. */
  add(leaf: Hash): readonly ClosedNode[] {
    const closed = closedBy(this.leaves, leaf, this.node);
    for (const { level, index, hash } of closed) {
      this.nodes.delete(`${level - 1}/${index * 2}`);
      this.nodes.delete(`${level - 1}/${index * 2 + 1}`);
      this.nodes.set(`${level}/${index}`, hash);
    }
    this.leaves++;
    if (this.sizes.has(this.leaves)) this.roots.set(this.leaves, this.root);
    return closed;
  }

  private readonly node = (level: number, index: number): Hash => {
    const hash = this.nodes.get(`${level}/${index}`);
    if (!hash) throw new RangeError(`the tree keeps no subtree ${index} of level ${level}`);
    return hash;
  };
}
