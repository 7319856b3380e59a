/** A name as it is compared: names of different families never resemble each other. */
export interface Spelling {
  readonly family: string;
  /** One UTF-16 unit a letter. */
  readonly letters: string;
}

interface Named {
  readonly name: string;
  /** So many times it was put in. */
  readonly count: number;
}

interface Node {
  /** The letters that lead here from the node above. Those of two nodes below one node begin with different letters. */
  readonly label: string;
  readonly nodes: readonly Node[];
  readonly names: readonly Named[];
}

const NO_NODES: readonly Node[] = [];
const NO_NAMES: readonly Named[] = [];
const ROOT: Node = { label: '', nodes: NO_NODES, names: NO_NAMES };

/** How far a name may be from another one. */
export interface Reach {
  /** So many letters may be put in, left out or exchanged. */
  readonly edits: number;
  /** Whether a name that begins like the other one, but for one letter, is near as well. */
  readonly beginnings: boolean;
}

/**
 * Names by their letters, to find those that are spelled nearly like another one without a look at all of them. Never
 * changes: `with` and `without` answer a new trie at O(length). Letters without a choice stand in one node (Morrison 1968), so
 * that a name takes about as much memory as its letters. A search follows the letters that can still lead to something near
 * (Oflazer 1996), the very same ones first.
 */
export class NameTrie {
  static readonly empty = new NameTrie(ROOT);

  private constructor(private readonly root: Node) {}

  with(letters: string, name: string): NameTrie {
    return new NameTrie(added(this.root, letters, 0, name));
  }

  /** The trie with a name put in once less. */
  without(letters: string, name: string): NameTrie {
    return new NameTrie(taken(this.root, letters, 0, name) ?? ROOT);
  }

  /**
   * The first name that is accepted of those near to a spelling, the nearest way first. Some that are a little farther are
   * offered as well: whoever accepts looks again.
   */
  near(letters: string, reach: Reach, accepts: (name: string) => boolean): string | undefined {
    return new Search(letters, reach, accepts).at(this.root, 0);
  }
}

function added(node: Node, letters: string, at: number, name: string): Node {
  const { label, nodes, names } = node;
  if (at === letters.length) return { label, nodes, names: countedNames(names, name, 1) };
  const index = childOf(node, letters[at]);
  const child = nodes[index];
  if (!child) {
    const leaf = { label: letters.slice(at), nodes: NO_NODES, names: [{ name, count: 1 }] };
    return { label, nodes: [...nodes, leaf], names };
  }
  const shared = sharedBy(child.label, letters, at);
  const split = shared === child.label.length ? child : splitAt(child, shared);
  return { label, nodes: nodes.with(index, added(split, letters, at + shared, name)), names };
}

/** A node without a name put in once; undefined where nothing is left of it. */
function taken(node: Node, letters: string, at: number, name: string): Node | undefined {
  const { label, nodes, names } = node;
  if (at === letters.length) return joined({ label, nodes, names: countedNames(names, name, -1) });
  const index = childOf(node, letters[at]);
  const child = nodes[index];
  if (!child || !letters.startsWith(child.label, at)) return node;
  const left = taken(child, letters, at + child.label.length, name);
  return joined({ label, nodes: left ? nodes.with(index, left) : nodes.toSpliced(index, 1), names });
}

/** A node as it stands in a trie: none without names below it, and one with the only one below it. */
function joined(node: Node): Node | undefined {
  if (node.names.length > 0) return node;
  const [only, ...others] = node.nodes;
  if (!only) return undefined;
  const isRoot = node.label === '';
  return others.length > 0 || isRoot ? node : { ...only, label: node.label + only.label };
}

function splitAt(node: Node, length: number): Node {
  const below = { ...node, label: node.label.slice(length) };
  return { label: node.label.slice(0, length), nodes: [below], names: NO_NAMES };
}

const childOf = ({ nodes }: Node, letter: string | undefined): number =>
  nodes.findIndex(({ label }) => label[0] === letter);

/** With how many letters two texts go on alike, the second one from some place on. */
function sharedBy(label: string, letters: string, at: number): number {
  let length = 0;
  while (length < label.length && label[length] === letters[at + length]) length++;
  return length;
}

