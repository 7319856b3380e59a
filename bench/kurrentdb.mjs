import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import autocannon from 'autocannon';
import { openAccessDatabase } from '../dist/access/access-database.js';
import { ApiKeys } from '../dist/access/api-keys.js';
import { startServer } from './processes.mjs';

const EVENTS = Number(process.env.BENCH_SERVER_EVENTS ?? 50_000);
const script = (name) => fileURLToPath(new URL(name, import.meta.url));
const rounded = (rate) => Math.round(rate);

/**
 * A double of the server, with reads as delayed as those of a real server, or the server at KURRENTDB_URL.
 */
async function server() {
  const given = process.env.KURRENTDB_URL;
  // The embedded nodes measured for comparison must not use the server.
  delete process.env.KURRENTDB_URL;
  if (given) return { name: 'server of KURRENTDB_URL', url: given, stop: () => undefined };
  const child = spawn(
    process.execPath,
    [
      '--import',
      script('../test/typescript.mjs'),
      script('../test/event-store/kurrentdb-double/main.ts'),
      '--late',
    ],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  const [url] = await once(createInterface({ input: child.stdout }), 'line');
  return { name: 'double, one read in three 45 ms late', url, stop: () => child.kill() };
}

/** Recordings per second by `writers` concurrent writers, each on its own automaker and sequentially. */
async function recordings(writers, environment) {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-bench-'));
  const database = await openAccessDatabase(directory);
  const { key } = await new ApiKeys(database).create('bench', 'analyst');
  await database.destroy();
  const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` };
  const node = await startServer(
    script('../dist/main.js'),
    { DATA_DIR: directory, ...environment },
    '/health/ready',
  );
  for (let index = 0; index < writers; index++) {
    const { status } = await fetch(`${node.url}/api/automakers/maker-${index}/events`, {
      method: 'POST',
      headers: { ...headers, 'Idempotency-Key': `maker-${index}` },
      body: JSON.stringify({
        type: 'AutomakerRegistered',
        occurredOn: '2010',
        data: { name: 'M', homeMarket: 'CN' },
      }),
    });
    if (status !== 201) throw new Error(`a registration was answered with ${status}`);
  }
  let count = 0;
  const setupRequest = (request) => ({
    ...request,
    path: `/api/automakers/maker-${count % writers}/events`,
    body: JSON.stringify({
      type: 'ServiceCenterOpened',
      occurredOn: '2025-09-14',
      data: { market: 'NO', city: `City ${count++}`, operator: 'own' },
      evidence: [{ url: 'https://example.com/source', publisher: 'Example', grade: 'reported' }],
    }),
  });
  const result = await autocannon({
    url: node.url,
    connections: writers,
    duration: 6,
    method: 'POST',
    headers,
    requests: [{ setupRequest }],
  });
  await node.stop();
  rmSync(directory, { recursive: true, force: true });
  if (result.non2xx > 0)
    throw new Error(`recordings were refused: ${JSON.stringify(result.statusCodeStats)}`);
  return { rate: result.requests.average, p99: result.latency.p99 };
}

/**
 * The rows for a ledger in KurrentDB: recordings compared with the embedded store, and how fast a new node
 * counts events and views take them in.
 */
export async function kurrentdbRows(row) {
  const { name, url, stop } = await server();
  const prefix = `bench-${process.pid}-`;
  try {
    for (const writers of [1, 9, 32]) {
      const embedded = await recordings(writers, {});
      const ours = await recordings(writers, {
        KURRENTDB_URL: url,
        KURRENTDB_STREAM_PREFIX: `${prefix}${writers}-`,
      });
      const ratio = ours.rate / embedded.rate;
      const isMet = writers === 32 || (ratio >= 0.5 && (writers > 1 || ours.p99 < 20));
      const bar = writers === 32 ? 'none' : writers === 1 ? '≥ 0.5, p99 < 20 ms' : '≥ 0.5';
      const details = `${rounded(ours.rate)} of ${rounded(embedded.rate)} recordings/s, p99 ${ours.p99} ms; ${name}`;
      row(`recordings over HTTP in KurrentDB by ${writers} writers, to embedded`, bar, ratio, isMet, details);
    }
    const work = (kind) => {
      const parameters = [kind, url, `${prefix}many-`, String(EVENTS)];
      const { stdout, stderr, status } = spawnSync(
        process.execPath,
        [script('./kurrentdb-work.mjs'), ...parameters],
        { encoding: 'utf8' },
      );
      if (status !== 0) throw new Error(stderr);
      return JSON.parse(stdout.trim().split('\n').at(-1)).rate;
    };
    work('fill');
    const events = EVENTS.toLocaleString('en-GB');
    const read = work('read');
    const counted = work('count');
    row(
      `a new node counts ${events} events in KurrentDB, time to a bare read`,
      '≤ 3',
      read / counted,
      read / counted <= 3,
      `${rounded(counted)} of ${rounded(read)} events/s; ${name}`,
    );
    for (const [kind, what] of [
      ['catch-up', 'views of a node that was away catch up'],
      ['rebuild', 'rebuild of all views'],
    ]) {
      const rate = work(kind);
      const details = `${rounded(rate)} events/s; ${name}`;
      row(
        `${what} with ${events} events in KurrentDB, to 8,000 events/s`,
        '≥ 1',
        rate / 8000,
        rate >= 8000,
        details,
      );
    }
  } finally {
    stop();
  }
}
