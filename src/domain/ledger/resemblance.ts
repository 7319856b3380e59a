/**
 * Levenshtein distance: the number of inserted, deleted or replaced letters between two texts. O(length²).
 */
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

/** The lower-case letters and digits of a name, used for comparison. */
export const lettersOf = (text: string): string => text.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '');
/** Shorter texts are similar by chance. */
export const SHORTEST = 5;
const LONGEST = 60;

/**
 * Whether a name may be a typing error of another one. For models and brands, only the letters after the last
 * hyphen may differ.
 */
export function isSlipOf(a: string, b: string): boolean {
  const [one, other] = [a, b].map((name) => lettersOf(name.slice(name.lastIndexOf('-') + 1)));
  const [before, after] = [a, b].map((name) => name.slice(0, name.lastIndexOf('-') + 1));
  if (one === undefined || other === undefined || one === other || before !== after) return false;
  return Math.min(one.length, other.length) >= SHORTEST && editDistance(one, other) <= 1;
}

/**
 * Whether two different names may mean the same thing: by a typing error, or because one nearly begins with
 * the other. A name with additional words is intentionally different: Magna, and Magna Steyr.
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

/** The known text nearest to another one; undefined if none is near. */
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
