import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '../..');

/** Runs the walk tests as on a machine without a browser. */
function runWithout(required: string): { status: number | null; said: string } {
  const { status, stderr } = spawnSync(
    process.execPath,
    ['--experimental-vm-modules', 'node_modules/jest/bin/jest.js', 'test/browser/walks', '-t', 'arrow keys'],
    {
      cwd: ROOT,
      timeout: 100_000,
      encoding: 'utf8',
      env: { ...process.env, CHROMIUM: '/there/is/none', REQUIRE_BROWSER: required },
    },
  );
  return { status, said: stderr };
}

describe('a machine without a browser', () => {
  it('passes, and is told plainly what was left out', () => {
    const { status, said } = runWithout('0');
    expect(said).toContain(
      'LEFT OUT: the browser tests of "what people do". There is no Chromium at /there/is/none',
    );
    expect(status).toBe(0);
  }, 120_000);

  it('fails where the browser tests may not be left out', () => {
    const { status, said } = runWithout('1');
    expect(said).not.toContain('LEFT OUT');
    expect(status).not.toBe(0);
  }, 120_000);
});
