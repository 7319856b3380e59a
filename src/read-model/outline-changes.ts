import type { OutlineRow, OutlinesReachedRow, PastRow } from './rows.js';

/** Outlines to write in one transaction. */
export interface OutlineChanges {
  readonly rows: readonly OutlineRow[];
  /** Streams that no longer have an outline. */
  readonly gone: readonly string[];
  /** Pasts of automakers. */
  readonly pasts: readonly PastRow[];
  /** Streams of which something was recorded, and the first day whose past it changes. */
  readonly ended: readonly Pick<PastRow, 'stream' | 'until'>[];
  /**
   * The state that all outlines reflect after these changes. Its version is one more than before; the first
   * version replaces all existing outlines and pasts.
   */
  readonly reached: Omit<OutlinesReachedRow, 'id'>;
}
