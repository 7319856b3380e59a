/** A pause that ends early where somebody says so, or where its signal aborts. One at a time. */
export class CancellablePause {
  private flushed: (() => void) | undefined;

  /** Waits so many milliseconds, unless `flush` or the signal ends it. */
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
