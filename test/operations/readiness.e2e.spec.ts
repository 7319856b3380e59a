import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { createApplication } from '../../src/server.js';
import { settingsFrom } from '../../src/settings.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { REGISTERED } from '../e2e/server.js';

/** A small disk for this test, if the system allows mounting one. */
const disk = mkdtempSync(join(tmpdir(), 'tracker-disk-'));
const isMounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=24m', 'tmpfs', disk]).status === 0;
afterAll(() => {
  if (isMounted) execFileSync('umount', ['-l', disk]);
  rmSync(disk, { recursive: true, force: true });
});

/** Longer than the result of a probe is cached. */
const NEXT_PROBE_MS = 1100;

describe('readiness, where the events are in a file', () => {
  let app: NestFastifyApplication;
  let url: string;
  let store: string;
  let key: string;

  const start = async (): Promise<void> => {
    app = await createApplication(
      settingsFrom({ DATA_DIR: store, PORT: '0', LOG_LEVEL: 'silent', RATE_LIMIT: '0' }),
    );
    await app.listen(0, '127.0.0.1');
    url = await app.getUrl();
  };
  beforeEach(async () => {
    store = join(disk, 'store');
    mkdirSync(store);
    await start();
    ({ key } = await app.get(ApiKeys, { strict: false }).create('ann', 'analyst'));
  });
  afterEach(async () => {
    await app.close();
    rmSync(store, { recursive: true, force: true });
    rmSync(join(disk, 'filling'), { force: true });
  });

  const ready = async (): Promise<readonly [status: number, detail: string]> => {
    await sleep(NEXT_PROBE_MS);
    const response = await fetch(`${url}/health/ready`);
    const body = (await response.json()) as { checks: { 'event-store': { detail: string } } };
    return [response.status, body.checks['event-store'].detail];
  };
  const record = async (automaker: string): Promise<number> => {
    const headers = { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` };
    const body = JSON.stringify(REGISTERED);
    return (await fetch(`${url}/api/automakers/${automaker}/events`, { method: 'POST', headers, body }))
      .status;
  };
  const NOT_RECORDABLE = /^The ledger stands at position \d+; nothing can be recorded: /;

  it('is there while events can be recorded, and what it tries is seen nowhere', async () => {
    expect(await record('xpeng')).toBe(201);
    for (let count = 0; count < 3; count += 1)
      expect(await ready()).toEqual([200, 'The ledger stands at position 1.']);
    expect(await record('byd')).toBe(201);
    expect(await ready()).toEqual([200, 'The ledger stands at position 2.']);
  });

  it('writes to the disk, and at most once a second, however often it is asked', async () => {
    await ready();
    const journal = join(store, 'events.sqlite-wal');
    const before = statSync(journal).size;
    await Promise.all(Array.from({ length: 50 }, () => fetch(`${url}/health/ready`)));
    // Each write takes a page of 4 KB and its header; fifty writes would take 200 KB.
    expect(statSync(journal).size - before).toBeLessThan(20_000);
    await ready();
    expect(statSync(journal).size).toBeGreaterThan(before);
  });

  (isMounted ? it : it.skip)('ends while the disk is full, and comes back with room', async () => {
    expect(await record('xpeng')).toBe(201);
    fill(join(disk, 'filling'));
    const [status, detail] = await ready();
    expect([status, detail]).toEqual([503, expect.stringMatching(NOT_RECORDABLE) as string]);
    expect(detail).toMatch(/the disk is full\.$/);
    expect((await fetch(`${url}/api/automakers`)).status).toBe(200);
    rmSync(join(disk, 'filling'));
    expect((await ready())[0]).toBe(200);
    expect(await record('byd')).toBe(201);
  });

  it.each(['events.sqlite', 'events.sqlite.lock'])(
    'ends where %s is taken away or put in place of another',
    async (name) => {
      const file = join(store, name);
      renameSync(file, `${file}.kept`);
      const [status, detail] = await ready();
      expect([status, detail]).toEqual([503, expect.stringMatching(NOT_RECORDABLE) as string]);
      expect(detail).toContain('was taken away');
      writeFileSync(file, '');
      expect((await ready())[0]).toBe(503);
      renameSync(`${file}.kept`, file);
      expect((await ready())[0]).toBe(200);
    },
  );
});

/** Fills a disk to the last byte. */
function fill(file: string): void {
  spawnSync('dd', ['if=/dev/zero', `of=${file}`, 'bs=4k']);
}
