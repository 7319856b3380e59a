import { startServer, type TestServer } from './server.js';

const PATH = '/api/automakers/xpeng';
const registered = {
  type: 'AutomakerRegistered',
  occurredOn: '2014',
  data: { name: 'XPeng', homeMarket: 'CN' },
};

/** An answer that is kept, asked for until it is. */
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
