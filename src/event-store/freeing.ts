/** What to close, in the order of its opening. */
export type Freeing = (() => void | Promise<void>)[];

/** Closes the last opened first, so that the lock goes last; and it goes also where something before it fails. */
export async function free(freeing: Freeing): Promise<void> {
  const close = freeing.pop();
  if (!close) return;
  try {
    await close();
  } finally {
    await free(freeing);
  }
}
