import { Injectable } from '@nestjs/common';

/** Work that begins within this time after the last work belongs to the same import. */
const GAP_MS = 500;
/** Background readers of the ledger pause no longer than this, as long as others wait for what they read. */
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
  private longestRestMs = LONGEST_REST_MS;

  get any(): boolean {
    return this.isBusy && this.now() - this.began < this.longestRestMs;
  }

  /**
   * Lets background readers pause for as long as imports run. For a process that nobody asks meanwhile: beside a long import
   * they would take as much memory as the import.
   */
  restToTheEnd(): void {
    this.longestRestMs = Infinity;
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
