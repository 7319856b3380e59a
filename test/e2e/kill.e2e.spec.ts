import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { verify } from '../../src/read-model/verify.js';
import { tierOf } from '../tier.js';
import { NodeProcess } from './node-process.js';
import { Writers } from './writers.js';

const KILLS = Number(process.env['KILLS'] ?? 4);
const WRITERS = 8;

let node: NodeProcess | undefined;
afterAll(() => node?.kill());

it(`keeps every acknowledged event through ${KILLS} kills under load, and repeats none`, async () => {
  const directory = mkdtempSync(join(tmpdir(), 'tracker-kill-'));
  const tier = await tierOf(directory);
  const access = await openAccessDatabase(directory, tier.environment['POSTGRES_URL']);
  const { key } = await new ApiKeys(access).create('writer', 'analyst');
  await access.destroy();

  node = await NodeProcess.on(directory, tier.environment);
  await node.start();
  const writers = new Writers(WRITERS, [node], key);
  for (let round = 0; round < KILLS; round++) {
    await sleep(300);
    await node.kill();
    await node.start();
  }
  await sleep(200);
  await writers.stop();
  // The views catch up by themselves; polls until they have reached the ledger.
  for (;;) {
    const { checks } = (await (await fetch(`${node.url}/health/ready`)).json()) as {
      checks: { views: { detail: string } };
    };
    if (checks.views.detail.includes(' 0 events behind')) break;
  }
  await node.kill();

  const store = await tier.events();
  const ids: string[] = [];
  for await (const { id } of store.readAll()) ids.push(id);
  expect(writers.acknowledged.size).toBeGreaterThan(WRITERS);
  expect([...writers.acknowledged].filter((id) => !ids.includes(id))).toEqual([]);
  expect(new Set(ids).size).toBe(ids.length);
  const views = await tier.views();
  const { findings, position } = await verify(store, views);
  expect({ findings, position }).toEqual({ findings: [], position: ids.length });
  await views.close();
  await store.close();
  await tier.remove();
  rmSync(directory, { recursive: true, force: true });
}, 600_000);
