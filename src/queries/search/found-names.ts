import { FOUND_KINDS, type FoundKind } from '../../domain/search/found-kinds.js';
import { rankOf } from '../../domain/search/wanted-words.js';
import type { FoundName, NameToFind } from './names-to-find.js';

/** Upper bound on the results of each kind; the best matches are kept. */
const MOST_OF_A_KIND = 20;

interface Ranked {
  readonly found: FoundName;
  readonly rank: number;
}

/** Collects matching names and keeps the best of each kind. */
export class FoundNames {
  private readonly kept = new Map<FoundKind, Ranked[]>();

  constructor(private readonly words: readonly string[]) {}

  /** Adds it if its name and the additional texts contain all words. */
  offer({ found, searched }: NameToFind): void {
    if (!this.words.every((word) => searched.includes(word))) return;
    const ranked = this.kept.get(found.kind) ?? [];
    ranked.push({ found, rank: rankOf(searched.split('\n', 1)[0] ?? '', this.words) });
    if (ranked.length >= 2 * MOST_OF_A_KIND) this.kept.set(found.kind, best(ranked));
    else this.kept.set(found.kind, ranked);
  }

  /** Ordered by kind, then by how well the name matches. */
  all(): FoundName[] {
    return FOUND_KINDS.flatMap((kind) => best(this.kept.get(kind) ?? []).map(({ found }) => found));
  }
}

const best = (ranked: readonly Ranked[]): Ranked[] =>
  [...ranked]
    .sort((a, b) => a.rank - b.rank || (a.found.name < b.found.name ? -1 : 1))
    .slice(0, MOST_OF_A_KIND);
