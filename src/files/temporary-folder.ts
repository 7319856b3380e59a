import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** No process still uses a folder older than this. */
const KEPT_MS = 7 * 24 * 3_600_000;

/**
 * Creates a temporary folder, which the caller must remove. Also removes folders of the same purpose that
 * killed processes left behind more than a week ago.
 */
export async function makeTemporaryFolder(purpose: string, root = tmpdir()): Promise<string> {
  const prefix = `tracker-${purpose}-`;
  // Folders that belong to other users or have already disappeared do not matter here.
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
