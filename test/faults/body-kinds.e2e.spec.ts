import { REGISTERED, startServer, type TestServer } from '../e2e/server.js';

/** Content types of bodies; for each, some route here reads it, or none does. */
const KINDS = [
  'application/json',
  'application/x-ndjson',
  'application/jsonl',
  'application/cloudevents+x-ndjson',
  'text/csv',
  'TEXT/CSV; charset=utf-8',
  'text/csv;a',
  'text/plain',
  'application/octet-stream',
  'application/x-www-form-urlencoded',
  'multipart/form-data',
  'multipart/form-data; boundary=b',
  'application/',
  'json',
];
const BODIES = ['{"type":', '[]', 'null', '"text"', '1', 'a=b', '--b--\r\n', ''];

/** Long enough for a busy machine, but shorter than an endless read of a body. */
const ANSWERS_WITHIN_MS = 20_000;

describe('a body of a kind that belongs elsewhere', () => {
  let server: TestServer;
  let routes: string[];

  beforeAll(async () => {
    server = await startServer();
    await server.post('/api/automakers/xpeng/events', REGISTERED);
    const { body } = await server.get('/docs/json');
    const paths = Object.entries(body.paths as Record<string, { post?: object }>);
    routes = paths.flatMap(([path, { post }]) => (post ? [path.replaceAll(/\{\w+\}/g, 'xpeng')] : []));
    expect(routes).toContain('/api/automakers/xpeng/events');
    const event = '/events/00000000-0000-4000-8000-000000000001';
    routes.push('/sign-in', '/sign-out', '/log', '/import', `${event}/correct`);
  }, 60_000);
  afterAll(() => server.stop());

  it.each(KINDS)(
    'is refused, or read as what it is, wherever it is sent: %s',
    async (type) => {
      const faults: unknown[] = [];
      for (const path of routes)
        for (const body of BODIES) {
          const status = await statusOf(path, type, body);
          if (status >= 500) faults.push({ path, body, status });
        }
      expect(faults).toEqual([]);
    },
    120_000,
  );

  it.each(['text/csv', 'application/x-ndjson', 'Application/JSONL; charset=utf-8'])(
    'is told where it is read, where it holds a ledger: %s',
    async (type) => {
      const { status, body } = await server.post('/api/automakers/xpeng/events', REGISTERED, {
        'Content-Type': type,
      });
      expect([status, body.type]).toEqual([415, '/problems/unsupported-media-type']);
      expect(body.detail).toContain('/api/imports');
    },
  );

  async function statusOf(path: string, type: string, body: string): Promise<number> {
    const answer = await fetch(server.url + path, {
      method: 'POST',
      redirect: 'manual',
      headers: { 'Content-Type': type, Authorization: `Bearer ${server.keys.admin}` },
      body,
      signal: AbortSignal.timeout(ANSWERS_WITHIN_MS),
    });
    await answer.arrayBuffer();
    return answer.status;
  }
});
