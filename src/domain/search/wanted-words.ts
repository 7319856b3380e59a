import { identityOf } from '../ledger/text.js';

/** So many words of a question are looked at. */
const MOST_WORDS = 8;

const QUOTED_OR_WORD = /"([^"]+)"|(\S+)/g;
const MARKS = /\p{Mark}/gu;
/** What is written without blanks between words says something in a single sign. */
const SAYS_MUCH = /\p{Script=Han}|\p{Script=Hiragana}|\p{Script=Katakana}|\p{Script=Hangul}/u;

/** A text as search compares it: without case, accents and odd blanks. */
export const asSearched = (text: string): string =>
  identityOf(text).normalize('NFD').replace(MARKS, '').normalize('NFC');

/**
 * The words of a question, each of which has to be found; what stands in quotation marks is one. A single letter or digit
 * is in every text and left out, unless it is a sign that says something alone.
 */
export function wantedWords(question: string): string[] {
  const words = [...question.matchAll(QUOTED_OR_WORD)]
    .map(([, quoted, word]) => asSearched(quoted ?? word ?? ''))
    .map((word) => word.replace(/^"+|"+$/g, '').trim())
    .filter((word) => [...word].length > 1 || SAYS_MUCH.test(word));
  return [...new Set(words)].slice(0, MOST_WORDS);
}

/** Whether some texts hold all words between them, wherever in a text they stand. */
export function holdsAll(texts: readonly string[], words: readonly string[]): boolean {
  const searched = texts.map(asSearched);
  return words.every((word) => searched.some((text) => text.includes(word)));
}

/** How well a name fits, best first: it is what is wanted, begins with it, holds it, or something beside it does. */
export function rankOf(name: string, words: readonly string[]): number {
  const searched = asSearched(name);
  const wanted = words.join(' ');
  if (searched === wanted) return 0;
  if (searched.startsWith(wanted)) return 1;
  return words.every((word) => searched.includes(word)) ? 2 : 3;
}
