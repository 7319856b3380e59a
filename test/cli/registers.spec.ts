import { copyFileSync, cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { sealOf } from '../../src/access/key-seal.js';
import { ActChain } from '../../src/event-store/sqlite/act-chain.js';
import { commandLine, inFile, type CommandLine } from './command-line.js';
import { jsonLines, SMALL_LEDGER } from './small-ledger.js';

/** An attacker with write access to the files of a store removes rows from an append-only register. */
(process.env['TIER'] === undefined ? describe : describe.skip)('the registers of a store in files', () => {
  let whole: CommandLine;
  let cli: CommandLine;

  beforeAll(async () => {
    whole = commandLine();
    await whole.tracker('import', whole.file('small.jsonl', jsonLines(SMALL_LEDGER)));
    await whole.tracker('checkpoint');
    for (const name of ['ann', 'bob', 'cleo'])
      await whole.tracker('keys', 'create', name, '--role', 'analyst');
    await whole.tracker('keys', 'revoke', 'cleo');
    // A start records the existing files.
    await whole.tracker('automakers');
    expect(await whole.tracker('verify')).toMatchObject({ code: 0 });
  });
  beforeEach(() => {
    cli = commandLine();
    cpSync(whole.store, cli.store, { recursive: true });
  });
  afterEach(() => cli.remove());
  afterAll(() => whole.remove());

  const inLog = (sql: string) => inFile(cli.store, 'log.sqlite', (log) => log.exec(sql));
  const inKeys = (sql: string) => inFile(cli.store, 'access.sqlite', (keys) => keys.exec(sql));
  const FORGET = 'DROP TRIGGER checkpoints_are_never_deleted; DELETE FROM checkpoints;';
  const starts = () => cli.tracker('automakers');
  const listsKeys = () => cli.tracker('keys', 'list');

  /** `verify` finds the loss, the start fails with instructions, and `adopt` accepts the current state. */
  async function isFound(finding: string | RegExp, start: () => Promise<{ code: number; stderr: string }>) {
    const said =
      typeof finding === 'string' ? expect.stringContaining(finding) : expect.stringMatching(finding);
    const { code, json } = await cli.tracker('verify', '--json');
    expect(code).toBe(1);
    expect(json.findings).toContainEqual({ finding: said });
    expect(await start()).toMatchObject({ code: 1, stderr: said });
    expect((await start()).stderr).toContain('tracker adopt');
    expect(await cli.tracker('adopt', '--reason', 'the backup of Friday')).toMatchObject({ code: 0 });
    expect(await start()).toMatchObject({ code: 0 });
    expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
  }

  describe('of checkpoints', () => {
    it.each([
      ['rows are taken out', FORGET, 'the checkpoint of 17 events was taken out of it'],
      [
        'rows and their entries are taken out',
        `${FORGET} DELETE FROM acts WHERE number > 0`,
        '1 entries were put into it, of which it knows 0',
      ],
      [
        'the list of entries is emptied',
        `${FORGET} DELETE FROM acts`,
        'the list of what was put into it is gone',
      ],
      [
        'the list of entries is removed',
        `${FORGET} DROP TABLE acts`,
        'the list of what was put into it is gone',
      ],
      [
        'an entry is changed',
        `UPDATE acts SET content = '16' WHERE number = 1`,
        'entry 1 of the list of what was put into it is not as it was made',
      ],
    ])('are missed where %s', async (_, sql, finding) => {
      inLog(sql);
      await isFound(finding, starts);
      expect((await cli.tracker('checkpoint')).stdout).toContain('the backup of Friday');
    });

    it('are missed where rows and list are made anew', async () => {
      inFile(cli.store, 'log.sqlite', (log) => {
        log.exec(FORGET);
        new ActChain(log).begin(new Map(), { anew: true });
      });
      await isFound('1 entries were put into it, of which it knows 0', starts);
    });

    it('are missed where those and the list of files are made anew', async () => {
      inFile(cli.store, 'log.sqlite', (log) => {
        log.exec(FORGET);
        new ActChain(log).begin(new Map(), { anew: true });
      });
      rmSync(join(cli.store, 'store.json'));
      await isFound('1 entries were put into it, of which it knows 0', starts);
    });

    it('take on those of a release that lists none', async () => {
      inLog('DROP TABLE acts; DROP TABLE beside');
      rmSync(join(cli.store, 'store.json'));
      expect(await starts()).toMatchObject({ code: 0 });
      inLog(FORGET);
      await isFound('the checkpoint of 17 events was taken out of it', starts);
    });
  });

  describe('of keys', () => {
    const keyOf = (name: string) =>
      inFile(
        cli.store,
        'access.sqlite',
        (keys) =>
          keys.prepare('SELECT * FROM api_keys WHERE name = ?').get(name) as Parameters<typeof sealOf>[0],
      );

    it.each([
      ['a key is taken out', `DELETE FROM api_keys WHERE name = 'ann'`, /the key "\w+" was taken out of it/],
      [
        'a key and its entries are taken out',
        `DELETE FROM api_keys WHERE name = 'cleo'; DELETE FROM acts WHERE number > 2`,
        '4 entries were put into it, of which it knows 2',
      ],
      ['the list of entries is removed', 'DROP TABLE acts', 'the list of what was put into it is gone'],
    ])('are missed where %s', async (_, sql, finding) => {
      inKeys(sql);
      await isFound(finding, listsKeys);
    });

    it('are told where a revoked key is live again, its seal made anew', async () => {
      const seal = sealOf({ ...keyOf('cleo'), revokedAt: null });
      inKeys(`UPDATE api_keys SET revokedAt = NULL, seal = '${seal}' WHERE name = 'cleo'`);
      await isFound(/the key "\w+" is not as it was put into it/, listsKeys);
    });

    it('are told where a reader was made an admin, its seal made anew', async () => {
      const seal = sealOf({ ...keyOf('bob'), role: 'admin' });
      inKeys(`UPDATE api_keys SET role = 'admin', seal = '${seal}' WHERE name = 'bob'`);
      await isFound(/the key "\w+" is not as it was put into it/, listsKeys);
    });

    it('are told where a key was put in by hand', async () => {
      const forged = { ...keyOf('bob'), id: 'f'.repeat(16), name: 'eve' };
      inKeys(
        `INSERT INTO api_keys (id, name, role, hash, createdAt, seal) VALUES ('${forged.id}', 'eve', '${forged.role}', '${forged.hash}', '${forged.createdAt}', '${sealOf(forged)}')`,
      );
      await isFound('the key "ffffffffffffffff" was put into it by another program', listsKeys);
    });

    it('are told where an older file was put back, in which a revoked key is live', async () => {
      copyFileSync(join(cli.store, 'access.sqlite'), cli.file('older.sqlite'));
      await cli.tracker('keys', 'revoke', 'ann');
      copyFileSync(cli.file('older.sqlite'), join(cli.store, 'access.sqlite'));
      await isFound('5 entries were put into it, of which it knows 4', listsKeys);
    });

    it.each([
      ['with as many keys', ['ann', 'bob', 'cleo', 'dora']],
      ['with more keys', ['ann', 'bob', 'cleo', 'dora', 'eve', 'finn']],
    ])('are told where those of another store are in their place, %s', async (_, names) => {
      const other = commandLine();
      for (const name of names) await other.tracker('keys', 'create', name, '--role', 'admin');
      copyFileSync(join(other.store, 'access.sqlite'), join(cli.store, 'access.sqlite'));
      await other.remove();
      await isFound('it is another store’s, or was made anew', listsKeys);
    });

    it('are told where a store that had none gets those of another', async () => {
      const [empty, other] = [commandLine(), commandLine()];
      await empty.tracker('keys', 'list');
      await other.tracker('keys', 'create', 'eve', '--role', 'admin');
      copyFileSync(join(other.store, 'access.sqlite'), join(empty.store, 'access.sqlite'));
      expect(await empty.tracker('keys', 'list')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('it is another store’s'),
      });
      await empty.remove();
      await other.remove();
    });

    it.each([
      ['is gone', (file: string) => rmSync(file)],
      ['is empty', (file: string) => writeFileSync(file, '')],
      ['names no files', (file: string) => writeFileSync(file, '{"files":[]}\n')],
      [
        'names fewer files',
        (file: string) => writeFileSync(file, '{"files":["events.sqlite","log.sqlite","log-key.pem"]}\n'),
      ],
      ['is garbage', (file: string) => writeFileSync(file, '\u0000[')],
    ])('are missed with their file, also where the list of files %s', async (_, spoil) => {
      rmSync(join(cli.store, 'access.sqlite'));
      spoil(join(cli.store, 'store.json'));
      for (const start of [starts, listsKeys])
        expect(await start()).toMatchObject({
          code: 1,
          stderr: expect.stringContaining('access.sqlite is missing or empty: it belongs to this store'),
        });
      expect((await cli.tracker('verify', '--json')).json.findings).toContainEqual({
        finding: expect.stringContaining('access.sqlite is missing or empty'),
      });
      expect(existsSync(join(cli.store, 'access.sqlite'))).toBe(false);
      expect(await cli.tracker('adopt', '--reason', 'the keys are lost')).toMatchObject({ code: 0 });
      expect(await cli.tracker('keys', 'create', 'ann', '--role', 'admin')).toMatchObject({ code: 0 });
      expect(await cli.tracker('verify')).toMatchObject({ code: 0 });
    });

    it('take on those of a release that lists none', async () => {
      inKeys('DROP TABLE acts');
      inLog('DROP TABLE beside');
      writeFileSync(
        join(cli.store, 'store.json'),
        '{"files":["access.sqlite","events.sqlite","log-key.pem","log.sqlite"]}\n',
      );
      expect(await listsKeys()).toMatchObject({ code: 0 });
      inKeys(`DELETE FROM api_keys WHERE name = 'ann'`);
      await isFound(/the key "\w+" was taken out of it/, listsKeys);
    });
  });

  it('go into a backup and come back with it', async () => {
    await cli.tracker('backup', cli.file('backup'));
    const restored = commandLine();
    expect(await restored.tracker('restore', cli.file('backup'))).toMatchObject({ code: 0 });
    expect(await restored.tracker('keys', 'list')).toMatchObject({ code: 0 });
    expect(await restored.tracker('verify')).toMatchObject({ code: 0 });
    expect(JSON.parse(readFileSync(join(restored.store, 'store.json'), 'utf8'))).toEqual(
      JSON.parse(readFileSync(join(cli.store, 'store.json'), 'utf8')),
    );
    await restored.remove();
  });
});
