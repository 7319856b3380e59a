/** A name as it is compared: names of different families never resemble each other. */
export interface Spelling {
  readonly family: string;
  readonly letters: readonly string[];
}

interface Named {
  readonly name: string;
  /** So many times it was put in. */
  readonly count: number;
}

interface Node {
  /** The letters that go on from here, each with the node of the same index. */
  readonly letters: readonly string[];
  readonly nodes: readonly Node[];
  readonly names: readonly Named[];
}

const LEAF: Node = { letters: [], nodes: [], names: [] };

/** How far a name may be from another one. */
export interface Reach {
  /** So many letters may be put in, left out or exchanged. */
  readonly edits: number;
  /** Whether a name that begins like the other one, but for one letter, is near as well. */
  readonly beginnings: boolean;
}

/**
 * Names by their letters, to find those that are spelled nearly like another one without a look at all of them. Never
 * changes: `with` and `without` answer a new trie at O(length). A search follows the letters that can still lead to
 * something near (Oflazer 1996), the very same ones first.
 */
export class NameTrie {
  static readonly empty = new NameTrie(LEAF);

  private constructor(private readonly root: Node) {}

  with(letters: readonly string[], name: string): NameTrie {
    return new NameTrie(counted(this.root, letters, 0, name, 1));
  }

  /** The trie with a name put in once less. */
  without(letters: readonly string[], name: string): NameTrie {
    return new NameTrie(counted(this.root, letters, 0, name, -1));
  }

  /**
   * The first name that is accepted of those near to a spelling, the nearest way first. Some that are a little farther are
   * offered as well: whoever accepts looks again.
   */
  near(letters: readonly string[], reach: Reach, accepts: (name: string) => boolean): string | undefined {
    const row = Array.from({ length: letters.length + 1 }, (_, index) => index);
    return nearIn(this.root, { letters, reach, accepts }, row, 0);
  }
}

interface Wanted {
  readonly letters: readonly string[];
  readonly reach: Reach;
  readonly accepts: (name: string) => boolean;
}

function counted(node: Node, letters: readonly string[], at: number, name: string, by: 1 | -1): Node {
  const letter = letters[at];
  if (letter === undefined) return { ...node, names: countedNames(node.names, name, by) };
  const index = node.letters.indexOf(letter);
  const below = counted(node.nodes[index] ?? LEAF, letters, at + 1, name, by);
  if (index < 0) return { ...node, letters: [...node.letters, letter], nodes: [...node.nodes, below] };
  if (below.nodes.length === 0 && below.names.length === 0)
    return { ...node, letters: node.letters.toSpliced(index, 1), nodes: node.nodes.toSpliced(index, 1) };
  return { ...node, nodes: node.nodes.with(index, below) };
}

function countedNames(names: readonly Named[], name: string, by: 1 | -1): readonly Named[] {
  const index = names.findIndex((each) => each.name === name);
  const count = (names[index]?.count ?? 0) + by;
  if (index < 0) return count > 0 ? [...names, { name, count }] : names;
  return count > 0 ? names.with(index, { name, count }) : names.toSpliced(index, 1);
}

/** `row` holds the edits from what leads to the node to each beginning of the letters that are looked for. */
function nearIn(node: Node, wanted: Wanted, row: readonly number[], depth: number): string | undefined {
  const { letters, reach } = wanted;
  const whole = row[letters.length] ?? Infinity;
  const begins = reach.beginnings && (row[Math.min(depth, letters.length)] ?? Infinity) <= 1;
  if (whole <= reach.edits || begins) {
    const found = acceptedOf(node, wanted);
    if (found !== undefined) return found;
  }
  // All that is below begins like what is wanted.
  if (begins && depth >= letters.length) return acceptedBelow(node, wanted);
  const same = letters[depth];
  const first = same === undefined ? -1 : node.letters.indexOf(same);
  if (first >= 0) {
    const found = further(node, first, wanted, row, depth);
    if (found !== undefined) return found;
  }
  for (let index = 0; index < node.letters.length; index++) {
    if (index === first) continue;
    const found = further(node, index, wanted, row, depth);
    if (found !== undefined) return found;
  }
  return undefined;
}

function further(
  { letters, nodes }: Node,
  index: number,
  wanted: Wanted,
  row: readonly number[],
  depth: number,
): string | undefined {
  const [letter, node] = [letters[index], nodes[index]];
  if (node === undefined) return undefined;
  const length = wanted.letters.length;
  const next = new Array<number>(length + 1);
  next[0] = depth + 1;
  let [before, least] = [depth + 1, depth + 1];
  for (let column = 0; column < length; column++) {
    const exchanged = (row[column] ?? 0) + (letter === wanted.letters[column] ? 0 : 1);
    before = Math.min(before + 1, (row[column + 1] ?? 0) + 1, exchanged);
    next[column + 1] = before;
    if (before < least) least = before;
  }
  return least <= wanted.reach.edits ? nearIn(node, wanted, next, depth + 1) : undefined;
}

function acceptedOf({ names }: Node, { accepts }: Wanted): string | undefined {
  return names.find(({ name }) => accepts(name))?.name;
}

function acceptedBelow({ nodes }: Node, wanted: Wanted): string | undefined {
  for (const node of nodes) {
    const found = acceptedOf(node, wanted) ?? acceptedBelow(node, wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}
