import { request } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { DataSource } from 'typeorm';
import { ApiKeys } from '../../src/access/api-keys.js';
import { openAccessDatabase } from '../../src/access/access-database.js';
import { startServer, type TestServer } from '../e2e/server.js';
import { tierOf } from '../tier.js';

interface Sent {
  readonly status: number;
  readonly location: string | null;
  readonly cookie: string | null;
  readonly text: string;
}

describe('a browser that signs in', () => {
  let server: TestServer;
  let database: DataSource;
  beforeAll(async () => {
    server = await startServer();
    database = await openAccessDatabase(
      server.directory,
      (await tierOf(server.directory)).environment['POSTGRES_URL'],
    );
  });
  afterAll(async () => {
    await database.destroy();
    await server.stop();
  });

  const send = async (
    path: string,
    body: URLSearchParams | FormData,
    headers: Record<string, string> = {},
  ): Promise<Sent> => {
    const response = await fetch(server.url + path, { method: 'POST', body, headers, redirect: 'manual' });
    return {
      status: response.status,
      location: response.headers.get('location'),
      cookie: response.headers.get('set-cookie'),
      text: await response.text(),
    };
  };
  const signIn = async (key: string): Promise<string> =>
    (await send('/sign-in', new URLSearchParams({ key }))).cookie?.split(';')[0] ?? '';
  const look = async (cookie: string, path = '/sign-in'): Promise<string> =>
    (await fetch(server.url + path, { headers: { cookie }, redirect: 'manual' })).text();
  const isSignedIn = async (cookie: string): Promise<boolean> =>
    (await look(cookie)).includes('You are signed in');
  const tokenOf = (page: string): string => /name="formToken" value="([^"]+)"/.exec(page)?.[1] ?? '';

  it('has a random secret in its cookie that is not its key, and that is stored as a hash only', async () => {
    const [first, second] = [await signIn(server.keys.analyst), await signIn(server.keys.analyst)];
    const secret = first.split('=')[1] ?? '';
    expect(secret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(first).not.toBe(second);
    expect(server.keys.analyst).not.toContain(secret);
    expect([await isSignedIn(first), await isSignedIn(second)]).toEqual([true, true]);
    const stored: unknown[] = await database.getRepository('browser_sessions').find();
    expect(stored.length).toBeGreaterThan(1);
    expect(JSON.stringify(stored)).not.toContain(secret);
  });

  it('is not signed in by a key in a cookie, a made-up session, or the session at the API', async () => {
    const cookie = await signIn(server.keys.analyst);
    for (const made of [
      `tracker-key=${server.keys.analyst}`,
      `tracker-session=${server.keys.analyst}`,
      'tracker-session=',
      `tracker-session=${'A'.repeat(43)}`,
      'tracker-session=__proto__; tracker-session=constructor',
    ])
      expect([made, await isSignedIn(made)]).toEqual([made, false]);
    for (const path of ['/api/automakers/byd/events', '/%61pi/automakers/byd/events']) {
      const headers = { cookie, 'Content-Type': 'application/json' };
      const { status } = await fetch(server.url + path, { method: 'POST', headers, body: '{}' });
      expect([path, status]).toEqual([path, 401]);
    }
  });

  it('is signed out for good: the cookie that it had opens nothing any more', async () => {
    const [cookie, other] = [await signIn(server.keys.analyst), await signIn(server.keys.analyst)];
    const formToken = tokenOf(await look(cookie));
    const { status, cookie: cleared } = await send('/sign-out', new URLSearchParams({ formToken }), {
      cookie,
    });
    expect([status, cleared]).toEqual([
      303,
      expect.stringMatching(/^tracker-session=;.*Max-Age=0/) as string,
    ]);
    expect([await isSignedIn(cookie), await isSignedIn(other)]).toEqual([false, true]);
  });

  it('is not signed out by a form of another site', async () => {
    const [cookie, other] = [await signIn(server.keys.analyst), await signIn(server.keys.analyst)];
    for (const formToken of ['', 'x', tokenOf(await look(other))])
      expect((await send('/sign-out', new URLSearchParams({ formToken }), { cookie })).status).toBe(403);
    expect(await isSignedIn(cookie)).toBe(true);
  });

  it('is signed out within a second where its key is revoked, by another process too', async () => {
    const access = server.app.get(ApiKeys, { strict: false });
    for (const revoker of [access, new ApiKeys(database)]) {
      const { key, id } = await access.create('leaver', 'analyst');
      const cookie = await signIn(key);
      expect(await isSignedIn(cookie)).toBe(true);
      await revoker.revoke('leaver');
      await sleep(1050);
      expect(await isSignedIn(cookie)).toBe(false);
      expect(await database.getRepository('browser_sessions').countBy({ keyId: id })).toBe(0);
    }
  });

  it('is signed out once its session has expired, and the next sign-in removes what is left of it', async () => {
    const cookie = await signIn(server.keys.reader);
    const past = { expiresAt: '2026-01-01T00:00:00.000Z' };
    await database.getRepository('browser_sessions').updateAll(past);
    await sleep(1050);
    expect(await isSignedIn(cookie)).toBe(false);
    await signIn(server.keys.reader);
    expect(await database.getRepository('browser_sessions').countBy(past)).toBe(0);
  });

  it('has at most fifty sessions of one key', async () => {
    const { key, id } = await server.app.get(ApiKeys, { strict: false }).create('many', 'reader');
    for (let count = 0; count < 53; count += 1) await signIn(key);
    expect(await database.getRepository('browser_sessions').countBy({ keyId: id })).toBe(50);
  });

  it.each([
    ['Origin of another site', { Origin: 'https://evil.example' }],
    ['no origin to speak of', { Origin: 'null' }],
    ['another port of ours', { Origin: 'http://127.0.0.1:1' }],
    ['a name that begins as ours does', { Origin: 'http://127.0.0.1.evil.example' }],
    ['another site by its own word', { 'Sec-Fetch-Site': 'cross-site' }],
    ['a sibling site', { 'Sec-Fetch-Site': 'same-site' }],
  ])('is not signed in by a form from elsewhere: %s', async (_, headers) => {
    const { status, cookie } = await send(
      '/sign-in',
      new URLSearchParams({ key: server.keys.analyst }),
      headers,
    );
    expect([status, cookie]).toEqual([403, null]);
  });

  it('is not signed in under a foreign name whose page led here', async () => {
    const { port } = new URL(server.url);
    const headers = {
      Host: 'evil.com',
      Origin: 'http://evil.com',
      'Content-Type': 'application/x-www-form-urlencoded',
    };
    const status = await new Promise((resolve, reject) => {
      request({ host: '127.0.0.1', port, path: '/sign-in', method: 'POST', headers }, (response) => {
        response.resume();
        resolve(response.statusCode);
      })
        .on('error', reject)
        .end(`key=${server.keys.analyst}`);
    });
    expect(status).toBe(421);
  });
});

