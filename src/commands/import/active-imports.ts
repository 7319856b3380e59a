import { Injectable } from '@nestjs/common';

/** Work that begins within this time after the last work belongs to the same import. */
const GAP_MS = 500;
/** Background readers of the ledger never pause longer than this, however long imports run. */
const LONGEST_REST_MS = 120_000;

/**
 * Tells whether imports keep this process busy. Background readers of the ledger pause meanwhile and catch up
 * afterwards. An import that waits for its sender does not count: it may stay open for minutes, and other
 * users want to see the recorded events.
 */
@Injectable()
export class ActiveImports {
  private working = 0;
  private began = -Infinity;
  private ended = -Infinity;

  get any(): boolean {
    return this.isBusy && this.now() - this.began < LONGEST_REST_MS;
  }

  /** Counts the process as busy while `work` runs. */
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

  /** Milliseconds of a monotonic clock. Tests override this method. */
  protected now(): number {
    return performance.now();
  }

  private get isBusy(): boolean {
    return this.working > 0 || this.now() - this.ended < GAP_MS;
  }
}
