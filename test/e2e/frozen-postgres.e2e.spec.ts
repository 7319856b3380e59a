import { mkdtempSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { ApiKeys } from '../../src/access/api-keys.js';
import { createApplication } from '../../src/server.js';
import { settingsFrom } from '../../src/settings.js';
import { Wire } from '../read-model/wire.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';
import { answerTo, entered, REGISTERED } from './server.js';

/** Upper bound for an answer: the deadlines of its waits, plus time for a busy machine. */
const ANSWERS_WITHIN_MS = 12_000;

describeOnPostgres('while PostgreSQL takes connections and answers nothing', () => {
  let directory: string;
  let database: TestDatabase;
  let wire: Wire;
  let app: NestFastifyApplication;
  let url: string;
  let key: string;

  beforeAll(async () => {
    directory = mkdtempSync(join(tmpdir(), 'tracker-frozen-'));
    database = await createDatabase();
    wire = await Wire.to(database.url);
    app = await createApplication(
      settingsFrom({
        DATA_DIR: directory,
        POSTGRES_URL: wire.url,
        PORT: '0',
        LOG_LEVEL: 'silent',
        RATE_LIMIT: '0',
      }),
    );
    await app.listen(0, '127.0.0.1');
    url = `http://127.0.0.1:${(app.getHttpServer().address() as AddressInfo).port}`;
    ({ key } = await app.get(ApiKeys, { strict: false }).create('ann', 'analyst'));
    const { body } = await record(REGISTERED);
    expect((await get(`/api/automakers/xpeng?minPosition=${body.position}`)).status).toBe(200);
  });
  afterAll(async () => {
    wire.thaw();
    await app.close();
    await wire.close();
    await database.drop();
    rmSync(directory, { recursive: true, force: true });
  });

  it('a question that holds a connection already is told to ask again', async () => {
    expect((await get('/api/events?limit=2')).status).toBe(200);
    wire.freeze();
    const { status, body } = await get('/api/events?limit=3');
    wire.thaw();
    expect([status, body.type]).toEqual([503, '/problems/store-unavailable']);
  }, 30_000);

  it('every request is answered in time, readiness says why, and all goes on once it thaws', async () => {
    wire.freeze();
    const paths = [
      '/',
      '/markets',
      '/audit',
      '/api/events',
      '/api/compare',
      '/api/views',
      '/api/differences',
    ];
    const asked = [
      // More requests than connections, so that some wait for one.
      ...Array.from({ length: 4 }, () => paths).flat(),
      '/api/automakers?trueOn=2025-01-01',
      '/api/automakers/xpeng?minPosition=99',
    ].map((path) => get(path.includes('differences') ? `${path}?from=2025-01-01` : path));
    const writes = [entered('NO'), entered('SE')].map((event) => record(event));
    const ready = await get('/health/ready');
    expect([ready.status, ready.body.checks.views.ok]).toEqual([503, false]);
    expect((await get('/health/live')).status).toBe(200);
    const statuses = (await Promise.all([...asked, ...writes])).map(({ status }) => status);
    // Events recorded in time stay recorded; the only other error is the declared 503.
    expect(statuses.filter((status) => ![200, 201, 503].includes(status))).toEqual([]);
    expect(statuses).toContain(503);

    wire.thaw();
    for (;;) if ((await get('/health/ready')).status === 200) break;
    const { status, body } = await record(entered('DK'));
    expect(status).toBe(201);
    const markets = await get(`/api/automakers/xpeng/markets?minPosition=${body.position}`);
    expect(JSON.stringify(markets.body)).toContain('DK');
  }, 60_000);

  const get = (path: string) =>
    answerTo(fetch(url + path, { signal: AbortSignal.timeout(ANSWERS_WITHIN_MS) }));

  const record = (event: object) =>
    answerTo(
      fetch(`${url}/api/automakers/xpeng/events`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', Authorization: `Bearer ${key}` },
        body: JSON.stringify(event),
        signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
      }),
    );
});
