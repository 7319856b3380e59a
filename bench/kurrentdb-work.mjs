// Does one benchmark task on a ledger in KurrentDB, in a process of its own. Arguments: kind, connection
// string, prefix, events. Prints its result as JSON.
import 'reflect-metadata';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { KurrentDBClient, START, STREAM_NAME } from '@kurrent/kurrentdb-client';
import { openKurrentEventStore } from '../dist/event-store/kurrentdb/open.js';
import { Projector } from '../dist/read-model/projector.js';
import { REBUILD_BATCH } from '../dist/read-model/read-model.js';
import { SqliteTables } from '../dist/read-model/sqlite/sqlite-tables.js';
import { randomLines } from './random-ledger.mjs';

const [, , kind, url, streamPrefix, count] = process.argv;
const EVENTS = Number(count);
const AT_ONCE = 100;
const folder = mkdtempSync(join(tmpdir(), 'tracker-bench-'));
const open = () => openKurrentEventStore({ url, streamPrefix, directory: folder, timeoutMs: 60_000 });
const perSecond = (started) => EVENTS / ((performance.now() - started) / 1000);

/** Fills the ledger without checking any rules. */
async function fill() {
  const store = await open();
  const streams = new Map();
  for (const { stream, ...event } of randomLines(EVENTS)) {
    const waiting = streams.get(stream) ?? [];
    streams.set(stream, waiting);
    waiting.push({
      id: crypto.randomUUID(),
      recordedAt: '2026-01-01T00:00:00.000Z',
      recordedBy: 'bench',
      ...event,
    });
  }
  const work = [...streams];
  const started = performance.now();
  const writer = async () => {
    for (let next = work.pop(); next; next = work.pop()) {
      const [stream, events] = next;
      for (let from = 0; from < events.length; from += AT_ONCE)
        await store.append(stream, from === 0 ? 'no-stream' : from - 1, events.slice(from, from + AT_ONCE));
    }
  };
  await Promise.all(Array.from({ length: 9 }, writer));
  const rate = perSecond(started);
  await store.close();
  return rate;
}

/** Reads all events with the plain client. */
async function read() {
  const client = KurrentDBClient.connectionString(url);
  const started = performance.now();
  const prefixes = [`${streamPrefix}automaker-`, `${streamPrefix}market-`];
  const filter = { filterOn: STREAM_NAME, prefixes, checkpointInterval: 1 };
  let bytes = 0;
  for await (const { event } of client.readAll({ fromPosition: START, filter }))
    bytes += event?.type.length ?? 0;
  if (bytes === 0) throw new Error('nothing was read');
  return perSecond(started);
}

/** Measures how fast a new node counts the events. */
async function counting() {
  const started = performance.now();
  const store = await open();
  if ((await store.head()) !== EVENTS) throw new Error('the node has not counted all');
  const rate = perSecond(started);
  await store.close();
  return rate;
}

async function projecting(work) {
  const store = await open();
  const views = await SqliteTables.open(join(folder, 'views.sqlite'), { unindexed: work === rebuilt });
  const started = performance.now();
  await work(store, views);
  const rate = perSecond(started);
  await views.close();
  await store.close();
  return rate;
}

async function rebuilt(store, views) {
  await new Projector(store, views, { batchSize: REBUILD_BATCH }).catchUp();
  await views.index();
}

/** A node that was offline catches up with all events. */
async function caughtUp(store, views) {
  const projector = new Projector(store, views);
  await projector.resume();
  projector.start();
  while (projector.status.position < EVENTS) await new Promise((resolve) => setTimeout(resolve, 10));
  await projector.stop();
}

const kinds = {
  fill,
  read,
  count: counting,
  rebuild: () => projecting(rebuilt),
  'catch-up': () => projecting(caughtUp),
};
const rate = await kinds[kind]();
rmSync(folder, { recursive: true });
console.log(JSON.stringify({ rate }));
process.exit(0);
