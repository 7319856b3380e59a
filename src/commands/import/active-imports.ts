import { Injectable } from '@nestjs/common';

/** Work that begins so soon after the last belongs to the same import. */
const GAP_MS = 500;
/** What follows the ledger rests no longer than this, whatever imports do. */
const LONGEST_REST_MS = 120_000;

/**
 * Whether imports keep this process busy. What follows the ledger rests meanwhile, and catches up after them. An import
 * that waits for its sender is none: it may be open for minutes, and others want to see what they record.
 */
@Injectable()
export class ActiveImports {
  private working = 0;
  private began = -Infinity;
  private ended = -Infinity;

  get any(): boolean {
    return this.isBusy && this.now() - this.began < LONGEST_REST_MS;
  }

  /** Counts as busy while `work` runs. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    if (!this.isBusy) this.began = this.now();
    this.working++;
    try {
      return await work();
    } finally {
      this.working--;
      this.ended = this.now();
    }
  }

  /** Milliseconds of a clock that only goes forward. Tests put their own in its place. */
  protected now(): number {
    return performance.now();
  }

  private get isBusy(): boolean {
    return this.working > 0 || this.now() - this.ended < GAP_MS;
  }
}
