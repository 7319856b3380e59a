/** Page size of the requests. */
export const A_PART = 100;

/** A page of a list, and the cursor of the next page. */
interface Part {
  readonly next?: string;
}

/** Fetches all items of a paged list. */
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
