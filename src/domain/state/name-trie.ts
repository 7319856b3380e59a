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

  /** The names near to a spelling, the nearest way first. It may give some that are a little farther; whoever asks looks again. */
  *near(letters: readonly string[], reach: Reach): Generator<string> {
    const row = Array.from({ length: letters.length + 1 }, (_, index) => index);
    yield* nearIn(this.root, letters, reach, row, 0);
  }
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
function* nearIn(
  node: Node,
  wanted: readonly string[],
  reach: Reach,
  row: readonly number[],
  depth: number,
): Generator<string> {
  const whole = row[wanted.length] ?? Infinity;
  const begins = reach.beginnings && (row[Math.min(depth, wanted.length)] ?? Infinity) <= 1;
  if (whole <= reach.edits || begins) for (const { name } of node.names) yield name;
  // All that is below begins like what is wanted.
  if (begins && depth >= wanted.length) {
    for (const each of node.nodes) yield* namesIn(each);
    return;
  }
  const same = wanted[depth];
  const first = same === undefined ? -1 : node.letters.indexOf(same);
  const at = node.nodes[first];
  if (at && same !== undefined) yield* further(at, same, wanted, reach, row, depth);
  for (const [index, letter] of node.letters.entries()) {
    const below = node.nodes[index];
    if (index !== first && below) yield* further(below, letter, wanted, reach, row, depth);
  }
}

function* further(
  node: Node,
  letter: string,
  wanted: readonly string[],
  reach: Reach,
  row: readonly number[],
  depth: number,
): Generator<string> {
  const next = [depth + 1];
  let least = depth + 1;
  for (const [index, other] of wanted.entries()) {
    const edits = Math.min(
      (next[index] ?? 0) + 1,
      (row[index + 1] ?? 0) + 1,
      (row[index] ?? 0) + (letter === other ? 0 : 1),
    );
    next.push(edits);
    if (edits < least) least = edits;
  }
  if (least <= reach.edits) yield* nearIn(node, wanted, reach, next, depth + 1);
}

function* namesIn({ names, nodes }: Node): Generator<string> {
  for (const { name } of names) yield name;
  for (const each of nodes) yield* namesIn(each);
}
