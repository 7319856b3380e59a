/** A pause that ends early where somebody says so, or where its signal aborts. One at a time. */
export class CancellablePause {
  private flushed: (() => void) | undefined;

  /** Waits so many milliseconds, unless `flush` or the signal ends it. */
  async wait(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return;
    const { promise, resolve } = withResolvers();
    const timer = setTimeout(resolve, ms);
    signal?.addEventListener('abort', resolve);
    this.flushed = resolve;
    await promise;
    clearTimeout(timer);
    signal?.removeEventListener('abort', resolve);
    this.flushed = undefined;
  }

  flush(): void {
    this.flushed?.();
  }
}

function withResolvers(): { readonly promise: Promise<void>; readonly resolve: () => void } {
  let resolve: () => void = () => undefined;
  const promise = new Promise<void>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
