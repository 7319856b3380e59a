const BITS = 5;
const WIDTH = 1 << BITS;
const MASK = WIDTH - 1;

/** A node of the trie: leaves hold items, all other nodes hold nodes. */
type Node = readonly unknown[];

/**
 * An immutable list: each operation returns a new list that shares nearly all of its memory with the old one.
 *
 * It is a radix trie with 32 items per leaf. The last leaf is kept separately, so that most additions only
 * copy that leaf. Adding an item, reading by index and taking a prefix cost O(log n). Benchmark and choice:
 * docs/decisions/persistent-states.md.
 */
export class PersistentList<T> implements Iterable<T> {
  private static readonly nothing = new PersistentList<never>(0, 0, [], []);

  private constructor(
    readonly size: number,
    /** Number of index bits used by the levels below the root. 0 means that the tail holds all items. */
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

  /** The item at a zero-based index; undefined beyond the end. */
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

  /** The list with the item at an index replaced. Throws RangeError beyond the end. */
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
    // The later items stay in the trie, but are never read, and additions overwrite them.
    return count <= WIDTH
      ? new PersistentList(count, 0, [], tail)
      : new PersistentList(count, this.shift, this.root, tail);
  }

  /** The items from index `from` up to, but not including, index `to`. */
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

  /** Number of full leaves before the last leaf. */
  get fullLeaves(): number {
    return this.tailStart >>> BITS;
  }

  /** The items after the full leaves; at least one if the list is not empty. */
  get lastLeaf(): readonly T[] {
    return this.tail;
  }

  /** The items of a full leaf; empty for an index beyond the full leaves. */
  fullLeaf(index: number): readonly T[] {
    return index < this.fullLeaves ? this.leaf(index << BITS) : [];
  }

  /**
   * The indexes of full leaves that are not identical with those of another list. Shared nodes are skipped:
   * O(log n) for one more item.
   */
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

  /**
   * Binary search: the index of the first item for which `comesAfter` holds, or `size` if there is none. It
   * must hold for all later items as well.
   */
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

/** An exactly sized copy. Growing an array would reserve extra memory. */
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

/** Adds root levels above a node, up to a number of index bits. */
function raised(node: Node, from: number, to: number): Node {
  let root = node;
  for (let shift = from; shift < to; shift += BITS) root = [root];
  return root;
}

/** The indexes of leaves below `limit` in which two nodes of the same level differ. */
function* unlike(a: Node, b: Node, shift: number, first: number, limit: number): Generator<number> {
  if (a === b || first >= limit) return;
  if (shift === 0) yield first;
  else
    for (const [index, child] of a.entries())
      yield* unlike(child as Node, b[index] as Node, shift - BITS, first + (index << (shift - BITS)), limit);
}
