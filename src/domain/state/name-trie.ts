/** A name in the form used for comparison. Names of different families are never similar. */
export interface Spelling {
  readonly family: string;
  /** Each letter is one UTF-16 unit. */
  readonly letters: string;
}

interface Named {
  readonly name: string;
  /** How often the name was added. */
  readonly count: number;
}

interface Node {
  /** The letters on the edge from the parent node. The labels of siblings begin with different letters. */
  readonly label: string;
  readonly nodes: readonly Node[];
  readonly names: readonly Named[];
  /** The letters of all names at and below the node, as bits. */
  readonly letters: number;
  /** The length of the shortest of them. */
  readonly shortest: number;
}

const NO_NODES: readonly Node[] = [];
const NO_NAMES: readonly Named[] = [];
/** Longer than any name. */
const LONG = 1000;
const ROOT: Node = { label: '', nodes: NO_NODES, names: NO_NAMES, letters: 0, shortest: LONG };

/** The maximum difference between similar names. */
export interface Reach {
  /** Maximum number of inserted, deleted or replaced letters. */
  readonly edits: number;
  /** Whether a name also counts as similar when one of the two begins with the other, allowing one edit. */
  readonly beginnings: boolean;
}

/**
 * An immutable index of names by their letters. It finds similarly spelled names without checking every name.
 * `with` and `without` return a new trie in O(length). Chains of letters without a branch share one node
 * (Morrison 1968), so that a name takes about as much memory as its letters. A search follows only letters
 * that can still lead to a similar name (Oflazer 1996), starting with equal letters, and enters no node whose
 * names lack too many of the wanted letters.
 */
export class NameTrie {
  static readonly empty = new NameTrie(ROOT);

  private constructor(private readonly root: Node) {}

  with(letters: string, name: string): NameTrie {
    return new NameTrie(added(this.root, letters, lettersIn(letters), 0, name));
  }

  /** The trie with a name removed once. */
  without(letters: string, name: string): NameTrie {
    return new NameTrie(taken(this.root, letters, 0, name) ?? ROOT);
  }

  /**
   * The first similar name that `accepts` accepts, nearest paths first. The search also offers a few less
   * similar names, so `accepts` must check again.
   */
  near(letters: string, reach: Reach, accepts: (name: string) => boolean): string | undefined {
    return new Search(letters, reach, accepts).at(this.root, 0);
  }
}

/** `bits` are those of all letters of the name. */
function added(node: Node, letters: string, bits: number, at: number, name: string): Node {
  const { label, nodes, names } = node;
  const below = { letters: node.letters | bits, shortest: Math.min(node.shortest, letters.length) };
  if (at === letters.length) return { label, nodes, names: countedNames(names, name, 1), ...below };
  const index = childOf(node, letters[at]);
  const child = nodes[index];
  if (!child) {
    const leaf: Node = {
      label: letters.slice(at),
      nodes: NO_NODES,
      names: [{ name, count: 1 }],
      letters: bits,
      shortest: letters.length,
    };
    return { label, nodes: [...nodes, leaf], names, ...below };
  }
  const shared = sharedBy(child.label, letters, at);
  const split = shared === child.label.length ? child : splitAt(child, shared);
  return { label, nodes: nodes.with(index, added(split, letters, bits, at + shared, name)), names, ...below };
}

/** A node with a name removed once; undefined if nothing remains. */
function taken(node: Node, letters: string, at: number, name: string): Node | undefined {
  const { label, nodes, names } = node;
  const path = letters.slice(0, at);
  if (at === letters.length) return joined(nodeOf(label, path, nodes, countedNames(names, name, -1)));
  const index = childOf(node, letters[at]);
  const child = nodes[index];
  if (!child || !letters.startsWith(child.label, at)) return node;
  const left = taken(child, letters, at + child.label.length, name);
  return joined(nodeOf(label, path, left ? nodes.with(index, left) : nodes.toSpliced(index, 1), names));
}

/** A node at the end of a path, with what is at and below it worked out. */
function nodeOf(label: string, path: string, nodes: readonly Node[], names: readonly Named[]): Node {
  const isName = names.length > 0;
  return {
    label,
    nodes,
    names,
    letters: nodes.reduce((bits, node) => bits | node.letters, isName ? lettersIn(path) : 0),
    shortest: nodes.reduce((length, node) => Math.min(length, node.shortest), isName ? path.length : LONG),
  };
}

/** Normalizes a node: removes it if it has no names below it, and merges it with its only child. */
function joined(node: Node): Node | undefined {
  if (node.names.length > 0) return node;
  const [only, ...others] = node.nodes;
  if (!only) return undefined;
  const isRoot = node.label === '';
  return others.length > 0 || isRoot ? node : { ...only, label: node.label + only.label };
}

function splitAt(node: Node, length: number): Node {
  const { label, letters, shortest } = node;
  const below = { ...node, label: label.slice(length) };
  return { label: label.slice(0, length), nodes: [below], names: NO_NAMES, letters, shortest };
}

/** One bit for each letter. Two letters may share one, so a letter that is missing may not be noticed. */
function lettersIn(text: string): number {
  let bits = 0;
  // A shift counts modulo 32.
  for (let index = 0; index < text.length; index++) bits |= 1 << text.charCodeAt(index);
  return bits;
}

