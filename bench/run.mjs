// Measures the work of the tracker as ratios to bounds taken in the same run, and writes bench/README.md.
import 'reflect-metadata';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openAccessDatabase } from '../dist/access/access-database.js';
import { ApiKeys } from '../dist/access/api-keys.js';
import { asOfTimes, proofTimes } from './audit.mjs';
import { rawInserts, importing, rebuilding, readingBack, growingStreams } from './stores.mjs';
import { pageTimes } from './pages.mjs';
import { postgresRows } from './postgres.mjs';
import { median, requestsPerSecond, startServer } from './processes.mjs';

const EVENTS = Number(process.env.BENCH_EVENTS ?? 200_000);
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 3);
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));
const empty = fileURLToPath(new URL('./empty-application.mjs', import.meta.url));
const rows = [];

function row(work, bar, ratio, isMet, details) {
  rows.push({ work, bar, ratio: ratio.toFixed(2), met: isMet ? 'yes' : 'no', details });
  console.log(`${work}: ${ratio.toFixed(2)} (bar ${bar}: ${isMet ? 'met' : 'NOT met'}) ${details}`);
}

const folder = () => mkdtempSync(join(tmpdir(), 'tracker-bench-'));
const SOURCE = [
  {
    url: 'https://news.example.com/a',
    publisher: 'Example',
    publishedOn: '2025-09-15',
    grade: 'reported',
    note: 'a remark',
  },
];
let counter = 0;
const eventBody = () =>
  JSON.stringify({
    type: 'ServiceCenterOpened',
    occurredOn: '2025-09-14',
    data: { market: 'NO', city: `City ${counter++}`, operator: 'own' },
    evidence: SOURCE,
  });

