/** How many letters have to be put in, left out or exchanged to make one text of another. O(length²). */
function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (const [row, letter] of [...a].entries()) {
    const current = [row + 1];
    for (const [column, other] of [...b].entries())
      current.push(
        Math.min(
          (current[column] ?? 0) + 1,
          (previous[column + 1] ?? 0) + 1,
          (previous[column] ?? 0) + (letter === other ? 0 : 1),
        ),
      );
    previous = current;
  }
  return previous[b.length] ?? 0;
}

/** The letters and digits of a name, small: what names are compared by. */
export const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
/** Shorter texts resemble each other by chance. */
export const SHORTEST = 5;
const LONGEST = 60;

/** Whether a name may be a slip of the keyboard of another one. Of models and brands, the letters after the last hyphen tell. */
export function isSlipOf(a: string, b: string): boolean {
  const [one, other] = [a, b].map((name) => lettersOf(name.slice(name.lastIndexOf('-') + 1)));
  const [before, after] = [a, b].map((name) => name.slice(0, name.lastIndexOf('-') + 1));
  if (one === undefined || other === undefined || one === other || before !== after) return false;
  return Math.min(one.length, other.length) >= SHORTEST && editDistance(one, other) <= 1;
}

/**
 * Whether two names that are not the same may be meant for one thing: a slip of the keyboard, or one nearly begins the
 * other. One that is the other with more words is another thing by intent: Magna, and Magna Steyr.
 */
export function resembles(a: string, b: string): boolean {
  const [shorter, longer] = a.length < b.length ? [a, b] : [b, a];
  if (longer.toLowerCase().startsWith(`${shorter.toLowerCase()} `)) return false;
  const [one, other] = [lettersOf(a).slice(0, LONGEST), lettersOf(b).slice(0, LONGEST)];
  if (one === other) return a !== b;
  const length = Math.min(one.length, other.length);
  if (length < SHORTEST) return false;
  if (editDistance(one.slice(0, length), other.slice(0, length)) <= 1) return true;
  return length > SHORTEST && editDistance(one, other) <= 2;
}

/** The one of some known texts that comes nearest to another one; undefined where none is near. */
export function nearest(text: string, known: readonly string[]): string | undefined {
  const given = lettersOf(text).slice(0, LONGEST);
  if (given === '') return undefined;
  let best: { readonly text: string; readonly distance: number } | undefined;
  for (const each of known) {
    const distance = editDistance(given, lettersOf(each));
    if (distance <= Math.max(1, Math.floor(given.length / 3)) && distance < (best?.distance ?? Infinity))
      best = { text: each, distance };
  }
  return best?.text;
}