function countedNames(names: readonly Named[], name: string, by: 1 | -1): readonly Named[] {
  const index = names.findIndex((each) => each.name === name);
  const count = (names[index]?.count ?? 0) + by;
  if (index < 0) return count > 0 ? [...names, { name, count }] : names;
  return count > 0 ? names.with(index, { name, count }) : names.toSpliced(index, 1);
}

/** One look for what is near to some letters. */
class Search {
  /**
   * The row of each depth on the way down: the edits from the letters that lead there to each beginning of those that are looked
   * for, as far as they can be within reach. A row is written anew for each way.
   */
  private readonly rows: number[][];

  constructor(
    private readonly letters: string,
    private readonly reach: Reach,
    private readonly accepts: (name: string) => boolean,
  ) {
    this.rows = [Array.from({ length: letters.length + 1 }, (_, index) => index)];
  }

  /** The first name that is accepted at or below a node, whose letters lead to this depth. */
  at(node: Node, depth: number): string | undefined {
    const { letters, reach } = this;
    const begins = this.begins(depth);
    if (begins || this.edits(depth, letters.length) <= reach.edits) {
      const found = this.acceptedOf(node);
      if (found !== undefined) return found;
    }
    // All that is below begins like what is wanted.
    if (begins && depth >= letters.length) return this.acceptedBelow(node);
    const same = childOf(node, letters[depth]);
    const first = node.nodes[same];
    const found = first && this.through(first, depth);
    if (found !== undefined) return found;
    for (const other of node.nodes) {
      if (other === first) continue;
      const there = this.through(other, depth);
      if (there !== undefined) return there;
    }
    return undefined;
  }

  /** Goes down the letters of a node, from this depth on, while something below can be near. */
  private through(node: Node, from: number): string | undefined {
    const { label } = node;
    for (let index = 0; index < label.length; index++) {
      const depth = from + index;
      if (index > 0 && depth >= this.letters.length && this.begins(depth)) return this.acceptedFrom(node);
      if (this.follow(label[index], depth) > this.reach.edits) return undefined;
    }
    return this.at(node, from + label.length);
  }

  /** Writes the row below one, and answers the least of it. */
  private follow(letter: string | undefined, depth: number): number {
    const { letters, reach } = this;
    const row = this.rows[depth] ?? [];
    const next = (this.rows[depth + 1] ??= new Array<number>(letters.length + 1));
    const from = Math.max(0, depth + 1 - reach.edits);
    const to = Math.min(letters.length, depth + 1 + reach.edits);
    let least = Infinity;
    for (let column = from; column <= to; column++) {
      const exchanged =
        column === 0 ? Infinity : (row[column - 1] ?? 0) + (letter === letters[column - 1] ? 0 : 1);
      const leftOut = column <= depth + reach.edits ? (row[column] ?? 0) + 1 : Infinity;
      const putIn = column > from ? (next[column - 1] ?? 0) + 1 : Infinity;
      const edits = Math.min(exchanged, leftOut, putIn);
      next[column] = edits;
      if (edits < least) least = edits;
    }
    return least;
  }

  /** The edits from the letters of a depth to the first so many of those that are looked for, where they can be within reach. */
  private edits(depth: number, column: number): number {
    return Math.abs(depth - column) > this.reach.edits ? Infinity : (this.rows[depth]?.[column] ?? Infinity);
  }

  /** Whether the shorter of what leads to a depth and what is looked for nearly begins the other. */
  private begins(depth: number): boolean {
    if (!this.reach.beginnings) return false;
    // Below the last letter that is looked for, this is asked of its depth alone.
    return this.edits(depth, Math.min(depth, this.letters.length)) <= 1;
  }

  private acceptedOf({ names }: Node): string | undefined {
    return names.find(({ name }) => this.accepts(name))?.name;
  }

  private acceptedBelow({ nodes }: Node): string | undefined {
    for (const node of nodes) {
      const found = this.acceptedFrom(node);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private acceptedFrom(node: Node): string | undefined {
    return this.acceptedOf(node) ?? this.acceptedBelow(node);
  }
}
