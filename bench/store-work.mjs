// Does one benchmark task on the stores, in a process of its own. Prints its result as JSON.
import 'reflect-metadata';
import { Buffer } from 'node:buffer';
import { spawnSync } from 'node:child_process';
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs';
import { once } from 'node:events';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { fileURLToPath } from 'node:url';
import { NestFactory } from '@nestjs/core';
import { CommandBus } from '@nestjs/cqrs';
import { ImportEvents } from '../dist/commands/import/import-events.js';
import { RecordEvents } from '../dist/commands/recording/record-events.js';
import { CoreModule } from '../dist/core.module.js';
import { EVENT_STORE } from '../dist/event-store/event-store.js';
import { openDatabase } from '../dist/event-store/sqlite/driver.js';
import { openSqliteEventStore } from '../dist/event-store/sqlite/sqlite-event-store.js';
import { newestVersion } from '../dist/domain/events/versions.js';
import { readJsonLines } from '../dist/formats/jsonl.js';
import { REBUILD_BATCH } from '../dist/read-model/read-model.js';
import { ReadModel } from '../dist/read-model/read-model.js';
import { buildByStream } from '../dist/read-model/build-by-stream.js';
import { SqliteTables } from '../dist/read-model/sqlite/sqlite-tables.js';
import { RECORD_COLUMNS, TIMELINE_COLUMNS } from '../dist/read-model/rows.js';
import { settingsFrom } from '../dist/settings.js';
import { median } from './processes.mjs';
import { randomLines } from './random-ledger.mjs';

const [, , kind, count, directory] = process.argv;
const EVENTS = Number(count);

async function ledgerFile(file, events = EVENTS, shape = {}) {
  const out = createWriteStream(file);
  for (const line of randomLines(events, shape))
    if (!out.write(`${JSON.stringify(line)}\n`)) await once(out, 'drain');
  out.end();
  await once(out, 'finish');
  return file;
}

const CATCH_UP_MS = 600_000;
const DAY_MS = 86_400_000;
/** Time span, in milliseconds, over which the generated events were recorded. */
const DAYS_OF_RECORDING = 280 * DAY_MS;
const fresh = () => mkdtempSync(join(tmpdir(), 'tracker-bench-'));
const perSecond = (started) => EVENTS / ((performance.now() - started) / 1000);
const open = (folder) =>
  NestFactory.createApplicationContext(CoreModule.forRoot(settingsFrom({ DATA_DIR: folder })), {
    logger: false,
  });

async function raw() {
  const rows = [];
  const revisions = new Map();
  for (const { stream, type, ...rest } of randomLines(EVENTS)) {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    rows.push([
      rows.length + 1,
      stream,
      revision,
      crypto.randomUUID(),
      type,
      JSON.stringify({ ...rest, recordedAt: '2026-01-01T00:00:00.000Z', recordedBy: 'bench' }),
    ]);
  }
  let best = 0;
  for (const size of [1000, 5000, 20_000]) {
    const folder = fresh();
    const store = await openSqliteEventStore({ file: join(folder, 'events.sqlite') });
    await store.close();
    const database = openDatabase(join(folder, 'events.sqlite'));
    database.exec('PRAGMA synchronous = FULL');
    const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)');
    const started = performance.now();
    for (let from = 0; from < rows.length; from += size) {
      database.exec('BEGIN IMMEDIATE');
      for (const row of rows.slice(from, from + size)) insert.run(...row);
      database.exec('COMMIT');
    }
    best = Math.max(best, perSecond(started));
    database.close();
    rmSync(folder, { recursive: true });
  }
  return { rate: best };
}

/**
 * Writes a ledger of the same events as an import, by raw inserts. An import of 1,000,000 events would take
 * too long here, and is measured elsewhere.
 */
async function writing() {
  const folder = fresh();
  const store = await openSqliteEventStore({ file: join(folder, 'events.sqlite') });
  await store.close();
  const database = openDatabase(join(folder, 'events.sqlite'));
  const insert = database.prepare('INSERT INTO events VALUES (?, ?, ?, ?, ?, ?)');
  const revisions = new Map();
  const apart = DAYS_OF_RECORDING / EVENTS;
  let position = 0;
  database.exec('PRAGMA synchronous = OFF; BEGIN IMMEDIATE');
  for (const { stream, type, ...rest } of randomLines(EVENTS, { perAutomaker: 450, busiest: EVENTS / 10 })) {
    const revision = (revisions.get(stream) ?? -1) + 1;
    revisions.set(stream, revision);
    const recordedAt = new Date(Date.UTC(2026, 0, 10) + Math.floor(++position * apart)).toISOString();
    const version = newestVersion(type);
    const written = {
      ...(version > 1 && { version }),
      evidence: [],
      ...rest,
      recordedAt,
      recordedBy: 'bench',
    };
    insert.run(position, stream, revision, crypto.randomUUID(), type, JSON.stringify(written));
  }
  database.exec('COMMIT');
  database.close();
  return { directory: folder, automakers: revisions.size };
}

