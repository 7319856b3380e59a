import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { newSigningKey } from '../../src/transparency/checkpoint.js';
import { LedgerLog } from '../../src/transparency/ledger-log.js';
import { SharedRegister } from '../../src/transparency/shared-register.js';
import { someEvent } from '../event-store/events.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';

describeOnPostgres('the register of several nodes', () => {
  let database: TestDatabase;
  const folders: string[] = [];
  const folder = () => {
    const made = mkdtempSync(join(tmpdir(), 'register-'));
    folders.push(made);
    return made;
  };
  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    await database.drop();
    for (const each of folders.splice(0)) rmSync(each, { recursive: true, force: true });
  });
  const open = (directory = folder()) => SharedRegister.open(database.url, directory);

  it('has one key, also where two nodes start at once', async () => {
    const registers = await Promise.all([open(), open(), open(), open()]);
    const keys = await Promise.all(registers.map((register) => register.signingKey()));
    expect(keys[0]).toContain('PRIVATE KEY');
    expect(new Set(keys).size).toBe(1);
    for (const register of registers) await register.close();
  });

  it('takes over the key of the folder that is the first to come', async () => {
    const directory = folder();
    const pem = newSigningKey();
    writeFileSync(join(directory, 'log-key.pem'), pem);
    const [first, second] = [await open(directory), await open()];
    expect([await first.signingKey(), await second.signingKey()]).toEqual([pem, pem]);
    await first.close();
    await second.close();
  });

  it('gives back, at every node, what any of them gave out, signed alike', async () => {
    const [one, other] = [folder(), folder()];
    const store = await openSqliteEventStore({ file: join(one, 'events.sqlite') });
    await store.append('automaker-a', 'no-stream', [someEvent(), someEvent()]);
    const logs = [
      await LedgerLog.open(one, store, { register: await open() }),
      await LedgerLog.open(other, store, { register: await open() }),
    ] as const;
    const given = await logs[0].checkpoint();
    await store.append('automaker-a', 1, [someEvent()]);
    const later = await logs[1].checkpoint();
    for (const log of logs) {
      expect(await log.checkpoints()).toEqual([given, later]);
      await log.catchUp();
      expect(log.holds(given.note)).toEqual({ size: 2, holds: true });
      expect(log.holds(later.note)).toEqual({ size: 3, holds: true });
    }
    for (const log of logs) await log.close();
    await store.close();
  });

  it.each([
    'UPDATE tracker.checkpoints SET size = 1',
    'DELETE FROM tracker.checkpoints',
    'TRUNCATE tracker.checkpoints',
    "UPDATE tracker.log_key SET pem = ''",
    'DELETE FROM tracker.log_key',
  ])('refuses: %s', async (sql) => {
    const register = await open();
    await register.signingKey();
    await register.keep({ size: 3, note: 'a note' });
    await register.keep({ size: 3, note: 'a note' });
    await expect(database.query(sql)).rejects.toThrow('never changed or deleted');
    expect(await register.checkpoints()).toEqual([{ size: 3, note: 'a note' }]);
    await register.close();
  });
});
