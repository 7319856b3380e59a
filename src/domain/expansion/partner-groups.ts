import type { Automaker } from '../state/automaker.js';
import { identityOf } from '../ledger/text.js';

/** Tells under which name a partner counts. */
export interface PartnerGroups {
  readonly of: (partner: string) => string;
}

/**
 * The partners of an automaker by group: a partner whose name holds the whole name of another one, as "Leapmotor
 * International (Stellantis)" holds "Stellantis", counts as that one. Of several the shortest.
 */
export function partnerGroups({ partnerships, markets, sites }: Automaker): PartnerGroups {
  const names = [
    ...partnerships.map(({ partner }) => partner),
    ...markets.flatMap(({ stays }) => stays.flatMap(({ partner }) => partner ?? [])),
    ...sites.flatMap(({ partner }) => partner ?? []),
  ];
  const known = [...new Map(names.map((name) => [identityOf(name), name])).values()]
    .map((name) => ({ name, words: wordsOf(name) }))
    .filter(({ words }) => words.length > 0)
    .sort((a, b) => a.words.length - b.words.length || (a.name < b.name ? -1 : 1));
  return {
    of: (partner) => {
      const words = wordsOf(partner);
      return known.find((other) => holds(words, other.words))?.name ?? partner;
    },
  };
}

const wordsOf = (name: string): readonly string[] =>
  name
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');

/** Whether some words hold others one after the other. */
const holds = (words: readonly string[], others: readonly string[]): boolean =>
  words.some((_, start) => others.every((word, index) => words[start + index] === word));
