/** Callbacks that close resources, in the order in which the resources were opened. */
export type Freeing = (() => void | Promise<void>)[];

/**
 * Closes resources in reverse order of opening, so that the lock is released last. It goes on when a callback
 * fails, so that the lock is always released.
 */
export async function free(freeing: Freeing): Promise<void> {
  const close = freeing.pop();
  if (!close) return;
  try {
    await close();
  } finally {
    await free(freeing);
  }
}
