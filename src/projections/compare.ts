import type { EntityManager } from 'typeorm';
import { recordsInOrder, timelineInOrder } from './views.js';

/** A row that is not the same in two sets of views. */
export interface ViewDifference {
  readonly table: 'records' | 'timeline';
  /** Names the row. */
  readonly row: string;
  /** As JSON; undefined where the row is missing. */
  readonly here?: string;
  readonly there?: string;
}

/** The rows in which two sets of views differ, at most `limit`. Reads both once, in order, page by page. */
export async function differingRows(
  here: EntityManager,
  there: EntityManager,
  limit = 100,
): Promise<ViewDifference[]> {
  const found: ViewDifference[] = [];
  const tables = [
    ['records', recordsInOrder(here), recordsInOrder(there)],
    ['timeline', timelineInOrder(here), timelineInOrder(there)],
  ] as const;
  for (const [table, mine, theirs] of tables) {
    for await (const [a, b] of paired(named(mine), named(theirs))) {
      if (a?.json === b?.json) continue;
      found.push({
        table,
        row: a?.name ?? b?.name ?? '',
        ...(a && { here: a.json }),
        ...(b && { there: b.json }),
      });
      if (found.length >= limit) return found;
    }
  }
  return found;
}

interface NamedRow {
  readonly name: string;
  readonly json: string;
}

async function* named(rows: AsyncIterable<object>): AsyncGenerator<NamedRow> {
  for await (const row of rows) {
    const name =
      'position' in row && typeof row.position === 'number'
        ? String(row.position).padStart(16, '0')
        : 'stream' in row && 'kind' in row && 'key' in row
          ? `${String(row.stream)}\u0000${String(row.kind)}\u0000${String(row.key)}`
          : '';
    yield { name, json: JSON.stringify(row) };
  }
}

/** Walks two ordered sequences side by side: pairs of the same name, and singles where the other has none. */
async function* paired(
  left: AsyncGenerator<NamedRow>,
  right: AsyncGenerator<NamedRow>,
): AsyncGenerator<[NamedRow | undefined, NamedRow | undefined]> {
  const following = async (rows: AsyncGenerator<NamedRow>) => {
    const next = await rows.next();
    return next.done ? undefined : next.value;
  };
  let [a, b] = [await following(left), await following(right)];
  while (a ?? b) {
    // As both databases order texts: by their bytes, which is not JavaScript's order.
    const order = !a ? 1 : !b ? -1 : a.name === b.name ? 0 : Buffer.from(a.name).compare(Buffer.from(b.name));
    yield [order <= 0 ? a : undefined, order >= 0 ? b : undefined];
    if (order <= 0) a = await following(left);
    if (order >= 0) b = await following(right);
  }
}
