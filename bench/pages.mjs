import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { median, startServer } from './processes.mjs';

const MAIN = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const CLI = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
const LOOKS = 41;

/**
 * Milliseconds from the request to the complete page, with one sequential reader, and the page's gzip size,
 * for the shipped ledger.
 */
export async function pageTimes(paths) {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-bench-'));
  spawnSync(process.execPath, [CLI, 'demo', '--no-serve'], { env: { ...process.env, DATA_DIR: directory } });
  const server = await startServer(MAIN, { DATA_DIR: directory }, '/api/automakers');
  const times = [];
  for (const path of paths) {
    const taken = [];
    let bytes = 0;
    for (let look = 0; look < LOOKS; look++) {
      const started = performance.now();
      const page = await (await fetch(server.url + path)).text();
      taken.push(performance.now() - started);
      bytes = gzipSync(page).length;
    }
    times.push({ path, ms: median(taken), bytes });
  }
  await server.stop();
  rmSync(directory, { recursive: true });
  return times;
}
