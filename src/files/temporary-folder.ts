import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Older than this, a folder has nobody who works in it. */
const KEPT_MS = 7 * 24 * 3_600_000;

/**
 * Makes a folder for a purpose, which who asks for it removes. Those of the same purpose that a killed process left
 * behind more than a week ago are removed.
 */
export async function makeTemporaryFolder(purpose: string, root = tmpdir()): Promise<string> {
  const prefix = `tracker-${purpose}-`;
  // What belongs to somebody else, or is gone by then, is no concern of this work.
  await removeOld(root, prefix).catch(() => undefined);
  return mkdtemp(join(root, prefix));
}

async function removeOld(root: string, prefix: string): Promise<void> {
  const before = Date.now() - KEPT_MS;
  for (const name of await readdir(root)) {
    if (!name.startsWith(prefix)) continue;
    const path = join(root, name);
    const found = await stat(path);
    if (found.isDirectory() && found.mtimeMs < before) await rm(path, { recursive: true, force: true });
  }
}
