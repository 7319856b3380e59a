import { signIn } from '../pages/signed-in.js';
import { startServer, type TestServer } from './server.js';

const PATH = '/api/automakers/xpeng';
const registered = {
  type: 'AutomakerRegistered',
  occurredOn: '2014',
  data: { name: 'XPeng', homeMarket: 'CN' },
};

/** Repeats a question until its answer comes from the cache. */
async function kept(server: TestServer, key?: string) {
  const { body } = await server.post(`${PATH}/events`, registered);
  await server.get(`${PATH}?minPosition=${body.position}`, key);
  const first = await server.get(PATH, key);
  expect(first.status).toBe(200);
  return first;
}

const lasting = (headers: Headers) =>
  [...headers].filter(([name]) => !['date', 'keep-alive', 'x-request-id'].includes(name));

describe('an answer that is kept', () => {
  let server: TestServer;
  afterEach(() => server.stop());

  it('is the same, to the headers, as the one that was worked out', async () => {
    server = await startServer();
    const first = await kept(server);
    const again = await server.get(PATH);
    expect([again.status, again.text, lasting(again.headers)]).toEqual([
      200,
      first.text,
      lasting(first.headers),
    ]);
    const withKey = await server.get(PATH, server.keys.reader);
    expect([withKey.text, lasting(withKey.headers)]).toEqual([first.text, lasting(first.headers)]);
  });

  it('is refused to a wrong key, whose holder believes to be somebody', async () => {
    server = await startServer();
    await kept(server);
    expect(await server.get(PATH, 'met_wrong')).toMatchObject({ status: 401 });
  });

  it('needs a key where reading does', async () => {
    server = await startServer({ OPEN_READING: 'false' });
    const first = await kept(server, server.keys.reader);
    expect(await server.get(PATH)).toMatchObject({ status: 401 });
    expect(await server.get(PATH, server.keys.reader)).toMatchObject({ status: 200, text: first.text });
  });

  it('counts against the limit of requests, as any other', async () => {
    server = await startServer({ RATE_LIMIT: '5' });
    await kept(server);
    const statuses = [];
    for (let index = 0; index < 5; index++) statuses.push((await server.get(PATH)).status);
    expect(statuses).toContain(429);
  });
});

describe('a page that is kept', () => {
  const PAGE = '/automakers/xpeng';
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
    await kept(server);
  });
  afterEach(() => server.stop());

  it('is the same, to the headers, as the one that was made first', async () => {
    const first = await server.get(PAGE);
    const again = await server.get(PAGE);
    expect(first.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect([again.status, again.text, lasting(again.headers)]).toEqual([
      200,
      first.text,
      lasting(first.headers),
    ]);
  });

  it('is not sent to whoever has it already', async () => {
    const etag = (await server.get(PAGE)).headers.get('etag') ?? '';
    const again = await fetch(server.url + PAGE, { headers: { 'If-None-Match': etag } });
    expect([again.status, await again.text()]).toEqual([304, '']);
  });

  it('is another one once something is recorded', async () => {
    const first = await server.get(PAGE);
    const { body } = await server.post('/api/automakers/xpeng/events', {
      type: 'MarketEntered',
      occurredOn: '2021',
      data: { market: 'NO' },
      evidence: [{ url: 'https://news.example.com/no', publisher: 'Example', grade: 'confirmed' }],
    });
    await server.get(`/api/automakers/xpeng?minPosition=${body.position}`);
    const again = await server.get(PAGE);
    expect(first.text).not.toContain('Norway');
    expect(again.text).toContain('Norway');
  });

  it('is not the page of somebody who is signed in, nor the other way round', async () => {
    const anonymous = await server.get(PAGE);
    const { look } = await signIn(server, server.keys.analyst);
    const own = await look(PAGE);
    expect(own.text).toContain('Sign out');
    expect((await server.get(PAGE)).text).toBe(anonymous.text);
    expect(anonymous.text).not.toContain('Sign out');
  });

  it('names the host that it was asked at', async () => {
    await server.get(PAGE);
    const port = new URL(server.url).port;
    const other = await fetch(`http://localhost:${port}${PAGE}`);
    expect(await other.text()).toContain(`http://localhost:${port}${PAGE}`);
  });
});
