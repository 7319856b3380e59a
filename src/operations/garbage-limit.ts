import v8 from 'node:v8';

/** V8's own limit: garbage may grow to up to four times the live data, and more than a gigabyte. */
const OF_V8 = 0;

/**
 * Limits the garbage of a large heap: above `bytes`, the old generation may grow by at most `percent` of the live
 * data between collections. The limit costs time, so a smaller heap has none.
 */
export class GarbageLimit {
  private isHeldDown = false;

  constructor(
    private readonly bytes: number,
    private readonly percent: number,
  ) {}

  /** Applies or lifts the limit, as the heap is now. */
  look(): void {
    this.holdDown(v8.getHeapStatistics().total_heap_size > this.bytes);
  }

  lift(): void {
    this.holdDown(false);
  }

  private holdDown(isLarge: boolean): void {
    if (isLarge === this.isHeldDown) return;
    this.isHeldDown = isLarge;
    v8.setFlagsFromString(`--heap-growing-percent=${isLarge ? this.percent : OF_V8}`);
  }
}
