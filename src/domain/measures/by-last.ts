import type { Day } from '../ledger/edtf.js';

/** The order of what ends earlier first; what ends on one day keeps its places. */
export const byLast = (a: { readonly last: Day }, b: { readonly last: Day }): number =>
  a.last < b.last ? -1 : a.last > b.last ? 1 : 0;
