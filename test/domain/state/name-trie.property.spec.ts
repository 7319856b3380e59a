import fc from 'fast-check';
import { NameTrie, type Reach } from '../../../src/domain/state/name-trie.js';

/** The least number of letters to put in, leave out or replace (Wagner & Fischer 1974). */
function editsBetween(one: string, other: string): number {
  let above = Array.from({ length: other.length + 1 }, (_, column) => column);
  for (const letter of one) {
    const row = [(above[0] ?? 0) + 1];
    for (const [column, each] of [...other].entries())
      row.push(
        Math.min(
          (above[column] ?? 0) + (letter === each ? 0 : 1),
          (above[column + 1] ?? 0) + 1,
          (row[column] ?? 0) + 1,
        ),
      );
    above = row;
  }
  return above.at(-1) ?? 0;
}

/** Whether the longer one begins with as many letters as the shorter one has, but for one edit. */
function begins(one: string, other: string): boolean {
  const length = Math.min(one.length, other.length);
  return editsBetween(one.slice(0, length), other.slice(0, length)) <= 1;
}

const isSimilar = ({ edits, beginnings }: Reach, known: string, wanted: string): boolean =>
  editsBetween(known, wanted) <= edits || (beginnings && begins(known, wanted));

// Few letters make a tree with many branches at each depth, in which every edit leads to other names.
const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), minLength: 1, maxLength: 9 });
const REACHES: readonly Reach[] = [
  { edits: 0, beginnings: false },
  { edits: 1, beginnings: false },
  { edits: 2, beginnings: false },
  { edits: 2, beginnings: true },
];

it.each(REACHES)('finds a name within %j exactly where a look at all names finds one', (reach) => {
  fc.assert(
    fc.property(fc.uniqueArray(word, { maxLength: 60, size: 'max' }), word, (names, wanted) => {
      let trie = NameTrie.empty;
      for (const name of names) trie = trie.with(name, name);
      const similar = names.filter((name) => isSimilar(reach, name, wanted));
      const found = trie.near(wanted, reach, (name) => isSimilar(reach, name, wanted));
      if (similar.length === 0) expect(found).toBeUndefined();
      else expect(similar).toContain(found);
    }),
    { numRuns: 1500 },
  );
});
