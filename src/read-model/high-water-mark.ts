import { BEFORE_THE_FIRST, type ReadModelCheckpoint } from './changes.js';

interface Waiter {
  readonly position: number;
  readonly resolve: (reached: boolean) => void;
}

/** How far the views have come, and who is waiting for them to come further. */
export class HighWaterMark {
  private readonly waiting = new Set<Waiter>();
  private at: ReadModelCheckpoint = BEFORE_THE_FIRST;
  /** Called when somebody starts to wait. */
  onWait: (() => void) | undefined;

  get checkpoint(): ReadModelCheckpoint {
    return this.at;
  }

  get isAwaited(): boolean {
    return this.waiting.size > 0;
  }

  moveTo(checkpoint: ReadModelCheckpoint): void {
    this.at = checkpoint;
    for (const waiter of [...this.waiting]) {
      if (waiter.position <= checkpoint.position) waiter.resolve(true);
    }
  }

  /** Resolves to true once the views reach `position`, or to false after `withinMs` milliseconds. */
  async waitFor(position: number, withinMs: number): Promise<boolean> {
    if (this.at.position >= position) return true;
    return new Promise((resolve) => {
      const waiter: Waiter = {
        position,
        resolve: (reached) => {
          clearTimeout(timer);
          this.waiting.delete(waiter);
          resolve(reached);
        },
      };
      const timer = setTimeout(() => waiter.resolve(false), withinMs);
      this.waiting.add(waiter);
      this.onWait?.();
    });
  }

  /** Ends all waits, unsuccessfully. */
  giveUp(): void {
    for (const waiter of [...this.waiting]) waiter.resolve(false);
  }
}
