import type { Day } from '../ledger/edtf.js';

/** Compares by the last day, earliest first. With a stable sort, equal days keep their order. */
export const byLast = (a: { readonly last: Day }, b: { readonly last: Day }): number =>
  a.last < b.last ? -1 : a.last > b.last ? 1 : 0;
