import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openDatabase } from '../../src/event-store/sqlite/driver.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { LedgerLog } from '../../src/transparency/ledger-log.js';
import { someEvent } from '../event-store/events.js';

describe('the log of a ledger', () => {
  let directory: string;
  let store: EventStore;
  let log: LedgerLog;
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'log-'));
    store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
    log = await LedgerLog.open(directory, store);
    log.start();
  });
  afterEach(async () => {
    await log.close();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** Changes the log's database directly, for example so that writes fail as on a full disk. */
  const inLog = (sql: string) => {
    const database = openDatabase(join(directory, 'log.sqlite'));
    database.exec(sql);
    database.close();
  };

  it('says that it cannot take events in, instead of letting who asks wait, and goes on once it can', async () => {
    inLog(
      `CREATE TRIGGER full BEFORE INSERT ON nodes BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END`,
    );
    await store.append('automaker-a', 'no-stream', [someEvent()]);
    for (const ask of [() => log.checkpoint(), () => log.exportCheckpoint(), () => log.catchUp()])
      await expect(ask()).rejects.toMatchObject({
        status: 503,
        message: expect.stringMatching(/stands at event 0 of 1 \(.*disk is full\)/),
      });
    inLog('DROP TRIGGER full');
    expect((await log.checkpoint()).size).toBe(1);
  });

  it('says so as well where a hash stands in its way already', async () => {
    await store.append('automaker-a', 'no-stream', [someEvent()]);
    await log.catchUp();
    inLog(`INSERT INTO nodes VALUES (1, 0, 'x')`);
    await store.append('automaker-a', 0, [someEvent()]);
    await expect(log.checkpoint()).rejects.toMatchObject({ status: 503 });
  });
});
