import type { OutlineRow, OutlinesReachedRow } from './rows.js';

/** Outlines to write in one transaction. */
export interface OutlineChanges {
  readonly rows: readonly OutlineRow[];
  /** Streams that no longer have an outline. */
  readonly gone: readonly string[];
  /**
   * The state that all outlines reflect after these changes. Its version is one more than before; the first
   * version replaces all existing outlines.
   */
  readonly reached: Omit<OutlinesReachedRow, 'id'>;
}
