import type { OutlineRow, OutlinesReachedRow } from './rows.js';

/** Outlines to be written, in one transaction. */
export interface OutlineChanges {
  readonly rows: readonly OutlineRow[];
  /** The streams that have none any more. */
  readonly gone: readonly string[];
  /** What all outlines follow from with these; its version is one more than that of what they follow. The first takes the place of all that there are. */
  readonly reached: Omit<OutlinesReachedRow, 'id'>;
}
