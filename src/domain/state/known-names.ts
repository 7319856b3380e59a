import { Beside } from './beside.js';
import { identityOf } from '../ledger/text.js';
import { brandsIn } from '../measures/brands-together.js';
import { isSlipOf, lettersOf, resembles, SHORTEST } from '../ledger/resemblance.js';
import { NameTrie, type Reach, type Spelling } from './name-trie.js';
import { PersistentMap } from './persistent-map.js';
import type { EffectiveEvent } from './records.js';
import type { StreamState } from './stream-state.js';

/** Fields in events of an automaker that contain names. */
const NAMED = ['entity', 'partner', 'site'] as const;
type Named = (typeof NAMED)[number];

interface Likeness {
  readonly spelling: (name: string) => Spelling;
  readonly isLike: (known: string, name: string) => boolean;
  readonly reach: Reach;
}

/** Short names are similar only if their letters are equal. */
const SAME_LETTERS: Reach = { edits: 0, beginnings: false };
/** Longer names are compared by their beginnings. */
const LONGEST = 60;
/** Characters of two UTF-16 units. They are rare in names. */
const PAIRS = /[\ud800-\udbff][\udc00-\udfff]/g;
/**
 * Maps a character of two units to one private-use unit. When two characters collide, the search also offers
 * less similar names.
 */
const inOneUnit = (pair: string): string =>
  String.fromCharCode(0xe000 + ((pair.codePointAt(0) ?? 0) % 0x1000));
const comparedLetters = (name: string): string => lettersOf(name).slice(0, LONGEST).replace(PAIRS, inOneUnit);
const WHOLE_NAMES: Likeness = {
  spelling: (name) => ({ family: '', letters: comparedLetters(name) }),
  isLike: resembles,
  reach: { edits: 2, beginnings: true },
};

/**
 * How names of each kind are compared. For models and brands, only the letters after the last hyphen may
 * differ.
 */
const LIKENESSES: Readonly<Record<Named, Likeness>> = {
  entity: {
    spelling: (name) => {
      const end = name.lastIndexOf('-') + 1;
      return { family: name.slice(0, end), letters: comparedLetters(name.slice(end)) };
    },
    isLike: isSlipOf,
    reach: { edits: 1, beginnings: false },
  },
  partner: WHOLE_NAMES,
  site: WHOLE_NAMES,
};

/**
 * The names of one kind in the effective events of a stream. Immutable: adding a name costs O(its length).
 */
class KnownNames {
  private constructor(
    private readonly likeness: Likeness,
    /** How many events contain each name, by the name's identity. */
    private readonly said: PersistentMap<number>,
    private readonly families: PersistentMap<NameTrie>,
  ) {}

  static empty(likeness: Likeness): KnownNames {
    return new KnownNames(likeness, PersistentMap.empty(), PersistentMap.empty());
  }

  with(name: string): KnownNames {
    return this.counted(name, 1);
  }

  without(name: string): KnownNames {
    return this.counted(name, -1);
  }

  /** A known name similar to an unknown one. */
  like(name: string): string | undefined {
    if ((this.said.get(identityOf(name)) ?? 0) > 0) return undefined;
    const { spelling, isLike, reach } = this.likeness;
    const { family, letters } = spelling(name);
    const within = letters.length < SHORTEST ? SAME_LETTERS : reach;
    return this.families.get(family)?.near(letters, within, (known) => isLike(known, name));
  }

  private counted(name: string, by: 1 | -1): KnownNames {
    const identity = identityOf(name);
    const { family, letters } = this.likeness.spelling(name);
    const trie = this.families.get(family) ?? NameTrie.empty;
    return new KnownNames(
      this.likeness,
      this.said.set(identity, (this.said.get(identity) ?? 0) + by),
      this.families.set(family, by > 0 ? trie.with(letters, name) : trie.without(letters, name)),
    );
  }
}

type NamesOfStream = Readonly<Record<Named, KnownNames>>;

const NO_NAMES: NamesOfStream = {
  entity: KnownNames.empty(LIKENESSES.entity),
  partner: KnownNames.empty(LIKENESSES.partner),
  site: KnownNames.empty(LIKENESSES.site),
};

const NAMES = new Beside<StreamState['log'], NamesOfStream>();

/**
 * A name in effective events that is similar to the given name, if no event contains the given name itself.
 * O(n) for the first call on a state; `evolve` updates the names for the following states.
 */
export function knownNameLike(state: StreamState, kind: Named, name: string): string | undefined {
  return namesOf(state)[kind].like(name);
}

const namesOf = (state: StreamState): NamesOfStream =>
  NAMES.of(state.log, () => {
    let names = NO_NAMES;
    for (const event of state.effectiveEvents()) names = moved(names, event, 1);
    return names;
  });

/** Updates the names for the next state, if the names of the previous state were ever requested. */
export function keepKnownNames(
  before: StreamState,
  after: StreamState,
  saidBefore: EffectiveEvent | undefined,
  saidAfter: EffectiveEvent | undefined,
): void {
  const names = NAMES.get(before.log);
  if (!names) return;
  const left = saidBefore ? moved(names, saidBefore, -1) : names;
  NAMES.set(after.log, saidAfter ? moved(left, saidAfter, 1) : left);
}

function moved(names: NamesOfStream, { data }: EffectiveEvent, by: 1 | -1): NamesOfStream {
  let result = names;
  for (const kind of NAMED) {
    const name = (data as { readonly [K in Named]?: unknown })[kind];
    if (typeof name !== 'string') continue;
    for (const each of kind === 'entity' ? brandsIn(name) : [name]) {
      const known = result[kind];
      result = { ...result, [kind]: by > 0 ? known.with(each) : known.without(each) };
    }
  }
  return result;
}
