// Does one rebuild on PostgreSQL, in a process of its own: postgres-work.mjs KIND EVENTS FOLDER URL. Prints
// its result as JSON.
import 'reflect-metadata';
import { join } from 'node:path';
import pg from 'pg';
import { openSqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { buildByStream } from '../dist/read-model/build-by-stream.js';
import { REBUILD_BATCH } from '../dist/read-model/read-model.js';
import { PostgresTables } from '../dist/read-model/postgres/postgres-tables.js';
import { Projector } from '../dist/read-model/projector.js';

const [, , kind, count, folder, url] = process.argv;
const EVENTS = Number(count);
const perSecond = (started) => EVENTS / ((performance.now() - started) / 1000);
const store = await openSqliteEventStore({ file: join(folder, 'events.sqlite'), readOnly: true });

/** The subject of an event, roughly. */
const subjectOf = ({ stream, type, data }) =>
  `${stream}/${type}/${data.site ?? data.target ?? data.partnership ?? data.entity ?? data.market ?? ''}`;

/**
 * A lower bound that even a perfect program could hardly beat: one small record per `keyOf`, and per batch
 * one upsert of the records and the checkpoint.
 */
async function bare(keyOf) {
  const client = new pg.Client(url);
  await client.connect();
  await client.query(
    'CREATE TABLE states (key text PRIMARY KEY, state text); CREATE TABLE at (position bigint)',
  );
  await client.query('INSERT INTO at VALUES (0)');
  const states = new Map();
  const write = async (changed, position) => {
    await client.query('BEGIN');
    await client.query(
      'INSERT INTO states SELECT * FROM unnest($1::text[], $2::text[]) ON CONFLICT (key) DO UPDATE SET state = excluded.state',
      [[...changed], [...changed].map((key) => JSON.stringify(states.get(key)))],
    );
    await client.query('UPDATE at SET position = $1', [position]);
    await client.query('COMMIT');
  };
  const started = performance.now();
  let changed = new Set();
  let inBatch = 0;
  let position = 0;
  for await (const event of store.readAll()) {
    const key = keyOf(event);
    const state = states.get(key) ?? { events: 0 };
    states.set(key, { events: state.events + 1, last: event.id, on: event.occurredOn });
    changed.add(key);
    position = event.position;
    if (++inBatch < 5000) continue;
    await write(changed, position);
    changed = new Set();
    inBatch = 0;
  }
  await write(changed, position);
  const rate = perSecond(started);
  await client.end();
  return { rate };
}

/** Fills views by threads, as a rebuild over a ledger in a file does, or event by event, as over one on a server. */
async function filled(fill) {
  const views = await PostgresTables.open(url, 'views_1', { unindexed: true });
  const started = performance.now();
  await fill(views);
  await views.index();
  const rate = perSecond(started);
  await views.close();
  return { rate };
}

const rebuild = async (views) => {
  const at = { position: EVENTS, recordedAt: '2026-01-01T00:00:00.000Z', version: 0 };
  await buildByStream(views, { ledger: join(folder, 'events.sqlite'), parkedAt: at.recordedAt, at });
};
const follow = (views) => new Projector(store, views, { batchSize: REBUILD_BATCH }).catchUp();

const work = {
  bare: () => bare(subjectOf),
  barest: () => bare(({ stream }) => stream),
  rebuild: () => filled(rebuild),
  follow: () => filled(follow),
};
console.log(JSON.stringify(await work[kind]()));
await store.close();
