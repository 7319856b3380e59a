import { identityOf } from '../ledger/text.js';

/** Only this many words of a search are used. */
const MOST_WORDS = 8;

const QUOTED_OR_WORD = /"([^"]+)"|(\S+)/g;
const MARKS = /\p{Mark}/gu;
/** Scripts in which a single character can be meaningful. */
const SAYS_MUCH = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

/** Normalizes a text for comparison: ignores case, accents and irregular spaces. */
export const asSearched = (text: string): string =>
  identityOf(text).normalize('NFD').replace(MARKS, '').normalize('NFC');

/**
 * The words of a search, all of which must be found. A quoted phrase counts as one word. A single letter or
 * digit occurs in every text and is ignored, unless its script makes it meaningful.
 */
export function wantedWords(question: string): string[] {
  const words = [...question.matchAll(QUOTED_OR_WORD)]
    .map(([, quoted, word]) => asSearched(quoted ?? word ?? ''))
    .map((word) => word.replace(/^"+|"+$/g, '').trim())
    .filter((word) => [...word].length > 1 || SAYS_MUCH.test(word));
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** Whether every word occurs in at least one of the texts. */
export function holdsAll(texts: readonly string[], words: readonly string[]): boolean {
  const searched = texts.map(asSearched);
  return words.every((word) => searched.some((text) => text.includes(word)));
}

/**
 * How well a name in search form matches, best first: 0 if equal, 1 if it begins with the words, 2 if it
 * contains them all, 3 if some match only elsewhere.
 */
export function rankOf(searched: string, words: readonly string[]): number {
  const wanted = words.join(' ');
  if (searched === wanted) return 0;
  if (searched.startsWith(wanted)) return 1;
  return words.every((word) => searched.includes(word)) ? 2 : 3;
}
