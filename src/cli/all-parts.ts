/** So many are asked for at a time. */
export const A_PART = 100;

/** A part of a list, and what to ask for the next one with. */
interface Part {
  readonly next?: string;
}

/** All items of a list that is told part by part. */
export async function allParts<P extends Part, T>(
  partAfter: (after: string | undefined) => Promise<P>,
  itemsOf: (part: P) => readonly T[],
): Promise<T[]> {
  const found: T[] = [];
  let after: string | undefined;
  do {
    const part = await partAfter(after);
    found.push(...itemsOf(part));
    after = part.next;
  } while (after !== undefined);
  return found;
}
