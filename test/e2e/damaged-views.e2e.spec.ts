import { setTimeout as sleep } from 'node:timers/promises';
import { jest } from '@jest/globals';
import { Logger } from '@nestjs/common';
import { tierOf } from '../tier.js';
import { entered, REGISTERED, startServer, type TestServer } from './server.js';

/** A forged row in the place of the next event's row. */
const FORGED = `INSERT INTO timeline SELECT position + 1, 'forged', stream, revision + 1, type, about, subject, markets, day, published,
  "recordedAt", "recordedBy", standing, body FROM timeline WHERE position = 1`;

describe('views that hold a row which the next event makes', () => {
  let server: TestServer;
  const told: string[] = [];
  beforeAll(async () => {
    jest.spyOn(Logger.prototype, 'error').mockImplementation((said: unknown) => {
      told.push(said instanceof Error ? said.message : String(said));
    });
    server = await startServer();
    const { body } = await server.post('/api/automakers/acme/events', REGISTERED);
    await server.get(`/api/automakers?minPosition=${body.position}`);
    await (await tierOf(server.directory)).tamperViews(FORGED);
    expect((await server.post('/api/automakers/acme/events', entered('NO'))).status).toBe(201);
  });
  afterAll(async () => {
    await server.stop();
    jest.restoreAllMocks();
  });

  const views = async () => {
    const { status, body } = await server.get('/health/ready');
    return [status, body.checks.views.detail];
  };

  it('are told to be damaged, with what mends them, by the probe and once in the log', async () => {
    const inWords = expect.stringMatching(
      /^The views .*1 events behind\. The views are damaged: .*`tracker rebuild`/,
    );
    for (const until = Date.now() + 10_000; (await views())[0] !== 503 && Date.now() < until;)
      await sleep(200);
    expect(await views()).toEqual([503, inWords]);
    await sleep(1500);
    expect(told.filter((each) => each.startsWith('The views are damaged: '))).toHaveLength(1);
  });

  it('are made anew by a rebuild, and the server is ready again', async () => {
    const rebuilt = await server.post(
      '/api/views/rebuild',
      {},
      { Authorization: `Bearer ${server.keys.admin}` },
    );
    expect([rebuilt.status, rebuilt.body.differences]).toEqual([
      200,
      [expect.objectContaining({ table: 'timeline' })],
    ]);
    const { body } = await server.get('/api/automakers/acme/markets?minPosition=2');
    expect(body.markets).toHaveLength(1);
    expect((await views())[0]).toBe(200);
  });
});

it('views with an event that is no JSON say that they are damaged, and what mends them', async () => {
  const server = await startServer();
  const { body: recorded } = await server.post('/api/automakers/acme/events', REGISTERED);
  await server.get(`/api/automakers?minPosition=${recorded.position}`);
  await (await tierOf(server.directory)).tamperViews(`UPDATE timeline SET body = '{'`);
  const { status, body } = await server.get('/api/events');
  await server.stop();
  expect([status, body.detail]).toEqual([
    503,
    expect.stringMatching(/the event at position 1 is no JSON.*`tracker rebuild`/),
  ]);
});

/** JSON that is no record, event, outline or list of names. */
const DOCS = [
  'null',
  '[]',
  '7',
  '"text"',
  '{}',
  '{"name":7}',
  '{"market":"NO","present":true,"stays":[null]}',
];

describe('views with a row that is JSON of another shape', () => {
  let server: TestServer;
  let position = 0;
  const markets = 'AD AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL'.split(
    ' ',
  );
  beforeAll(async () => {
    server = await startServer();
    await server.post('/api/automakers/acme/events', REGISTERED);
  });
  afterAll(() => server.stop());

  const OF_RECORDS = ['automaker', 'market'].flatMap((kind) =>
    DOCS.map((doc) => ({
      sql: `UPDATE records SET doc = '${doc}' WHERE kind = '${kind}'`,
      named: `the record automaker-acme ${kind} `,
      paths: ['/api/automakers/acme', '/api/automakers/acme/markets', '/automakers/acme'],
    })),
  );
  const OF_EVENTS = [...DOCS, '{"occurredOn":"2024","data":[],"evidence":[]}'].map((doc) => ({
    sql: `UPDATE timeline SET body = '${doc}'`,
    named: 'the event at position ',
    paths: ['/api/events', '/api/events?automaker=acme'],
  }));

  it.each([...OF_RECORDS, ...OF_EVENTS])(
    'names it, with what mends it: $sql',
    async ({ sql, named, paths }) => {
      // What was answered or read before is kept until something new is recorded.
      const { body } = await server.post('/api/automakers/acme/events', entered(markets[position++] ?? ''));
      await server.get(`/api/events?minPosition=${body.position}`);
      const { tamperViews } = await tierOf(server.directory);
      for (const table of ['records', 'timeline'])
        await tamperViews(`CREATE TABLE kept_${table} AS SELECT * FROM ${table}`);
      await tamperViews(sql);
      const answers = await Promise.all(paths.map((path) => server.get(path)));
      for (const table of ['records', 'timeline'])
        await tamperViews(
          `DELETE FROM ${table}; INSERT INTO ${table} SELECT * FROM kept_${table}; DROP TABLE kept_${table}`,
        );
      expect(answers.map(({ status }) => status)).toEqual(paths.map(() => 503));
      expect(answers[0]?.body.detail).toMatch(new RegExp(`${named}.*\`tracker rebuild\``));
    },
  );
});
