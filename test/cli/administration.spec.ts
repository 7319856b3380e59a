import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { startServer } from '../e2e/server.js';
import { tierOf } from '../tier.js';
import { commandLine, type CommandLine } from './command-line.js';
import { jsonLines, SMALL_LEDGER } from './small-ledger.js';

const PROGRAM = fileURLToPath(new URL('../../dist/cli.js', import.meta.url));

let cli: CommandLine;
beforeEach(() => {
  cli = commandLine();
});
afterEach(() => cli.remove());

/** Runs the command line as users do: in its own process, which must exit by itself. */
async function processOf(store: string, ...args: string[]) {
  const { environment } = await tierOf(store);
  const child = spawn(process.execPath, [PROGRAM, ...args], {
    env: { ...process.env, DATA_DIR: store, ...environment },
    timeout: 20_000,
  });
  const [stdout, stderr, [code]] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, 'close'),
  ]);
  return { code: code as number | null, stdout, stderr };
}

describe('keys', () => {
  it('makes, lists and revokes keys, and shows a secret once', async () => {
    const made = await cli.tracker('keys', 'create', 'alice', '--role', 'analyst');
    expect([made.code, made.stdout]).toEqual([0, expect.stringMatching(/^met_[0-9a-f]{16}_\S{43}\n$/)]);
    const listed = await cli.tracker('keys', 'list');
    expect(listed.stdout).toMatch(/alice +analyst/);
    expect(listed.stdout).not.toContain(made.stdout.trim());
    expect((await cli.tracker('keys', 'list', '--json')).json.keys).toMatchObject([
      { name: 'alice', revokedAt: null },
    ]);
    expect(await cli.tracker('keys', 'create', 'alice', '--role', 'admin')).toMatchObject({ code: 1 });
    expect(await cli.tracker('keys', 'create', 'bob', '--role', 'king')).toMatchObject({ code: 1 });
    expect(await cli.tracker('keys', 'create', 'bob')).toMatchObject({ code: 2 });
    expect(await cli.tracker('keys', 'revoke', 'alice')).toMatchObject({ code: 0 });
    expect(await cli.tracker('keys', 'revoke', 'alice')).toMatchObject({ code: 1 });
  });
});

describe('views', () => {
  it('are rebuilt, and go back to those before, with what was recorded since', async () => {
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
    expect(await cli.tracker('rollback')).toMatchObject({
      code: 1,
      stderr: 'error: there are no earlier views to go back to\n',
    });
    expect(await cli.tracker('rebuild')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('generation 2, 0 rows differed'),
    });
    const later = { ...SMALL_LEDGER[1], id: undefined, occurredOn: '2024-06', data: { market: 'IS' } };
    expect(await cli.tracker('import', cli.file('later.jsonl', jsonLines([later])))).toMatchObject({
      code: 0,
    });
    expect(await cli.tracker('rollback')).toMatchObject({
      code: 0,
      stdout: 'the views are those of generation 1 again\n',
    });
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });

  it('go back by HTTP too, for an admin, and only where there is something to go back to', async () => {
    const server = await startServer();
    try {
      const admin = { Authorization: `Bearer ${server.keys.admin}` };
      expect((await server.post('/api/views/rollback', {})).status).toBe(403);
      expect((await server.post('/api/views/rollback', {}, admin)).status).toBe(404);
      expect((await server.post('/api/views/rebuild', {}, admin)).body).toMatchObject({ generation: 2 });
      expect((await server.post('/api/views/rollback', {}, admin)).body).toEqual({ generation: 1 });
    } finally {
      await server.stop();
    }
  });
});

describe('parked streams', () => {
  it('are followed again once what parked them is mended', async () => {
    await cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));
    await cli.tracker('automakers');
    expect(await cli.tracker('unpark', 'market-NO')).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('not parked. None is.'),
    });
    await cli.tamperViews(
      `DELETE FROM records WHERE stream = 'market-NO';
       INSERT INTO parked_streams VALUES ('market-NO', 17, 'some event', 'some error', '2026-01-01T00:00:00.000Z')`,
    );
    expect(await cli.tracker('unpark', 'market-NO')).toMatchObject({ code: 0 });
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  });
});

describe('demo', () => {
  it('loads the shipped ledger and makes keys once, and prints the same table again', async () => {
    const first = await cli.tracker('demo', '--no-serve');
    expect([first.code, first.stdout]).toEqual([0, expect.stringContaining('half-overseas')]);
    expect(first.stdout.match(/met_/g)).toHaveLength(2);
    expect(first.stderr).toContain(' 0 refused');
    const second = await cli.tracker('demo', '--no-serve');
    expect([second.code, second.stderr]).toEqual([0, expect.stringContaining(' 0 recorded')]);
    expect(second.stdout).not.toContain('met_');
    expect(first.stdout.startsWith(second.stdout)).toBe(true);
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  }, 60_000);
});

describe('a process of its own', () => {
  it('answers beside a server and ends; to write it is refused with a plain message', async () => {
    const server = await startServer();
    try {
      expect(await processOf(server.directory, 'automakers')).toEqual({
        code: 0,
        stdout: '(none)\n',
        stderr: '',
      });
      const refused = await processOf(server.directory, 'rebuild');
      expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('is being written to by')]);
      expect(refused.stderr).not.toMatch(/\n +at /);
    } finally {
      await server.stop();
    }
  }, 60_000);

  it('says with its exit code what happened', async () => {
    expect(await processOf(cli.store, 'targets', 'nobody')).toMatchObject({ code: 1, stdout: '' });
    expect(await processOf(cli.store, 'nonsense')).toMatchObject({ code: 2, stdout: '' });
    expect(await processOf(cli.store, '--help')).toMatchObject({ code: 0, stderr: '' });
  }, 60_000);
});
