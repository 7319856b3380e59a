const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

/** A node of the trie: leaves hold items, the others hold nodes. */
type Node = readonly unknown[];

/**
 * A list that never changes: each operation answers a new one that shares nearly all of its memory with the old one.
 *
 * A radix trie of 32 items a leaf; the last leaf is kept apart, so that most additions copy that one alone. One more item,
 * an item by its index and a prefix cost O(log n). Bench and choice: docs/decisions/persistent-states.md.
 */
export class PersistentList<T> implements Iterable<T> {
  private static readonly nothing = new PersistentList<never>(0, 0, [], []);

  private constructor(
    readonly size: number,
    /** Bits of an index that the levels below the root take. 0: the list is its tail. */
    private readonly shift: number,
    private readonly root: Node,
    private readonly tail: readonly T[],
  ) {}

  static empty<T>(): PersistentList<T> {
    return PersistentList.nothing;
  }

  static of<T>(items: Iterable<T>): PersistentList<T> {
    let list = PersistentList.empty<T>();
    for (const item of items) list = list.push(item);
    return list;
  }

  /** The item at an index from 0; undefined beyond the end. */
  get(index: number): T | undefined {
    return index < 0 || index >= this.size ? undefined : this.leaf(index)[index & MASK];
  }

  get last(): T | undefined {
    return this.tail[this.tail.length - 1];
  }

  push(item: T): PersistentList<T> {
    const { size, shift, root, tail } = this;
    if (tail.length < WIDTH) return new PersistentList(size + 1, shift, root, withItem(tail, item));
    const at = size - WIDTH;
    if (at === 0) return new PersistentList(size + 1, BITS, [tail], [item]);
    const isFull = at >>> BITS >= 1 << shift;
    const higher = isFull ? shift + BITS : shift;
    return new PersistentList(size + 1, higher, withLeaf(isFull ? [root] : root, higher, at, tail), [item]);
  }

  /** The list with another item at an index. Throws RangeError beyond the end. */
  set(index: number, item: T): PersistentList<T> {
    const { size, shift, root, tail } = this;
    if (index < 0 || index >= size) throw new RangeError(`no item ${index} in a list of ${size}`);
    const leaf = this.leaf(index).slice();
    leaf[index & MASK] = item;
    return index >= this.tailStart
      ? new PersistentList(size, shift, root, leaf)
      : new PersistentList(size, shift, withLeaf(root, shift, index & ~MASK, leaf), tail);
  }

  /** The first `count` items. */
  take(count: number): PersistentList<T> {
    if (count >= this.size) return this;
    if (count <= 0) return PersistentList.empty();
    const tail = this.leaf(count - 1).slice(0, ((count - 1) & MASK) + 1);
    // What lies beyond stays in the trie: it is never looked at, and additions overwrite it.
    return count <= WIDTH
      ? new PersistentList(count, 0, [], tail)
      : new PersistentList(count, this.shift, this.root, tail);
  }

  /** The items from an index on, up to another one. */
  *between(from: number, to = this.size): Generator<T> {
    const end = Math.min(to, this.size);
    for (let at = from; at < end;) {
      const leaf = this.leaf(at);
      const endOfLeaf = Math.min(end, (at & ~MASK) + WIDTH);
      for (; at < endOfLeaf; at++) yield leaf[at & MASK] as T;
    }
  }

  [Symbol.iterator](): Iterator<T> {
    return this.between(0);
  }

  toArray(): T[] {
    const items: T[] = [];
    for (let at = 0; at < this.tailStart; at += WIDTH) items.push(...this.leaf(at));
    items.push(...this.tail);
    return items;
  }

  toJSON(): T[] {
    return this.toArray();
  }

  /** How many leaves are full and stand before the last one. */
  get fullLeaves(): number {
    return this.tailStart >>> BITS;
  }

  /** The items behind the full leaves: one at least where there are any. */
  get lastLeaf(): readonly T[] {
    return this.tail;
  }

  /** The items of a full leaf; none beyond the last one. */
  fullLeaf(index: number): readonly T[] {
    return index < this.fullLeaves ? this.leaf(index << BITS) : [];
  }

  /** Which full leaves are not the very same as in another list. What lists share is not looked at: O(log n) for one more item. */
  *fullLeavesUnlike(other: PersistentList<T>): Generator<number> {
    const shift = Math.max(this.shift, other.shift);
    const both = Math.min(this.fullLeaves, other.fullLeaves);
    yield* unlike(
      raised(this.root, this.shift, shift),
      raised(other.root, other.shift, shift),
      shift,
      0,
      both,
    );
    for (let index = both; index < this.fullLeaves; index++) yield index;
  }

  /** The index of the first item for which `comesAfter` holds, in a list where it holds for all later ones; `size` where for none. */
  search(comesAfter: (item: T) => boolean): number {
    let [low, high] = [0, this.size];
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (comesAfter(this.get(middle) as T)) high = middle;
      else low = middle + 1;
    }
    return low;
  }

  private get tailStart(): number {
    return this.size - this.tail.length;
  }

  private leaf(index: number): readonly T[] {
    if (index >= this.tailStart) return this.tail;
    let node = this.root;
    for (let shift = this.shift; shift > BITS; shift -= BITS) node = node[(index >>> shift) & MASK] as Node;
    return node[(index >>> BITS) & MASK] as readonly T[];
  }
}

/** A copy that is no larger than its items: growing an array would reserve room for more. */
function withItem<T>(items: readonly T[], item: T): T[] {
  const copy = new Array<T>(items.length + 1);
  for (let index = 0; index < items.length; index++) copy[index] = items[index] as T;
  copy[items.length] = item;
  return copy;
}

function withLeaf(node: Node, shift: number, at: number, leaf: Node): Node {
  const index = (at >>> shift) & MASK;
  const child =
    shift === BITS ? leaf : withLeaf((node[index] as Node | undefined) ?? [], shift - BITS, at, leaf);
  if (index >= node.length) return withItem(node, child);
  const copy = node.slice();
  copy[index] = child;
  return copy;
}

/** A node as the first one below a root that takes more bits. */
function raised(node: Node, from: number, to: number): Node {
  let root = node;
  for (let shift = from; shift < to; shift += BITS) root = [root];
  return root;
}

/** The indexes of leaves, below a limit, in which two nodes of one level differ. */
function* unlike(a: Node, b: Node, shift: number, first: number, limit: number): Generator<number> {
  if (a === b || first >= limit) return;
  if (shift === 0) yield first;
  else
    for (const [index, child] of a.entries())
      yield* unlike(child as Node, b[index] as Node, shift - BITS, first + (index << (shift - BITS)), limit);
}