async function importing() {
  const folder = fresh();
  const file = await ledgerFile(join(folder, 'lines.jsonl'));
  const app = await open(folder);
  const started = performance.now();
  const counts = await app
    .get(CommandBus)
    .execute(new ImportEvents(readJsonLines(createReadStream(file)), { author: 'bench', restore: false }));
  const rate = perSecond(started);
  if (counts.refused > 0) throw new Error(`${counts.refused} lines were refused`);
  const megabytes = Math.round(process.resourceUsage().maxRSS / 1024);
  await app.close();
  rmSync(file);
  return { rate, megabytes, directory: folder };
}

/** The parsed bodies of all events of the ledger. */
function* parsedEvents() {
  const store = openDatabase(join(directory, 'events.sqlite'), { readOnly: true });
  const page = store.prepare(
    'SELECT position, stream, revision, id, type, body FROM events WHERE position > ? ORDER BY position LIMIT 1000',
  );
  let last = 0;
  for (let rows = page.all(last); rows.length > 0; rows = page.all(last)) {
    for (const { body } of rows) yield JSON.parse(body);
    last = rows.at(-1).position;
  }
}

/** Builds views of the ledger in a folder, and returns their file. */
async function built(folder) {
  const views = await SqliteTables.open(join(folder, 'views.sqlite'), { unindexed: true });
  const at = { position: EVENTS, recordedAt: '2026-01-01T00:00:00.000Z', version: 0 };
  await buildByStream(views, { ledger: join(directory, 'events.sqlite'), parkedAt: at.recordedAt, at });
  await views.index();
  await views.close();
  return views.file;
}

async function rebuilding() {
  const folder = fresh();
  const started = performance.now();
  await built(folder);
  const rate = perSecond(started);
  rmSync(folder, { recursive: true });
  return { rate };
}

/**
 * The minimum work of any rebuild, on one thread: read and parse the events, and insert exactly the same
 * rows.
 */
async function copying() {
  const folder = fresh();
  const source = openDatabase(await built(folder), { readOnly: true });
  const tables = [
    ['records', RECORD_COLUMNS],
    ['timeline', TIMELINE_COLUMNS],
  ].map(([table, columns]) => ({
    insert: `INSERT INTO ${table} VALUES (${columns.map(() => '?').join(', ')})`,
    rows: source
      .prepare(`SELECT ${columns.join(', ')} FROM ${table}`)
      .all()
      .map((row) => columns.map((name) => row[name])),
  }));
  source.close();
  const empty = await SqliteTables.open(join(folder, 'copy.sqlite'), { unindexed: true });
  const copy = openDatabase(empty.file);
  const started = performance.now();
  let parsed = 0;
  for (const event of parsedEvents()) if (event) parsed++;
  for (const { insert, rows } of tables) {
    const statement = copy.prepare(insert);
    for (let from = 0; from < rows.length; from += REBUILD_BATCH) {
      copy.exec('BEGIN IMMEDIATE');
      for (const row of rows.slice(from, from + REBUILD_BATCH)) statement.run(...row);
      copy.exec('COMMIT');
    }
  }
  await empty.index();
  const rate = perSecond(started);
  if (parsed !== EVENTS) throw new Error(`the ledger has ${parsed} events`);
  copy.close();
  await empty.close();
  rmSync(folder, { recursive: true });
  return { rate };
}

/** The import command, called as a user calls it, on lines of a given shape. */
async function command() {
  const folder = fresh();
  const shape = JSON.parse(directory);
  const [one, all] = await Promise.all([
    ledgerFile(join(folder, 'one.jsonl'), 1, shape),
    ledgerFile(join(folder, 'all.jsonl'), EVENTS, shape),
  ]);
  const started = usageOf(one, join(folder, 'one'));
  const { cpuMs, mainMs, megabytes, ms } = usageOf(all, join(folder, 'all'));
  rmSync(folder, { recursive: true });
  const an = (whole, start) => ((whole - start) * 1000) / EVENTS;
  return {
    cpu: an(cpuMs, started.cpuMs),
    main: an(mainMs, started.mainMs),
    rate: EVENTS / ((ms - started.ms) / 1000),
    megabytes,
  };
}

