import { FOUND_KINDS, type FoundKind } from '../../domain/search/found-kinds.js';
import { rankOf, holdsAll } from '../../domain/search/wanted-words.js';

/** Something that has a name, and where it is told of. */
export interface FoundName {
  readonly kind: FoundKind;
  readonly name: string;
  /** What it is, in a few words. */
  readonly about?: string;
  readonly automaker?: string;
  readonly target?: string;
  readonly market?: string;
  readonly company?: string;
  /** The event that tells of it. */
  readonly event?: string;
}

/** So many of each kind are told, those that fit best. */
const MOST_OF_A_KIND = 20;

interface Ranked {
  readonly found: FoundName;
  readonly rank: number;
}

/** Takes names that fit, and keeps the best of each kind. */
export class FoundNames {
  private readonly kept = new Map<FoundKind, Ranked[]>();

  constructor(private readonly words: readonly string[]) {}

  /** Takes it where its name and the texts beside it hold all words. */
  offer(found: FoundName, beside: readonly string[] = []): void {
    if (!holdsAll([found.name, ...beside], this.words)) return;
    const ranked = this.kept.get(found.kind) ?? [];
    ranked.push({ found, rank: rankOf(found.name, this.words) });
    if (ranked.length >= 2 * MOST_OF_A_KIND) this.kept.set(found.kind, best(ranked));
    else this.kept.set(found.kind, ranked);
  }

  /** By kind, then by how well the name fits. */
  all(): FoundName[] {
    return FOUND_KINDS.flatMap((kind) => best(this.kept.get(kind) ?? []).map(({ found }) => found));
  }
}

const best = (ranked: readonly Ranked[]): Ranked[] =>
  [...ranked]
    .sort((a, b) => a.rank - b.rank || (a.found.name < b.found.name ? -1 : 1))
    .slice(0, MOST_OF_A_KIND);