/** How many bits are set (Warren, Hacker's Delight, 5-1). */
function bitsIn(bits: number): number {
  const pairs = bits - ((bits >>> 1) & 0x55555555);
  const fours = (pairs & 0x33333333) + ((pairs >>> 2) & 0x33333333);
  return Math.imul((fours + (fours >>> 4)) & 0x0f0f0f0f, 0x01010101) >>> 24;
}

function childOf({ nodes }: Node, letter: string | undefined): number {
  for (let index = 0; index < nodes.length; index++) if (nodes[index]?.label[0] === letter) return index;
  return -1;
}

/** The length of the common prefix of `label` and `letters` from `at`. */
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

/** More edits than any reach. */
const FAR = 100;
const ANY_LETTER = -1;

/** One search for names similar to some letters. */
class Search {
  /**
   * The edit-distance matrix, row after row. There is one row per depth: the edits between the letters on the path
   * and each prefix of the wanted letters, limited to values within reach. Each path overwrites the rows.
   */
  private readonly matrix: Uint8Array;
  private readonly width: number;
  private readonly wanted: number;

  constructor(
    private readonly letters: string,
    private readonly reach: Reach,
    private readonly accepts: (name: string) => boolean,
  ) {
    this.width = letters.length + 1;
    this.wanted = lettersIn(letters);
    this.matrix = new Uint8Array(this.width * (this.width + reach.edits));
    for (let column = 0; column < this.width; column++) this.matrix[column] = Math.min(column, FAR);
  }

  /** The first accepted name at or below a node, whose path has `depth` letters. */
  at(node: Node, depth: number): string | undefined {
    const { letters, reach } = this;
    const begins = this.begins(depth);
    if (begins || this.edits(depth, letters.length) <= reach.edits) {
      const found = this.acceptedOf(node);
      if (found !== undefined) return found;
    }
    // Everything below this node begins like the wanted letters.
    if (begins && depth >= letters.length) return this.acceptedBelow(node);
    const same = childOf(node, letters[depth]);
    const first = node.nodes[same];
    const found = first && this.through(first, depth);
    if (found !== undefined) return found;
    const after = node.nodes.length > 1 ? this.lettersAfter(depth) : ANY_LETTER;
    for (const other of node.nodes) {
      if (other === first || ((1 << other.label.charCodeAt(0)) & after) === 0) continue;
      const there = this.through(other, depth);
      if (there !== undefined) return there;
    }
    return undefined;
  }

  /** Follows the letters of a node from a depth on, while a name below can still be similar. */
  private through(node: Node, from: number): string | undefined {
    if (this.lacksTooMany(node)) return undefined;
    const { label } = node;
    for (let index = 0; index < label.length; index++) {
      const depth = from + index;
      if (index > 0 && depth >= this.letters.length && this.begins(depth)) return this.acceptedFrom(node);
      if (this.follow(label[index], depth) > this.reach.edits) return undefined;
    }
    return this.at(node, from + label.length);
  }

  /**
   * The letters that a path of a depth may go on with, as bits: any of them while an edit is left, then only those that
   * are wanted next.
   */
  private lettersAfter(depth: number): number {
    const { letters, reach, matrix, width } = this;
    const to = Math.min(letters.length, depth + reach.edits);
    let bits = 0;
    for (let column = Math.max(0, depth - reach.edits); column <= to; column++) {
      const edits = matrix[depth * width + column] ?? FAR;
      if (edits < reach.edits) return ANY_LETTER;
      if (edits === reach.edits && column < letters.length) bits |= 1 << letters.charCodeAt(column);
    }
    return bits;
  }

  /**
   * Whether every name below lacks more of the wanted letters than a similar one can: one for each edit. A name
   * that the wanted one begins with also lacks the letters after it.
   */
  private lacksTooMany({ letters, shortest }: Node): boolean {
    const { edits, beginnings } = this.reach;
    const after = beginnings ? Math.max(0, this.letters.length - shortest) + 1 : 0;
    return bitsIn(this.wanted & ~letters) > Math.max(edits, after);
  }

  /** Computes the next row and returns its minimum. */
  private follow(letter: string | undefined, depth: number): number {
    const { letters, reach, matrix, width } = this;
    const [above, here] = [depth * width, (depth + 1) * width];
    const from = Math.max(0, depth + 1 - reach.edits);
    const to = Math.min(letters.length, depth + 1 + reach.edits);
    let least = FAR;
    let putIn = FAR;
    for (let column = from; column <= to; column++) {
      const exchanged =
        column === 0 ? FAR : (matrix[above + column - 1] ?? FAR) + (letter === letters[column - 1] ? 0 : 1);
      const leftOut = column <= depth + reach.edits ? (matrix[above + column] ?? FAR) + 1 : FAR;
      const edits = Math.min(exchanged, leftOut, putIn, FAR);
      matrix[here + column] = edits;
      putIn = edits + 1;
      if (edits < least) least = edits;
    }
    return least;
  }

  /**
   * The edits between the path of a depth and the first `column` wanted letters; FAR when out of reach.
   */
  private edits(depth: number, column: number): number {
    return Math.abs(depth - column) > this.reach.edits
      ? FAR
      : (this.matrix[depth * this.width + column] ?? FAR);
  }

  /**
   * Whether the shorter one of the path and the wanted letters is a prefix of the other, allowing one edit.
   */
  private begins(depth: number): boolean {
    if (!this.reach.beginnings) return false;
    // Below the last wanted letter, only the depth matters.
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
