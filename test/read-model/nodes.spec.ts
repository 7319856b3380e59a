import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NewEvent } from '../../src/domain/ledger/event.js';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { ReadModel } from '../../src/read-model/read-model.js';
import { Projector } from '../../src/read-model/projector.js';
import { PostgresGenerations } from '../../src/read-model/postgres/postgres-generations.js';
import { RebuildUnderWay } from '../../src/read-model/generations.js';
import { ParkedStreamRow, SubjectRow } from '../../src/read-model/row-entities.js';
import { checkpointOf } from '../../src/read-model/tables.js';
import { TablesMovedOn } from '../../src/read-model/tables-moved-on.js';
import { verify } from '../../src/read-model/verify.js';
import { someEvent } from '../event-store/events.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';
import { startViewNode, type ViewNode } from './view-process.js';
import { TIERS, type ViewsPlace } from './view-tiers.js';

const registered = (): NewEvent =>
  someEvent({ type: 'AutomakerRegistered', data: { name: 'X', homeMarket: 'CN' } } as never);
const opened = (): NewEvent => someEvent({ type: 'ServiceCenterOpened', data: { market: 'NO' } } as never);

let directory: string;
let store: EventStore;
let revision = -1;
const started = new Set<ViewNode>();
beforeEach(async () => {
  directory = mkdtempSync(join(tmpdir(), 'nodes-'));
  store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
  ({ revision } = await store.append('automaker-a', 'no-stream', [registered()]));
});
afterEach(async () => {
  for (const node of started) await node.kill();
  started.clear();
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

/** Records events of one automaker; returns the position of the last one. */
async function record(count: number): Promise<number> {
  const appended = await store.append('automaker-a', revision, Array.from({ length: count }, opened));
  revision = appended.revision;
  return appended.position;
}

function startNode(work: 'follow' | 'rebuild', place: string): ViewNode {
  const node = startViewNode(work, directory, place);
  started.add(node);
  return node;
}

describe.each(TIERS)('a rebuild on %s', (_, placeOf) => {
  let place: ViewsPlace;
  beforeEach(async () => {
    place = await placeOf();
  });
  afterEach(() => place.remove());

  it('goes on wherever it was killed, and ends equal to the live views', async () => {
    const head = await record(2000);
    const live = await ReadModel.open(await place.sets(), store);
    await live.catchUp();
    await live.close();
    const reached = [0];
    for (let round = 0; round < 5; round++) {
      const node = startNode('rebuild', place.address);
      await node.until(({ begun }) => begun === true);
      await sleep(Math.random() * 250);
      await node.kill();
      const begun = await place.views(2);
      reached.push((await checkpointOf(begun.rows.manager)).position);
      await begun.close();
    }
    // Progress is kept: no round started from the beginning.
    expect(reached).toEqual([...reached].sort((a, b) => a - b));
    const last = startNode('rebuild', place.address);
    await last.ended;
    const after = await ReadModel.open(await place.sets(), store);
    // The last round may have been killed after its switch.
    const generations = last.said.flatMap(({ generation }) => (generation === undefined ? [] : [generation]));
    expect(last.said.at(-1)).toMatchObject({ position: head, differences: [], generation: generations[0] });
    expect((await verify(store, after.tables)).findings).toEqual([]);
    await after.close();
  }, 300_000);
});

describeOnPostgres('several nodes over one PostgreSQL', () => {
  let database: TestDatabase;
  const nodes: ReadModel[] = [];
  beforeEach(async () => {
    database = await createDatabase();
  });
  afterEach(async () => {
    for (const node of nodes.splice(0)) await node.close();
    await database.drop();
  });

  async function openNode(batchSize = 100): Promise<ReadModel> {
    const node = await ReadModel.open(await PostgresGenerations.open(database.url), store, { batchSize });
    nodes.push(node);
    node.start();
    return node;
  }

  async function twoNodes(): Promise<{ projecting: ReadModel; waiting: ReadModel }> {
    const projecting = await openNode();
    while (!projecting.status.projects) await sleep(10);
    return { projecting, waiting: await openNode() };
  }

  it('has one that projects, and all of them know how far', async () => {
    const { projecting, waiting } = await twoNodes();
    for (let round = 0; round < 5; round++) {
      const position = await record(10);
      expect(await waiting.waitFor(position, 5000)).toBe(true);
      expect(waiting.status).toMatchObject({ position, projects: false });
      expect(await projecting.waitFor(position, 5000)).toBe(true);
    }
    expect(projecting.status.projects).toBe(true);
    expect((await verify(store, waiting.tables)).findings).toEqual([]);
  });

  it('takes over within five seconds of a kill, again and again, and nothing is projected twice', async () => {
    let node = startNode('follow', database.url);
    await node.until(({ projects }) => projects === true);
    for (let round = 0; round < 3; round++) {
      const next = startNode('follow', database.url);
      await next.until(({ projects }) => projects === false);
      // Many batches, so that the kill comes between two of them or inside one.
      await record(400);
      await sleep(Math.random() * 300);
      await node.kill();
      const killed = Date.now();
      await next.until(({ projects }) => projects === true);
      expect(Date.now() - killed).toBeLessThan(5000);
      node = next;
    }
    const position = await record(1);
    const witness = await openNode();
    expect(await witness.waitFor(position, 20_000)).toBe(true);
    expect((await verify(store, witness.tables)).findings).toEqual([]);
    await node.kill();
  }, 300_000);

  it('never projects twice, however many try at once', async () => {
    await record(60);
    const sets = await PostgresGenerations.open(database.url);
    const { live } = await sets.generations();
    const tries = [1, 2, 3].map(async () => {
      const views = await sets.open(live);
      const projector = new Projector(store, views, { batchSize: 1 });
      for (let refused = 0; ; refused++) {
        try {
          await projector.catchUp();
          await views.close();
          return refused;
        } catch (error) {
          if (!(error instanceof TablesMovedOn)) throw error;
        }
      }
    });
    expect((await Promise.all(tries)).some((refused) => refused > 0)).toBe(true);
    const views = await sets.open(live);
    // Exactly one transaction per event.
    expect(await checkpointOf(views.rows.manager)).toMatchObject({ position: 61, version: 61 });
    expect((await verify(store, views)).findings).toEqual([]);
    await views.close();
    await sets.close();
  }, 30_000);

  it('survives the loss of all its connections, in the middle of its work', async () => {
    const { projecting, waiting } = await twoNodes();
    let position = 0;
    for (let round = 0; round < 4; round++) {
      position = await record(300);
      await sleep(Math.random() * 100);
      await database.query(
        'SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid()',
      );
    }
    for (const node of [projecting, waiting]) expect(await node.waitFor(position, 20_000)).toBe(true);
    while (projecting.status.projects === waiting.status.projects) await sleep(10);
    expect((await verify(store, waiting.tables)).findings).toEqual([]);
  }, 60_000);

  it('answers every question through rebuilds under writes and back again, on every node', async () => {
    const { projecting, waiting } = await twoNodes();
    await record(500);
    const over = new AbortController();
    let asked = 0;
    const readers = [projecting, waiting].map(async (node) => {
      while (!over.signal.aborted) {
        const [row] = await node.rows.getRepository(SubjectRow).find({ where: { kind: 'automaker' } });
        if (row) asked++;
      }
    });
    const writer = (async () => {
      let position = 0;
      while (!over.signal.aborted) {
        position = await record(5);
        await sleep(5);
      }
      return position;
    })();
    // Requested on a node that does not project, and on the one that does.
    const first = await waiting.rebuild();
    expect(first).toMatchObject({ generation: 2, differences: [] });
    await expect(Promise.all([waiting.rebuild(), projecting.rebuild()])).rejects.toThrow(RebuildUnderWay);
    // The rebuild that was not refused may still be running.
    for (;;) {
      const done = await projecting.rebuild().catch((error: unknown) => error);
      if (!(done instanceof RebuildUnderWay)) {
        expect(done).toMatchObject({ differences: [] });
        break;
      }
      await sleep(20);
    }
    const before = await projecting.rollBack();
    over.abort();
    const position = await writer;
    await Promise.all(readers);
    expect(asked).toBeGreaterThan(0);
    for (const node of [projecting, waiting]) {
      expect(await node.waitFor(position, 10_000)).toBe(true);
      expect((await verify(store, node.tables)).findings).toEqual([]);
    }
    expect(await database.query('SELECT live FROM tracker.live_views')).toEqual([{ live: before }]);
  }, 60_000);

  it('applies a parked stream again at the word of any node', async () => {
    const { projecting, waiting } = await twoNodes();
    await store.append('automaker-b', 'no-stream', [registered(), opened()]);
    const position = await record(1);
    expect(await projecting.waitFor(position, 5000)).toBe(true);
    // Simulates an older version of the software that could not apply the stream's second event.
    await database.query(
      "INSERT INTO views_1.parked_streams VALUES ('automaker-b', 3, 'some-event', 'UnknownEventType', '')",
    );
    await database.query("DELETE FROM views_1.timeline WHERE stream = 'automaker-b' AND revision = 1");
    await waiting.unpark('automaker-b');
    const later = await store.append('automaker-b', 1, [opened()]);
    expect(await waiting.waitFor(later.position, 5000)).toBe(true);
    expect(await waiting.rows.getRepository(ParkedStreamRow).count()).toBe(0);
    expect((await verify(store, waiting.tables)).findings).toEqual([]);
    expect(projecting.status.parked).toBe(0);
  });
});
