import { existsSync, mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { makeTemporaryFolder } from '../../src/files/temporary-folder.js';

describe('a temporary folder', () => {
  let root: string;
  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'root-'));
  });
  afterEach(() => {
    rmSync(root, { recursive: true });
  });

  /** Creates a folder with a file, last changed `days` days ago. */
  function left(name: string, days: number): string {
    const path = join(root, name);
    mkdirSync(path);
    writeFileSync(join(path, 'file'), 'x');
    const time = Date.now() / 1000 - days * 86_400;
    utimesSync(path, time, time);
    return path;
  }

  it('is made for its purpose, and takes away what a killed process left of it long ago', async () => {
    const [old, recent, other] = [left('tracker-x-1', 8), left('tracker-x-2', 6), left('other-x-3', 8)];
    const made = await makeTemporaryFolder('x', root);
    expect(dirname(made)).toBe(root);
    expect([old, recent, other, made].map((path) => existsSync(path))).toEqual([false, true, true, true]);
  });
});
