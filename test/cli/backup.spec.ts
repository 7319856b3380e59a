import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { REGISTERED, SOURCE, startServer } from '../e2e/server.js';
import { commandLine, type CommandLine } from './command-line.js';
import { ENTERED_NO, jsonLines, SMALL_LEDGER } from './small-ledger.js';

let cli: CommandLine;
let other: CommandLine;
beforeEach(() => {
  cli = commandLine();
  other = commandLine();
});
afterEach(async () => {
  await cli.remove();
  await other.remove();
});

const loadSmallLedger = () => cli.tracker('import', cli.file('small.jsonl', jsonLines(SMALL_LEDGER)));

// Backups copy files; databases are backed up with their own tools.
(process.env['TIER'] === undefined ? describe : describe.skip)('backup and restore', () => {
  it('gives the same ledger back, to the last byte, with its log, its old checkpoints and its keys', async () => {
    await loadSmallLedger();
    await cli.tracker('keys', 'create', 'alice', '--role', 'analyst');
    await cli.tracker('webhooks', 'add', 'https://receiver.example.org/tracker');
    await cli.tracker('reviews', 'ask', ENTERED_NO);
    const checkpoint = cli.file('checkpoint.txt', (await cli.tracker('checkpoint')).stdout);
    const exported = (await cli.tracker('export')).stdout;

    const backup = cli.file('backup');
    expect(await cli.tracker('backup', backup)).toMatchObject({ code: 0, stderr: '' });
    expect((await readdir(backup)).sort()).toEqual([
      'access.sqlite',
      'events.sqlite',
      'log-key.pem',
      'log.sqlite',
    ]);
    expect(statSync(join(backup, 'log-key.pem')).mode & 0o077).toBe(0);

    expect(await other.tracker('restore', backup)).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(new RegExp(`^${SMALL_LEDGER.length} events restored.*OK\n$`, 's')),
    });
    expect((await other.tracker('export')).stdout).toBe(exported);
    expect((await other.tracker('keys', 'list')).stdout).toMatch(/alice +analyst/);
    expect((await other.tracker('webhooks', 'list')).stdout).toContain('receiver.example.org');
    expect((await other.tracker('reviews', 'list')).stdout).toContain(ENTERED_NO);
    expect(await other.tracker('verify', '--checkpoint', checkpoint)).toMatchObject({ code: 0 });
  });

  it('taken under load restores to a consistent ledger that has all that was acknowledged before it began', async () => {
    const server = await startServer();
    const acknowledged: string[] = [];
    let stopped = false;
    const write = async (writer: number) => {
      for (let index = -1; !stopped; index++) {
        const event =
          index < 0
            ? REGISTERED
            : {
                type: 'FigureReported',
                occurredOn: '2025-12-31',
                data: { measure: 'overseas-units', value: index, period: '2025' },
                evidence: SOURCE,
              };
        const answer = await server.post(`/api/automakers/maker-${writer}/events`, event);
        expect(answer.status).toBe(201);
        acknowledged.push(answer.body.events[0].id);
      }
    };
    const writers = Array.from({ length: 8 }, (_, writer) => write(writer));
    try {
      for (let round = 0; round < 3; round++) {
        while (acknowledged.length < (round + 1) * 100)
          await new Promise((resolve) => setTimeout(resolve, 5));
        const before = [...acknowledged];
        const backup = cli.file(`backup-${round}`);
        const running = commandLine(server.directory);
        expect(await running.tracker('backup', backup)).toMatchObject({ code: 0 });
        await running.remove();
        const restored = commandLine(cli.file(`restored-${round}`));
        expect(await restored.tracker('restore', backup)).toMatchObject({ code: 0, stderr: '' });
        const ids = (await restored.tracker('export')).stdout
          .trimEnd()
          .split('\n')
          .map((line) => (JSON.parse(line) as { id: string }).id);
        await restored.remove();
        expect(before.filter((id) => !ids.includes(id))).toEqual([]);
      }
    } finally {
      stopped = true;
      await Promise.all(writers);
      await server.stop();
    }
  }, 120_000);

  it('overwrites nothing, neither a folder of another backup nor a ledger', async () => {
    await loadSmallLedger();
    const backup = cli.file('backup');
    await cli.tracker('backup', backup);
    expect(await cli.tracker('backup', backup)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds something already'),
    });
    const before = readFileSync(join(cli.store, 'events.sqlite'));
    expect(await cli.tracker('restore', backup)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds something already'),
    });
    expect(readFileSync(join(cli.store, 'events.sqlite')).equals(before)).toBe(true);
  });

  it('says what is wrong with a folder that has no ledger, and with a damaged backup, and leaves nothing behind', async () => {
    expect(await cli.tracker('backup', cli.file('backup'))).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('holds no ledger'),
    });
    expect(await cli.tracker('restore', cli.directory)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('is no backup'),
    });
    await loadSmallLedger();
    const backup = cli.file('backup');
    await cli.tracker('backup', backup);
    const ledger = join(backup, 'events.sqlite');
    const bytes = readFileSync(ledger);
    bytes.fill(0xff, 4096, 3 * 4096);
    writeFileSync(ledger, bytes);
    expect(await other.tracker('restore', backup)).toMatchObject({
      code: 1,
      stderr: expect.stringMatching(/is damaged .*Restore an earlier backup/s),
    });
    expect(await readdir(other.directory)).toEqual([]);
  });
});

it('refuses to copy files where the events are in KurrentDB, and says what to do', async () => {
  await loadSmallLedger();
  const before = process.env['KURRENTDB_URL'];
  // No server has to answer there. The folder may hold a ledger from before its migration.
  process.env['KURRENTDB_URL'] = 'kurrentdb://127.0.0.1:1?tls=false';
  try {
    for (const command of ['backup', 'restore'])
      expect(await cli.tracker(command, cli.file('backup'))).toMatchObject({
        code: 1,
        stderr: expect.stringMatching(/KURRENTDB_URL.*pg_dump.*export/s),
      });
  } finally {
    if (before === undefined) delete process.env['KURRENTDB_URL'];
    else process.env['KURRENTDB_URL'] = before;
  }
  expect(await readdir(cli.directory)).not.toContain('backup');
});
