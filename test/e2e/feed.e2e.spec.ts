import { setTimeout as sleep } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { ApiKeys } from '../../src/access/api-keys.js';
import { tierOf } from '../tier.js';
import { REGISTERED, startServer, type TestServer } from './server.js';

describe('a reader of the feed that comes back', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await server.post('/api/automakers/xpeng/events', REGISTERED);
  });
  afterAll(() => server.stop());

  it.each([
    ['with the id of an event that the ledger does not have any more', '/api/feed', '5000'],
    ['from the largest number that a position can be', '/api/feed', '999999999999999'],
    ['with such a position in the address', '/api/feed?after=5000', undefined],
    ['with both, of which the id counts', '/api/feed?after=0', '2'],
  ])('%s is told where the ledger ends, at once', async (_, path, lastId) => {
    const { status, body } = await ask(path, lastId);
    expect(status).toBe(409);
    expect(body).toMatchObject({ type: '/problems/feed-beyond-end', status: 409, head: 1 });
  });

  it.each(['abc', '-1', '1.5', '1e3', '12345678901234567890'])(
    'with the id %s, which is none, is told so and misses nothing in silence',
    async (lastId) => {
      const { status, body } = await ask('/api/feed', lastId);
      expect([status, body.errors[0].field]).toEqual([400, 'Last-Event-ID']);
    },
  );

  it.each([
    ['the head itself', '/api/feed', '1', []],
    ['an earlier position', '/api/feed', '0', ['id: 1']],
    ['an empty id, as browsers do that were sent nothing', '/api/feed?after=0', '', ['id: 1']],
  ])('from %s goes on from there', async (_, path, lastId, ids) => {
    const feed = await openFeed(path, lastId);
    expect(feed.status).toBe(200);
    const told = await textFor(feed, 300);
    expect(told.split('\n').filter((line) => line.startsWith('id:'))).toEqual(ids);
  });

  async function ask(path: string, lastId?: string) {
    const answer = await openFeed(path, lastId);
    return { status: answer.status, body: JSON.parse(await answer.text()) };
  }

  const openFeed = (path: string, lastId?: string): Promise<Response> =>
    fetch(server.url + path, lastId === undefined ? {} : { headers: { 'Last-Event-ID': lastId } });
});

describe('a feed that was opened with a key', () => {
  let server: TestServer;
  let elsewhere: DataSource;
  beforeAll(async () => {
    server = await startServer({ OPEN_READING: 'false' });
    const tier = await tierOf(server.directory);
    elsewhere = await openAccessDatabase(server.directory, tier.environment['POSTGRES_URL']);
  });
  afterAll(async () => {
    await elsewhere.destroy();
    await server.stop();
  });

  const openWith = (key: string): Promise<Response> =>
    fetch(`${server.url}/api/feed`, { headers: { Authorization: `Bearer ${key}` } });
  const ends = (feed: Response): Promise<boolean> =>
    Promise.race([feed.text().then(() => true), sleep(5000, false, { ref: false })]);

  it.each(['this process', 'another process'])(
    'ends once the key is revoked by %s, and others go on',
    async (by) => {
      const here = server.app.get(ApiKeys, { strict: false });
      const { key } = await here.create('leaver', 'reader');
      const [leaving, alsoLeaving, staying] = [
        await openWith(key),
        await openWith(key),
        await openWith(server.keys.reader),
      ];
      await (by === 'this process' ? here : new ApiKeys(elsewhere)).revoke('leaver');
      expect(await Promise.all([ends(leaving), ends(alsoLeaving)])).toEqual([true, true]);
      expect((await openWith(key)).status).toBe(401);
      const slug = by === 'this process' ? 'byd' : 'nio';
      await server.post(`/api/automakers/${slug}/events`, REGISTERED);
      expect(await textFor(staying, 300)).toContain(`"stream":"automaker-${slug}"`);
    },
  );

  it('asks proxies not to hold it back', async () => {
    const feed = await openWith(server.keys.reader);
    expect(feed.headers.get('x-accel-buffering')).toBe('no');
    await feed.body?.cancel();
  });
});

/** What a feed sends within `ms` milliseconds, but at least its first chunk. */
async function textFor(feed: Response, ms: number): Promise<string> {
  const reader = feed.body?.getReader();
  if (!reader) return '';
  const enough = new Promise<undefined>((resolve) => setTimeout(resolve, ms, undefined));
  let text = '';
  for (;;) {
    const found = await Promise.race([reader.read(), enough]);
    if (!found?.value) break;
    text += new TextDecoder().decode(found.value);
  }
  await reader.cancel();
  return text;
}