describe('a body of somebody who is not known', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server.stop());

  const large = 'x'.repeat(900_000);
  const form = (): FormData => {
    const made = new FormData();
    made.set('lines', large);
    return made;
  };
  const post = (path: string, body: BodyInit, type?: string): Promise<Response> =>
    fetch(server.url + path, {
      method: 'POST',
      body,
      redirect: 'manual',
      ...(type !== undefined && { headers: { 'Content-Type': type } }),
    });

  it.each(['/import', '/log', '/sign-out', '/events/00000000-0000-4000-8000-000000000000/correct'])(
    'is not read at %s, which leads to the sign-in',
    async (path) => {
      const { status, headers } = await post(path, form());
      expect([status, headers.get('location')]).toEqual([303, '/sign-in']);
    },
  );

  it('is not read by the API, whatever it is, nor where nothing answers', async () => {
    // Not even valid JSON, which would be noticed if the body were parsed.
    for (const [path, type, status] of [
      ['/api/automakers/byd/events', 'application/json', 401],
      ['/api/automakers/byd/events', 'text/nonsense', 401],
      ['/api/imports', 'text/csv', 401],
      ['/api/views/rebuild', 'application/json', 401],
      ['/api/nothing', 'application/json', 404],
      ['/nothing', 'application/json', 404],
      ['/api/automakers', 'application/json', 405],
    ] as const)
      expect([path, (await post(path, '{', type)).status]).toEqual([path, status]);
  });

  it('is read at the sign-in, where it is a small form', async () => {
    expect((await post('/sign-in', new URLSearchParams({ key: large }))).status).toBe(413);
    expect((await post('/sign-in', form())).status).toBe(413);
    expect((await post('/sign-in', new URLSearchParams({ key: 'met_wrong' }))).status).toBe(401);
  });
});
