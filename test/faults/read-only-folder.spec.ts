import { spawn } from 'node:child_process';
import { chmodSync, chownSync, cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { commandLine, type CommandLine } from '../cli/command-line.js';
import { jsonLines, SMALL_LEDGER } from '../cli/small-ledger.js';

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));
/** Root can write everywhere, so if the tests run as root, the commands run as another user. */
const NOBODY = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};

(process.env['TIER'] === undefined ? describe : describe.skip)('a folder that cannot be written to', () => {
  let cli: CommandLine;
  let folder: string;
  let store: string;

  beforeAll(async () => {
    cli = commandLine();
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
    await cli.tracker('keys', 'create', 'ann', '--role', 'reader');
    await cli.tracker('automakers');
    folder = mkdtempSync(join(tmpdir(), 'read-only-'));
    store = join(folder, 'store');
    cpSync(cli.store, store, { recursive: true });
    for (const name of readdirSync(store)) chmodSync(join(store, name), 0o444);
    for (const each of [folder, store]) chmodSync(each, 0o555);
    if (NOBODY.uid !== undefined) chownSync(store, 0, 0);
  });
  afterAll(async () => {
    for (const each of [folder, store]) chmodSync(each, 0o755);
    rmSync(folder, { recursive: true, force: true });
    await cli.remove();
  });

  async function tracker(...args: string[]): Promise<{ code: number; stdout: string; stderr: string }> {
    const env = { ...process.env, DATA_DIR: store, LOG_LEVEL: 'silent' };
    const child = spawn(process.execPath, [CLI, ...args], { env, cwd: tmpdir(), ...NOBODY });
    const said = { stdout: '', stderr: '' };
    child.stdout.on('data', (chunk: Buffer) => (said.stdout += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (said.stderr += chunk.toString()));
    const [code] = (await once(child, 'close')) as [number];
    return { code, ...said };
  }

  it('answers questions, exports and verifies as one that can be', async () => {
    const before = readdirSync(store);
    for (const command of [['automakers'], ['markets', 'xpeng'], ['export'], ['verify'], ['keys', 'list']]) {
      const here = await cli.tracker(...command);
      expect(await tracker(...command)).toMatchObject({ code: 0, stdout: here.stdout, stderr: '' });
    }
    expect(readdirSync(store)).toEqual(before);
  }, 60_000);

  it('says why nothing can be recorded there', async () => {
    const { code, stderr } = await tracker('rebuild');
    expect([code, stderr]).toEqual([
      1,
      expect.stringMatching(/^error: .*(cannot be written|must not be used by this user)/),
    ]);
    expect(stderr).not.toMatch(/\n {4}at /);
  }, 60_000);

  it.each([
    ['made', ['keys', 'create', 'bob', '--role', 'reader']],
    ['revoked', ['keys', 'revoke', 'ann']],
  ])(
    'says by name which file keeps a key from being %s',
    async (_, command) => {
      const { code, stderr } = await tracker(...command);
      expect([code, stderr]).toEqual([
        1,
        expect.stringMatching(/^error: .*access\.sqlite cannot be written to/),
      ]);
      expect(stderr).not.toMatch(/\n {4}at /);
    },
    60_000,
  );
});
