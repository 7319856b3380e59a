import { openDatabase } from './driver.js';

/**
 * The streams of a ledger file that have events up to a position, ordered by their first events. O(n log n)
 * in events; does not read the events themselves.
 */
export function streamsIn(file: string, until: number): readonly string[] {
  const database = openDatabase(file, { readOnly: true });
  try {
    const rows = database
      .prepare(
        'SELECT stream, MIN(position) AS first FROM events WHERE position <= ? GROUP BY stream ORDER BY first',
      )
      .all(until) as { readonly stream: string }[];
    return rows.map(({ stream }) => stream);
  } finally {
    database.close();
  }
}
