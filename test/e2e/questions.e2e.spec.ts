import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answerTo, entered, startServer, type TestServer } from './server.js';

const SHIPPED = join(process.cwd(), 'data', 'ledger');

/** Imports the shipped ledger once; the questions only read it, except where noted. */
describe('questions over HTTP', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const lines = readdirSync(SHIPPED)
      .sort()
      .map((file) => readFileSync(join(SHIPPED, file), 'utf8'))
      .join('');
    const imported = await server.post('/api/imports', lines, { 'Content-Type': 'application/x-ndjson' });
    expect(imported.body).toMatchObject({ refused: 0 });
    const { body } = await server.get('/api/ledger/checkpoint');
    await server.get(`/api/automakers?minPosition=${body.size ?? 1}`);
  });
  afterAll(() => server.stop());

  const GET = [
    '/api/automakers',
    '/api/automakers/xpeng',
    '/api/automakers/xpeng/targets',
    '/api/automakers/xpeng/targets/half-overseas',
    '/api/automakers/xpeng/targets/half-overseas/history',
    '/api/automakers/xpeng/strategy',
    '/api/automakers/xpeng/markets',
    '/api/automakers/xpeng/partners',
    '/api/automakers/xpeng/production',
    '/api/automakers/xpeng/outlets',
    '/api/automakers/xpeng/figures',
    '/api/markets',
    '/api/markets/NO',
    '/api/compare?automakers=xpeng,geely',
    '/api/events?automaker=xpeng&limit=5',
    '/api/differences?automaker=xpeng&from=2024-12-31&to=2025-12-31',
  ];

  it.each(GET)('GET %s answers JSON with an ETag, and 304 to who holds it', async (path) => {
    const first = await server.get(path);
    expect([first.status, first.headers.get('content-type')]).toEqual([
      200,
      'application/json; charset=utf-8',
    ]);
    const etag = first.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\/"[\w-]{22}"$/);
    const again = await answerTo(fetch(server.url + path, { headers: { 'If-None-Match': `"x", ${etag}` } }));
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([304, '', etag]);
    const other = await answerTo(fetch(server.url + path, { headers: { 'If-None-Match': '"x"' } }));
    expect([other.status, other.text]).toEqual([200, first.text]);
  });

  it('answers anew as soon as the views hold what was recorded', async () => {
    const path = '/api/automakers/nio/markets';
    const before = await server.get(path);
    const { body } = await server.post('/api/automakers/nio/events', entered('IS', '2026-01'));
    await server.get(`${path}?minPosition=${body.position}`);
    const after = await server.get(path);
    expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
    expect(after.body.markets.map(({ market }: { market: string }) => market)).toContain('IS');
  });

  it('pages the timeline without gaps or repeats, also while more is recorded', async () => {
    const all = new Set<string>();
    let next: string | undefined;
    let pages = 0;
    do {
      const query: string = next === undefined ? '' : `&cursor=${encodeURIComponent(next)}`;
      const { body } = await server.get(`/api/events?automaker=xpeng&limit=20&direction=asc${query}`);
      for (const { id } of body.events) {
        expect(all.has(id)).toBe(false);
        all.add(id);
      }
      next = body.next;
      pages++;
      if (pages === 2) {
        const late = await server.post('/api/automakers/xpeng/events', entered('FO', '2015'));
        await server.get(`/api/automakers?minPosition=${late.body.position}`);
      }
    } while (next !== undefined);
    const recorded = (await server.get('/api/export')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line))
      .filter(({ stream, occurredOn }) => stream === 'automaker-xpeng' && occurredOn !== '2015');
    expect(pages).toBeGreaterThan(3);
    for (const { id } of recorded) expect(all.has(id)).toBe(true);
  });

  it('refuses misspelt parameters and unknown names with what there is instead', async () => {
    expect((await server.get('/api/automakers?knowOn=2025-01-01')).body).toMatchObject({ status: 400 });
    const unknown = await server.get('/api/automakers/xpnge');
    expect(unknown.status).toBe(404);
    expect(unknown.body.detail).toContain('xpeng');
    expect((await server.get('/api/automakers/xpeng/targets/nope')).body.detail).toContain('half-overseas');
  });
});