async function keyFor(directory) {
  const database = await openAccessDatabase(directory);
  const { key } = await new ApiKeys(database).create('bench', 'analyst');
  await database.destroy();
  return { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` };
}

async function appends(automakers) {
  const ratios = [];
  let details = '';
  for (let round = 0; round < ROUNDS; round++) {
    const directory = folder();
    const headers = await keyFor(directory);
    const bound = await startServer(empty, {}, '/api/read');
    const most = await requestsPerSecond({
      url: `${bound.url}/api/events`,
      method: 'POST',
      headers,
      requests: [{ setupRequest: (request) => ({ ...request, body: eventBody() }) }],
    });
    await bound.stop();
    const server = await startServer(main, { DATA_DIR: directory }, '/health/ready');
    for (let index = 0; index < automakers; index++) {
      await fetch(`${server.url}/api/automakers/maker-${index}/events`, {
        method: 'POST',
        headers,
        body: JSON.stringify({
          type: 'AutomakerRegistered',
          occurredOn: '2010',
          data: { name: 'M', homeMarket: 'CN' },
        }),
      });
    }
    let next = 0;
    const ours = await requestsPerSecond({
      url: server.url,
      method: 'POST',
      headers,
      requests: [
        {
          setupRequest: (request) => ({
            ...request,
            path: `/api/automakers/maker-${next++ % automakers}/events`,
            body: eventBody(),
          }),
        },
      ],
    });
    await server.stop();
    rmSync(directory, { recursive: true });
    ratios.push(ours.rate / most.rate);
    details = `${Math.round(ours.rate)} of ${Math.round(most.rate)} requests/s`;
  }
  return { ratio: median(ratios), details };
}

async function questions() {
  const directory = folder();
  const headers = await keyFor(directory);
  const server = await startServer(main, { DATA_DIR: directory }, '/health/ready');
  const shipped = spawnSync('sh', ['-c', 'cat data/ledger/*.jsonl'], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  }).stdout;
  await fetch(`${server.url}/api/imports`, {
    method: 'POST',
    headers: { ...headers, 'Content-Type': 'application/x-ndjson' },
    body: shipped,
  });
  const path = '/api/automakers/xpeng/targets/half-overseas';
  await new Promise((resolve) => setTimeout(resolve, 1000));
  const body = await (await fetch(server.url + path)).text();
  const bound = await startServer(empty, { BODY_SIZE: String(body.length) }, '/api/read');
  const ratios = [];
  let stored;
  let most;
  for (let round = 0; round < ROUNDS; round++) {
    most = await requestsPerSecond({ url: `${bound.url}/api/read` }, 3);
    stored = await requestsPerSecond({ url: server.url + path }, 3);
    ratios.push(stored.rate / most.rate);
  }
  row(
    'GET progress of one target, stored view',
    '≥ 0.6',
    median(ratios),
    median(ratios) >= 0.6,
    `${Math.round(stored.rate)} of ${Math.round(most.rate)} requests/s`,
  );
  await bound.stop();
  await server.stop();
  rmSync(directory, { recursive: true });
}

async function starts() {
  const ratios = [];
  let details = '';
  for (let round = 0; round < ROUNDS; round++) {
    const bound = await startServer(empty, {}, '/api/read');
    await bound.stop();
    const directory = folder();
    const server = await startServer(main, { DATA_DIR: directory }, '/api/automakers');
    await server.stop();
    rmSync(directory, { recursive: true });
    ratios.push(server.ms / bound.ms);
    details = `${Math.round(server.ms)} of ${Math.round(bound.ms)} ms`;
  }
  row('start to first answer', '≤ 2', median(ratios), median(ratios) <= 2, details);
}

/** BENCH_ONLY=append,import… measures some rows only, and writes nothing. */
const only = process.env.BENCH_ONLY?.split(',');
const wanted = (name) => !only || only.includes(name);

if (wanted('append')) await appendRows();
if (wanted('import')) await importRows();
if (wanted('grow')) growRows();
if (wanted('ask')) await questions();
if (wanted('asof')) await asOfRows();
if (wanted('proofs')) await proofRows();
if (wanted('start')) await starts();
if (wanted('pages')) await pageRows();

async function pageRows() {
  const bars = { '/': 100, '/automakers/xpeng': 50, '/automakers/geely': 50 };
  for (const { path, ms, bytes } of await pageTimes(Object.keys(bars))) {
    const bar = bars[path];
    const isMet = ms <= bar && bytes <= 100_000;
    const details = `median of one reader after the other; ${Math.round(bytes / 1000)} KB gzip, bar 100 KB`;
    row(`page ${path}, in ms`, `≤ ${bar} ms`, ms, isMet, details);
  }
}

async function asOfRows() {
  const directory = folder();
  const headers = await keyFor(directory);
  const { stored, median: typical, p95 } = await asOfTimes(main, headers, directory, 10_000, 200);
  row(
    'GET with trueOn and knownOn, stream of 10,000 events, to the stored view',
    '≤ 10, p95 ≤ 100 ms',
    typical / stored,
    typical / stored <= 10 && p95 <= 100,
    `${typical.toFixed(1)} ms (p95 ${p95.toFixed(1)}) of ${stored.toFixed(1)} ms`,
  );
  rmSync(directory, { recursive: true });
}

async function proofRows() {
  const { checkpoint, inclusion, consistency } = await proofTimes(1_000_000);
  const slowest = Math.max(checkpoint, inclusion, consistency);
  row(
    'checkpoint and proofs at 1,000,000 leaves, p95, to 10 ms',
    '≤ 1',
    slowest / 10,
    slowest <= 10,
    `checkpoint ${checkpoint.toFixed(2)}, inclusion ${inclusion.toFixed(2)}, consistency ${consistency.toFixed(2)} ms`,
  );
}

async function appendRows() {
  const many = await appends(32);
  row(
    'durable append over HTTP, 32 connections, 32 automakers',
    '≥ 0.7',
    many.ratio,
    many.ratio >= 0.7,
    many.details,
  );
  const one = await appends(1);
  row(
    'durable append over HTTP, 32 connections, one automaker',
    '≥ 0.7',
    one.ratio,
    one.ratio >= 0.7,
    one.details,
  );
}

async function importRows() {
  const raw = rawInserts(EVENTS);
  const imported = importing(EVENTS);
  const few = importing(Math.min(20_000, EVENTS));
  row(
    `import of ${EVENTS.toLocaleString('en-GB')} events`,
    '≥ 0.35',
    imported.rate / raw.rate,
    imported.rate / raw.rate >= 0.35,
    `${Math.round(imported.rate)} of ${Math.round(raw.rate)} events/s; peak memory ${imported.megabytes} MB, of 20,000 events ${few.megabytes} MB`,
  );

  const read = readingBack(EVENTS, imported.directory);
  const rebuilt = rebuilding(EVENTS, imported.directory);
  row(
    'rebuild of all views, embedded',
    '≥ 0.35',
    rebuilt.rate / read.rate,
    rebuilt.rate / read.rate >= 0.35,
    `${Math.round(rebuilt.rate)} of ${Math.round(read.rate)} events/s`,
  );
  await postgresRows(row, EVENTS, imported.directory);
  rmSync(imported.directory, { recursive: true });
  rmSync(few.directory, { recursive: true });
}

function growRows() {
  for (const { size, ratio, microseconds } of growingStreams()) {
    row(
      `one more event in a stream of ${size.toLocaleString('en-GB')} events`,
      '≤ 1.5',
      ratio,
      ratio <= 1.5,
      `${microseconds} µs`,
    );
  }
}

const table = [
  '| work | bar | measured | met | details |',
  '| --- | --- | --- | --- | --- |',
  ...rows.map(
    ({ work, bar, ratio, met, details }) => `| ${work} | ${bar} | ${ratio} | ${met} | ${details} |`,
  ),
].join('\n');
const [cpu] = cpus();
if (!only)
  writeFileSync(
    fileURLToPath(new URL('./README.md', import.meta.url)),
    `# Measurements\n\n\`npm run bench\` measures each kind of work as a ratio to a bound taken in the same run on the same machine: what a perfect\nprogram could not beat. Ratios hold better than figures; the median of ${ROUNDS} rounds is shown.\n\n${table}\n\nMeasured on ${new Date().toISOString().slice(0, 10)}: ${cpus().length} cores (${cpu?.model.trim()}), Node ${process.version}.\n`,
  );
