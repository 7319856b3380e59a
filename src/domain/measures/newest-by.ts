import type { Day } from '../ledger/edtf.js';

/** The last item whose day is not after `day`. `items` must be sorted by day. O(log n). */
export function newestBy<T>(items: readonly T[], day: Day, dayOf: (item: T) => Day): T | undefined {
  let [low, high] = [0, items.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const item = items[middle];
    if (item !== undefined && dayOf(item) <= day) low = middle + 1;
    else high = middle;
  }
  return items[low - 1];
}
