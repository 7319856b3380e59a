import { spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { openSqliteEventStore } from '../../src/event-store/sqlite.js';
import { verify } from '../../src/projections/verify.js';
import { tierOf } from '../tier.js';
import { freePort } from './free-port.js';
import { REGISTERED, SOURCE } from './server.js';

const KILLS = Number(process.env['KILLS'] ?? 4);
const WRITERS = 8;
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

let server: ChildProcess | undefined;
afterAll(() => server?.kill('SIGKILL'));

it(`keeps every acknowledged event through ${KILLS} kills under load, and repeats none`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-kill-'));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const tier = await tierOf(directory);
  const access = await openAccessDatabase(directory, tier.environment['POSTGRES_URL']);
  const { key } = await new ApiKeys(access).create('writer', 'analyst');
  await access.destroy();

  const start = async () => {
    server = spawn(process.execPath, [main], {
      env: {
        ...process.env,
        DATA_DIR: directory,
        PORT: String(port),
        LOG_LEVEL: 'silent',
        RATE_LIMIT: '0',
        ...tier.environment,
      },
      stdio: 'ignore',
    });
    for (;;) {
      const ready = await fetch(`${url}/health/ready`).catch(() => undefined);
      if (ready?.ok) return;
      await new Promise((resolve) => setTimeout(resolve, 30));
    }
  };
  const kill = () =>
    new Promise<void>((resolve) => {
      server?.once('close', () => resolve());
      server?.kill('SIGKILL');
    });

  const acknowledged = new Set<string>();
  let stopped = false;
  /** Sends one event until it is acknowledged, with the same key each time. */
  const deliver = async (writer: number, index: number, event: object) => {
    while (!stopped) {
      const answer = await fetch(`${url}/api/automakers/maker-${writer}/events`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Authorization: `Bearer ${key}`,
          'Idempotency-Key': `${writer}-${index}`,
        },
        body: JSON.stringify(event),
      })
        .then(async (response) => ({ status: response.status, text: await response.text() }))
        // Cut off before the whole answer came: nothing is acknowledged yet.
        .catch(() => undefined);
      if (answer?.status === 201) {
        const { events } = JSON.parse(answer.text) as { events: { id: string }[] };
        acknowledged.add(events[0]?.id ?? '');
        return;
      }
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
  };

  await start();
  const writers = Array.from({ length: WRITERS }, async (_, writer) => {
    await deliver(writer, 0, REGISTERED);
    for (let index = 1; !stopped; index++) {
      await deliver(writer, index, {
        type: 'FigureReported',
        occurredOn: '2025-12-31',
        data: { measure: 'overseas-units', value: index, period: '2025' },
        evidence: SOURCE,
      });
    }
  });
  for (let round = 0; round < KILLS; round++) {
    await new Promise((resolve) => setTimeout(resolve, 300));
    await kill();
    await start();
  }
  await new Promise((resolve) => setTimeout(resolve, 200));
  stopped = true;
  await Promise.all(writers);
  // The views catch up by themselves: ask until they stand where the ledger stands.
  for (;;) {
    const { checks } = (await (await fetch(`${url}/health/ready`)).json()) as {
      checks: { views: { detail: string } };
    };
    if (checks.views.detail.includes(' 0 events behind')) break;
  }
  await kill();

  const store = await openSqliteEventStore({ file: join(directory, 'events.sqlite') });
  const ids: string[] = [];
  for await (const { id } of store.readAll()) ids.push(id);
  expect(acknowledged.size).toBeGreaterThan(WRITERS);
  expect([...acknowledged].filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  const views = await tier.views();
  const { findings, position } = await verify(store, views);
  expect({ findings, position }).toEqual({ findings: [], position: ids.length });
  await views.close();
  await store.close();
  await tier.remove();
  rmSync(directory, { recursive: true, force: true });
}, 600_000);
