const BITS = 5;
const MASK = (1 << BITS) - 1;
/** A hash has 32 bits, enough for this many levels. */
const LEVELS = 6;

/**
 * An immutable map with string keys: `set` returns a new map in O(log n) that shares nearly all of its memory
 * with the old one. The iteration order depends only on the entries.
 *
 * It is a hash trie with entries in its nodes and 32 branches per node (Steindorfer & Vinju 2015). Benchmark
 * and choice: docs/decisions/persistent-states.md.
 */
export class PersistentMap<V> implements Iterable<readonly [string, V]> {
  private static readonly nothing = new PersistentMap<never>(0, undefined);

  private constructor(
    readonly size: number,
    private readonly root: Node<V> | undefined,
  ) {}

  static empty<V>(): PersistentMap<V> {
    return PersistentMap.nothing;
  }

  get(key: string): V | undefined {
    let node = this.root;
    for (let level = 0, hash = 0; node; level++, hash >>>= BITS) {
      if (level % LEVELS === 0) hash = hashOf(key, level);
      const bit = 1 << (hash & MASK);
      if (node.entries & bit) {
        const at = 2 * countBelow(node.entries, bit);
        return node.slots[at] === key ? (node.slots[at + 1] as V) : undefined;
      }
      if (!(node.children & bit)) return undefined;
      node = node.slots[childSlot(node, bit)] as Node<V>;
    }
    return undefined;
  }

  set(key: string, value: V): PersistentMap<V> {
    const grown = { by: 0 };
    const root = withEntry(this.root ?? NO_ENTRIES, 0, hashOf(key, 0), key, value, grown);
    return new PersistentMap(this.size + grown.by, root);
  }

  *[Symbol.iterator](): Generator<readonly [string, V]> {
    if (this.root) yield* entriesOf(this.root);
  }

  /**
   * The keys whose values differ from those of another map, or that only one of the two has. What both share is passed over:
   * O(k log n) for k keys that differ, where one map was made of the other.
   */
  *keysUnlike(other: PersistentMap<V>): Generator<string> {
    for (const key of unlike(this.root, other.root)) if (this.get(key) !== other.get(key)) yield key;
  }
}

/**
 * The array holds entries first (key, value, key, value), then child nodes. Each bitmap tells which branches
 * they belong to.
 */
interface Node<_V> {
  readonly entries: number;
  readonly children: number;
  readonly slots: readonly unknown[];
}

const NO_ENTRIES: Node<never> = { entries: 0, children: 0, slots: [] };

function withEntry<V>(
  node: Node<V>,
  level: number,
  hash: number,
  key: string,
  value: V,
  grown: { by: number },
): Node<V> {
  const bit = 1 << (hash & MASK);
  const { entries, children, slots } = node;
  if (children & bit) {
    const at = childSlot(node, bit);
    const child = withEntry(slots[at] as Node<V>, level + 1, nextHash(hash, level, key), key, value, grown);
    return { entries, children, slots: withSlot(slots, at, child) };
  }
  const at = 2 * countBelow(entries, bit);
  if (!(entries & bit)) {
    grown.by = 1;
    return { entries: entries | bit, children, slots: spliced(slots, at, 0, [key, value]) };
  }
  const other = slots[at] as string;
  if (other === key) return { entries, children, slots: withSlot(slots, at + 1, value) };
  // Two keys share this branch, so both move one level down.
  const below = level + 1;
  const before = { entries: entries & ~bit, children: children | bit, slots: spliced(slots, at, 2, []) };
  const apart = withEntry(
    NO_ENTRIES as Node<V>,
    below,
    hashAt(other, below),
    other,
    slots[at + 1] as V,
    grown,
  );
  const child = withEntry(apart, below, nextHash(hash, level, key), key, value, grown);
  grown.by = 1;
  return { ...before, slots: spliced(before.slots, childSlot(before, bit), 0, [child]) };
}

function* entriesOf<V>({ entries, slots }: Node<V>): Generator<readonly [string, V]> {
  const end = 2 * count(entries);
  for (let at = 0; at < end; at += 2) yield [slots[at] as string, slots[at + 1] as V];
  for (let at = end; at < slots.length; at++) yield* entriesOf(slots[at] as Node<V>);
}

/** The keys of two nodes of one place in two maps, but for what is the same object in both. Each once. */
function* unlike<V>(a: Node<V> | undefined, b: Node<V> | undefined): Generator<string> {
  if (a === b) return;
  const keys = new Set<string>();
  for (let bit = 1, index = 0; index <= MASK; index++, bit <<= 1) {
    const [inA, inB] = [a && at(a, bit), b && at(b, bit)];
    if (inA?.child && inB?.child) yield* unlike(inA.child, inB.child);
    else
      for (const each of [inA, inB]) {
        if (each?.key !== undefined) keys.add(each.key);
        if (each?.child) for (const [key] of entriesOf(each.child)) keys.add(key);
      }
  }
  yield* keys;
}

/** What a node has on a branch. */
function at<V>(node: Node<V>, bit: number): { readonly key?: string; readonly child?: Node<V> } | undefined {
  if (node.entries & bit) return { key: node.slots[2 * countBelow(node.entries, bit)] as string };
  return node.children & bit ? { child: node.slots[childSlot(node, bit)] as Node<V> } : undefined;
}

function childSlot<V>({ entries, children }: Node<V>, bit: number): number {
  return 2 * count(entries) + countBelow(children, bit);
}

function withSlot(slots: readonly unknown[], at: number, value: unknown): unknown[] {
  const copy = slots.slice();
  copy[at] = value;
  return copy;
}

/** An exactly sized copy. */
function spliced(
  slots: readonly unknown[],
  at: number,
  removed: number,
  added: readonly unknown[],
): unknown[] {
  const copy = new Array<unknown>(slots.length - removed + added.length);
  for (let index = 0; index < at; index++) copy[index] = slots[index];
  for (let index = 0; index < added.length; index++) copy[at + index] = added[index];
  for (let index = at + removed; index < slots.length; index++)
    copy[index - removed + added.length] = slots[index];
  return copy;
}

function nextHash(hash: number, level: number, key: string): number {
  return (level + 1) % LEVELS === 0 ? hashOf(key, level + 1) : hash >>> BITS;
}

/** The hash of a key at a level, as `nextHash` computes it. */
function hashAt(key: string, level: number): number {
  return hashOf(key, level - (level % LEVELS)) >>> (BITS * (level % LEVELS));
}

/**
 * FNV-1a with a final mix. Every six levels use another seed, so that keys with equal hashes are separated at
 * the next seed.
 */
function hashOf(key: string, level: number): number {
  let hash = 0x811c9dc5 ^ Math.imul(level, 0x9e3779b1);
  for (let index = 0; index < key.length; index++) hash = Math.imul(hash ^ key.charCodeAt(index), 0x01000193);
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d);
  return (hash ^ (hash >>> 12)) >>> 0;
}

function countBelow(bits: number, bit: number): number {
  return count(bits & (bit - 1));
}

/** The number of set bits. */
function count(bits: number): number {
  let left = bits - ((bits >>> 1) & 0x55555555);
  left = (left & 0x33333333) + ((left >>> 2) & 0x33333333);
  return Math.imul((left + (left >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}
