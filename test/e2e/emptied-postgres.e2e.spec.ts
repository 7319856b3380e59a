import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiKeys } from '../../src/access/api-keys.js';
import { createApplication } from '../../src/server.js';
import { settingsFrom } from '../../src/settings.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';
import { answerTo, entered, REGISTERED } from './server.js';

describeOnPostgres('a PostgreSQL whose tables are dropped under a running node', () => {
  let directory: string;
  let database: TestDatabase;
  let app: NestFastifyApplication;
  let key: string;

  const start = async (): Promise<void> => {
    app = await createApplication(
      settingsFrom({
        DATA_DIR: directory,
        POSTGRES_URL: database.url,
        PORT: '0',
        LOG_LEVEL: 'silent',
        RATE_LIMIT: '0',
      }),
    );
    await app.listen(0, '127.0.0.1');
  };
  const url = () => `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
  const get = (path: string) => answerTo(fetch(url() + path));
  const record = (event: object) =>
    answerTo(
      fetch(`${url()}/api/automakers/xpeng/events`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
        body: JSON.stringify(event),
      }),
    );
  const madeKey = async () =>
    void ({ key } = await app.get(ApiKeys, { strict: false }).create('ann', 'analyst'));

  beforeEach(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tracker-emptied-'));
    database = await createDatabase();
    await start();
    await madeKey();
    const { body } = await record(REGISTERED);
    expect((await get(`/api/automakers/xpeng?minPosition=${body.position}`)).status).toBe(200);
  });
  afterEach(async () => {
    await app.close();
    await database.drop();
    rmSync(directory, { recursive: true, force: true });
  });

  const REMEDY = /start the node again/;

  it('answers 503 and what helps, records on, and tells it all after a restart', async () => {
    await database.query('DROP SCHEMA views_1 CASCADE');
    for (const path of ['/api/events?limit=3', '/api/views', '/api/search?q=norway']) {
      const { status, body } = await get(path);
      expect([path, status, body.type]).toEqual([path, 503, '/problems/store-unavailable']);
      expect(body.detail).toMatch(REMEDY);
    }
    const ready = await get('/health/ready');
    expect([ready.status, ready.body.checks.views.ok]).toEqual([503, false]);
    expect(ready.body.checks.views.detail).toMatch(REMEDY);
    expect((await record(entered('NO'))).status).toBe(201);

    await app.close();
    await start();
    const { status, body } = await get('/api/automakers/xpeng/markets?minPosition=2');
    expect([status, JSON.stringify(body).includes('NO')]).toEqual([200, true]);
  }, 60_000);

  it('answers 503 and what helps where keys, the key of the log and checkpoints are gone', async () => {
    await database.query('DROP SCHEMA views_1 CASCADE; DROP SCHEMA tracker CASCADE');
    // A key that was just checked is believed for a second.
    await sleep(1100);
    const { status, body } = await record(entered('NO'));
    expect([status, body.type]).toEqual([503, '/problems/store-unavailable']);
    expect(body.detail).toMatch(/backup/);
    expect((await get('/api/ledger/checkpoint')).status).toBe(503);
  }, 60_000);
});
