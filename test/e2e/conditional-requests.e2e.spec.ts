import { entered, REGISTERED, SOURCE, startServer, type TestServer } from './server.js';

let server: TestServer;

beforeAll(async () => {
  server = await startServer();
  await server.post('/api/automakers/xpeng/events', REGISTERED);
  const { body } = await server.post('/api/automakers/xpeng/events', {
    ...entered('NO', '2021-05'),
    evidence: SOURCE,
  });
  await server.get(`/api/automakers?minPosition=${body.position}`);
});
afterAll(() => server.stop());

const ask = (path: string, init: RequestInit = {}): Promise<Response> => fetch(server.url + path, init);
const namesOf = ({ headers }: Response): Record<string, string | null> =>
  Object.fromEntries(['etag', 'cache-control', 'content-type'].map((name) => [name, headers.get(name)]));

const PATHS = [
  '/api/automakers',
  '/api/automakers/xpeng',
  '/api/automakers/xpeng?trueOn=2020-01-01',
  '/api/events',
  '/api/ledger/checkpoint',
  '/feeds/events.atom',
  '/automakers/xpeng',
  '/goals',
];

describe('HEAD is answered as GET, without a body', () => {
  it.each(PATHS)('%s', async (path) => {
    const [got, head] = [await ask(path), await ask(path, { method: 'HEAD' })];
    expect(got.status).toBe(200);
    expect(head.status).toBe(200);
    expect(got.headers.get('etag')).toMatch(/^(?:W\/)?".+"$/);
    expect(namesOf(head)).toEqual(namesOf(got));
    expect(await head.text()).toBe('');
    const headers = { 'If-None-Match': got.headers.get('etag') ?? '' };
    expect((await ask(path, { method: 'HEAD', headers })).status).toBe(304);
  });
});

describe('what a client has already is not sent again', () => {
  it.each(PATHS)('%s', async (path) => {
    const etag = (await ask(path)).headers.get('etag') ?? '';
    const strong = etag.replace(/^W\//, '');
    for (const held of [etag, strong, `W/${strong}`, `"another", ${etag}`, '*'])
      expect([held, (await ask(path, { headers: { 'If-None-Match': held } })).status]).toEqual([held, 304]);
    expect((await ask(path, { headers: { 'If-None-Match': '"another"' } })).status).toBe(200);
  });
});

describe('a cache between is told that answers are compressed, and under which tag', () => {
  it.each(PATHS)('%s', async (path) => {
    const asked: RequestInit[] = ['identity', 'gzip', 'br'].map((encoding) => ({
      headers: { 'Accept-Encoding': encoding },
    }));
    const whole = await Promise.all(asked.map((init) => ask(path, init)));
    const etag = whole[0]?.headers.get('etag') ?? '';
    expect(etag).toMatch(/^W\//);
    const all = [
      ...whole,
      await ask(path, { method: 'HEAD' }),
      await ask(path, { headers: { 'If-None-Match': etag } }),
      await ask(path, { method: 'HEAD', headers: { 'If-None-Match': etag, 'Accept-Encoding': 'gzip' } }),
    ];
    expect(all.map(({ status }) => status)).toEqual([200, 200, 200, 200, 304, 304]);
    for (const { headers } of all) {
      expect(headers.get('etag')).toBe(etag);
      expect(headers.get('vary')).toBe(
        path.startsWith('/api') || path.startsWith('/feeds') ? 'accept-encoding' : 'Cookie, accept-encoding',
      );
    }
  });
});

describe('what a client has of one clock is not taken for that of another', () => {
  const CLOCKS = [
    '',
    '?trueOn=2020-01-01',
    '?trueOn=2021-12-31',
    '?publicOn=2020-01-01',
    '?knownOn=2020-01-01',
  ];
  it.each(['/api/automakers/xpeng/markets', '/api/automakers/xpeng', '/automakers/xpeng', '/markets/NO'])(
    '%s',
    async (path) => {
      const answers = [];
      for (const clock of CLOCKS) {
        const answer = await ask(path + clock);
        answers.push({ clock, etag: answer.headers.get('etag'), text: await answer.text() });
      }
      expect(new Set(answers.map(({ text }) => text)).size).toBeGreaterThan(1);
      for (const held of answers)
        for (const { clock, text } of answers) {
          if (held.etag === null || text === held.text) continue;
          const { status } = await ask(path + clock, { headers: { 'If-None-Match': held.etag } });
          expect([held.clock, clock, status]).not.toEqual([held.clock, clock, 304]);
        }
    },
  );
});
