import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { ReadModel } from '../../src/read-model/read-model.js';
import { PostgresGenerations } from '../../src/read-model/postgres/postgres-generations.js';
import { verify } from '../../src/read-model/verify.js';
import { someEvent } from '../event-store/events.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';

const registered = () =>
  someEvent({ type: 'AutomakerRegistered', data: { name: 'X', homeMarket: 'CN' } } as never);

describeOnPostgres('nodes of two releases over one PostgreSQL', () => {
  let database: TestDatabase;
  let directory: string;
  let store: EventStore;
  let node: ReadModel | undefined;
  beforeEach(async () => {
    database = await createDatabase();
    directory = mkdtempSync(join(tmpdir(), 'releases-'));
    store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
    await store.append('automaker-a', 'no-stream', [registered()]);
  });
  afterEach(async () => {
    await node?.close();
    await store.close();
    await database.drop();
    rmSync(directory, { recursive: true, force: true });
  });

  const openNode = async (told: unknown[] = []): Promise<ReadModel> => {
    const sets = await PostgresGenerations.open(database.url);
    node = await ReadModel.open(sets, store, { onError: (error) => told.push(error) });
    node.start();
    return node;
  };

  it('keep views of their own: the newer one does not wait until the older one is stopped', async () => {
    await (await openNode()).close();
    // Simulates a release without versions of types, whose node still projects.
    await database.query('UPDATE tracker.live_views SET version = 3, name = NULL');
    const older = new pg.Client({ connectionString: database.url });
    await older.connect();
    await older.query('SELECT pg_advisory_lock($1, 2)', [0x4d_45_54]);
    const newer = await openNode();
    expect(await newer.waitFor(1, 20_000)).toBe(true);
    expect((await verify(store, newer.tables)).findings).toEqual([]);
    expect(await database.query('SELECT live FROM tracker.live_views')).toEqual([{ live: 2 }]);
    await older.end();
  });

  it('tell the older one, once, and it goes on with its own views', async () => {
    const told: unknown[] = [];
    const older = await openNode(told);
    expect(await older.waitFor(1, 20_000)).toBe(true);
    await database.query('UPDATE tracker.live_views SET version = version + 1, name = $$newer$$, live = 7');
    const failures = new Set<string>();
    while (failures.size < 2) {
      const { lastError } = older.status;
      if (lastError) failures.add(lastError.at);
      await sleep(50);
    }
    expect(told.map(String)).toEqual([expect.stringContaining('made by a newer release of the tracker')]);
    const { position } = await store.append('automaker-b', 'no-stream', [registered()]);
    expect(await older.waitFor(position, 20_000)).toBe(true);
    expect(await database.query('SELECT live FROM tracker.live_views')).toEqual([{ live: 7 }]);
  });

  it('keep an older one from starting, which says what to do', async () => {
    await (await openNode()).close();
    node = undefined;
    await database.query('UPDATE tracker.live_views SET version = version + 1, name = $$newer$$');
    await expect(openNode()).rejects.toThrow(/newer release of the tracker.*Update this node/);
  });

  it('of which neither knows more: the one that was started later has its turn, and the other one is told', async () => {
    await (await openNode()).close();
    // Simulates a release whose views have other columns.
    await database.query('UPDATE tracker.live_views SET name = $$other columns$$');
    const told: unknown[] = [];
    const later = await openNode(told);
    expect(await later.waitFor(1, 20_000)).toBe(true);
    expect(await database.query('SELECT live FROM tracker.live_views')).toEqual([{ live: 2 }]);
    await database.query('UPDATE tracker.live_views SET name = $$columns of one more$$, live = 3');
    while (told.length === 0) await sleep(50);
    expect(String(told[0])).toContain('made by a newer release of the tracker');
    expect(await database.query('SELECT live FROM tracker.live_views')).toEqual([{ live: 3 }]);
  });
});
