import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore } from '../../src/event-store/event-store.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite/sqlite-event-store.js';
import { ReadModel } from '../../src/read-model/read-model.js';
import { verify } from '../../src/read-model/verify.js';
import { SubjectRow, TimelineRow } from '../../src/read-model/row-entities.js';
import { PostgresGenerations } from '../../src/read-model/postgres/postgres-generations.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';
import { RandomLedger } from './random-ledger.js';
import { startViewNode, type ViewNode } from './view-process.js';
import { Wire } from './wire.js';

/**
 * With REBUILD_EVENTS=200000 REBUILD_INTERRUPTIONS=8, the test takes some minutes and prints its
 * measurements.
 */
const EVENTS = Number(process.env['REBUILD_EVENTS'] ?? 1000);
const INTERRUPTIONS = Number(process.env['REBUILD_INTERRUPTIONS'] ?? 4);
const READERS = 3;
/** Small, so that there are many batches to interrupt. */
const REBUILD_BATCH = Math.max(50, Math.round(EVENTS / 100));
const HOUR_MS = 3_600_000;

/** Failed reads, and how long readers waited. */
class Readings {
  asked = 0;
  readonly failed: string[] = [];
  /** The longest time, in ms, that a reader waited for a new event. */
  longestWait = 0;

  async ask(what: string, question: () => Promise<boolean>): Promise<void> {
    this.asked++;
    const answered = await question().catch((error: unknown) => String(error));
    if (answered !== true) this.failed.push(`${what}: ${answered}`);
  }
}

/** Reads events that were in the ledger before the rebuild. */
async function read(live: ReadModel, streams: readonly string[], to: Readings, over: AbortSignal) {
  for (let turn = 0; !over.aborted; turn++) {
    const stream = streams[turn % streams.length] ?? '';
    await to.ask(stream, async () => {
      const { manager } = live.rows;
      const [automaker] = await manager.findBy(SubjectRow, { stream, kind: 'automaker' });
      const events = await manager.countBy(TimelineRow, { stream });
      return automaker !== undefined && events > 0;
    });
  }
}

/** Reads events just recorded, like a question with `minPosition`. */
async function readOwnWrites(live: ReadModel, ledger: RandomLedger, to: Readings, over: AbortSignal) {
  while (!over.aborted) {
    const { position } = ledger;
    const asked = Date.now();
    await to.ask(`position ${position}`, async () => {
      if (!(await live.waitFor(position, HOUR_MS))) return false;
      return (await live.rows.manager.findOneBy(TimelineRow, { position })) !== null;
    });
    to.longestWait = Math.max(to.longestWait, Date.now() - asked);
    await sleep(20);
  }
}

describeOnPostgres('a rebuild on PostgreSQL', () => {
  let directory: string;
  let store: EventStore;
  let database: TestDatabase;
  let wire: Wire;
  let live: ReadModel;
  const started: ViewNode[] = [];
  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'rebuild-'));
    store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
    database = await createDatabase();
    wire = await Wire.to(database.url);
    live = await ReadModel.open(await PostgresGenerations.open(database.url), store, { batchSize: 5000 });
  });
  afterEach(async () => {
    for (const node of started) await node.kill();
    await live.close();
    await wire.close();
    await database.drop();
    await store.close();
    rmSync(directory, { recursive: true, force: true });
  });

  /** The position of the views that a rebuild fills. */
  const rebuiltTo = (): Promise<number> =>
    database.query<{ position: string }>('SELECT position FROM views_2.checkpoint').then(
      ([row]) => Number(row?.position ?? 0),
      // The rebuild has not started yet.
      () => 0,
    );
  const pointer = async () =>
    (await database.query<{ live: number }>('SELECT live FROM tracker.live_views'))[0]?.live;

  /**
   * Rebuilds in a separate process, and interrupts it at a share of the work: kills the process or cuts its
   * connections.
   */
  async function interrupt(share: number, byKill: boolean): Promise<number> {
    const node = startViewNode('rebuild', directory, wire.url, REBUILD_BATCH);
    started.push(node);
    while (!node.hasEnded && (await rebuiltTo()) < share * EVENTS) await sleep(5);
    // In the middle of a batch or of the comparison.
    await sleep(Math.random() * Math.max(50, EVENTS / 40));
    if (byKill) await node.kill();
    else {
      wire.cut();
      await node.ended;
      // The rebuild may have finished just before.
      if ((await pointer()) === 1) expect(node.said).toContainEqual({ failed: expect.any(String) as string });
    }
    return rebuiltTo();
  }

  it(
    `of ${EVENTS} events goes on through ${INTERRUPTIONS} interruptions while others write and read, and no read fails`,
    async () => {
      const ledger = new RandomLedger(store);
      await ledger.record(EVENTS);
      await live.catchUp();
      live.start();
      while (!live.status.projects) await sleep(10);

      const over = new AbortController();
      const readings = new Readings();
      const streams = ledger.streams;
      const readers = [
        ...Array.from({ length: READERS }, () => read(live, streams, readings, over.signal)),
        readOwnWrites(live, ledger, readings, over.signal),
      ];
      const writer = (async () => {
        while (!over.signal.aborted) {
          await ledger.record(5);
          await sleep(5);
        }
      })();

      let report: Record<string, unknown> | undefined;
      const began = Date.now();
      let switched: number;
      const reached: number[] = [];
      try {
        // The last interruption comes after the build, during indexing, comparison or switch.
        const shares = [...Array.from({ length: INTERRUPTIONS - 1 }, () => Math.random() * 0.95), 1];
        shares.sort((a, b) => a - b);
        for (const [round, share] of shares.entries()) {
          reached.push(await interrupt(share, round % 2 === 0));
          if ((await pointer()) !== 1) break;
        }
        // Progress is kept: no round started from the beginning.
        expect(reached).toEqual([...reached].sort((a, b) => a - b));
        const last = startViewNode('rebuild', directory, wire.url, REBUILD_BATCH);
        started.push(last);
        await last.ended;
        switched = Date.now();
        report = last.said.at(-1);
        expect(report).toMatchObject({ differences: [] });
        expect(await pointer()).toBe(report?.['generation']);
        // Questions are also answered from the new views for a while.
        await sleep(1000);
      } finally {
        // Without a database, the readers would loop and block everything else.
        over.abort();
        await Promise.allSettled([writer, ...readers]);
      }
      await writer;
      await Promise.all(readers);

      expect(readings.failed).toEqual([]);
      expect(await live.waitFor(ledger.position, HOUR_MS)).toBe(true);
      const verified = await verify(store, live.tables);
      expect(verified).toMatchObject({ findings: [], events: ledger.position, position: ledger.position });
      if (process.env['REBUILD_EVENTS'] !== undefined) {
        process.stdout.write(
          `${EVENTS} events, ${ledger.position - EVENTS} more recorded meanwhile; ${reached.length} interruptions at ${reached.join(', ')}; ${((switched - began) / 1000).toFixed(1)} s to the switch to views_${String(report?.['generation'])}; ${readings.asked} reads, ${readings.failed.length} failed, the longest wait for what was just recorded ${(readings.longestWait / 1000).toFixed(1)} s; ${verified.rows} rows equal to the fold of ${verified.events} events\n`,
        );
      }
    },
    Math.max(300_000, EVENTS * 15),
  );
});
