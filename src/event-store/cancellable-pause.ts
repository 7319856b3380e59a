/** A pause that `flush` or an abort signal can end early. It supports one waiter at a time. */
export class CancellablePause {
  private flushed: (() => void) | undefined;

  /** Waits for `ms` milliseconds, unless `flush` or the signal ends the wait. */
  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    await new Promise<void>((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        signal?.removeEventListener('abort', end);
        this.flushed = undefined;
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal?.addEventListener('abort', end);
      this.flushed = end;
    });
  }

  flush(): void {
    this.flushed?.();
  }
}