function usageOf(file, data) {
  const cli = fileURLToPath(new URL('../dist/cli.js', import.meta.url));
  const usage = new URL('./usage.mjs', import.meta.url).href;
  const { stdout, stderr, status } = spawnSync(process.execPath, ['--import', usage, cli, 'import', file], {
    env: { ...process.env, DATA_DIR: data },
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout.trim().split('\n').at(-1));
}

async function growing() {
  const folder = fresh();
  const app = await open(folder);
  const commands = app.get(CommandBus);
  const [store, views] = [app.get(EVENT_STORE), app.get(ReadModel)];
  const times = [];
  for (const size of (process.env.BENCH_SIZES ?? '10,1000,10000,100000').split(',').map(Number)) {
    const stream = `automaker-size-${size}`;
    const lines = randomLines(size, { active: 1, perAutomaker: size });
    await importAll(commands, stream, lines);
    // The views work in the same thread. Their catching up after the import must not count as the cost of one
    // more event.
    if (!(await views.waitFor(await store.head(), CATCH_UP_MS))) throw new Error('the views are behind');
    const once = async (index) => {
      const started = performance.now();
      await commands.execute(
        new RecordEvents(
          stream,
          [
            {
              type: 'ServiceCenterOpened',
              occurredOn: '2026-01-01',
              data: { market: 'KR', city: `${size} ${index}` },
              evidence: [{ url: 'https://example.com/source', publisher: 'x', grade: 'reported' }],
            },
          ],
          { author: 'bench' },
        ),
      );
      return (performance.now() - started) * 1000;
    };
    const runs = [];
    for (let index = 0; index < 400; index++) runs.push(await once(index));
    times.push({ size, microseconds: Math.round(runs.slice(100).sort((a, b) => a - b)[150]) });
  }
  await app.close();
  rmSync(folder, { recursive: true });
  return times.map(({ size, microseconds }) => ({
    size,
    microseconds,
    ratio: microseconds / times[0].microseconds,
  }));
}

/** An automaker with one market whose service centers were opened one by one. */
function* openings(count) {
  yield { type: 'AutomakerRegistered', occurredOn: '2010', data: { name: 'Busy', homeMarket: 'CN' } };
  for (let index = 1; index < count; index++) yield opening(index, index);
}

const opening = (index, place) => ({
  type: 'ServiceCenterOpened',
  occurredOn: new Date(Date.UTC(2011, 0, 1) + Math.floor(place / 25) * DAY_MS).toISOString().slice(0, 10),
  data: { market: 'NO', city: `City ${index}`, operator: 'own' },
  evidence: [{ url: `https://news.example.com/${index}`, publisher: 'Example', grade: 'reported' }],
});

async function importAll(commands, stream, events) {
  const lines = (function* () {
    for (const event of events) yield Buffer.from(`${JSON.stringify({ ...event, stream })}\n`);
  })();
  const counts = await commands.execute(
    new ImportEvents(readJsonLines(Readable.from(lines)), { author: 'bench', restore: false }),
  );
  if (counts.refused > 0) throw new Error(`${counts.refused} lines were refused`);
}

/**
 * CPU time of one more event in one subject of various sizes, including its rows, and the longest time that a
 * backdated event blocks the event loop.
 */
async function busySubjects() {
  const folder = fresh();
  const app = await open(folder);
  const commands = app.get(CommandBus);
  const [store, views] = [app.get(EVENT_STORE), app.get(ReadModel)];
  const caughtUp = async () => {
    if (!(await views.waitFor(await store.head(), CATCH_UP_MS))) throw new Error('the views are behind');
  };
  const record = async (stream, event) => {
    await commands.execute(new RecordEvents(stream, [event], { author: 'bench' }));
    await caughtUp();
  };
  const times = [];
  for (const size of (process.env.BENCH_SIZES ?? '10,1000,10000,100000').split(',').map(Number)) {
    const stream = `automaker-busy-${size}`;
    await importAll(commands, stream, openings(size));
    await caughtUp();
    const runs = [];
    for (let index = 0; index < 300; index++) {
      const before = process.cpuUsage();
      await record(stream, opening(size + index, size + index));
      const { user, system } = process.cpuUsage(before);
      runs.push(user + system);
    }
    const late = [];
    const delay = monitorEventLoopDelay({ resolution: 1 });
    delay.enable();
    for (let index = 0; index < 3; index++) {
      const started = performance.now();
      await record(stream, opening(1_000_000 + index, 1));
      late.push(performance.now() - started);
    }
    delay.disable();
    times.push({
      size,
      microseconds: median(runs.slice(100)),
      lateMs: median(late),
      heldMs: delay.max / 1e6,
    });
  }
  await app.close();
  rmSync(folder, { recursive: true });
  return times;
}

const result = await {
  busy: busySubjects,
  raw,
  write: writing,
  import: importing,
  command,
  copy: copying,
  rebuild: rebuilding,
  grow: growing,
}[kind]();
console.log(JSON.stringify(result));
process.exit(0);
