import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { placeForLedger, type LedgerPlace } from '../event-store/ledger-place.js';
import { createDatabase, describeOnPostgres, type TestDatabase } from '../postgres.js';
import { startServer, type TestServer } from './server.js';

const SHIPPED = join('data', 'ledger');
const CLOCKS = [
  '',
  'trueOn=2025-06-30',
  'publicOn=2025-09-01',
  `trueOn=2024-12-31&knownOn=${new Date().toISOString()}`,
];
const PAGES_OF_EVENTS = 12;

/** All lists except those with a signature, because each of the two logs has its own key. */
const LISTS = [
  '/api/automakers',
  '/api/markets',
  '/api/quiet-goals',
  '/api/verdicts',
  '/api/theses',
  '/api/compare?automakers=xpeng,geely,saic&measure=overseas-units',
  '/api/differences?automaker=geely&from=2020-12-31&to=2025-12-31',
  '/api/events?order=recorded&limit=100',
  '/api/events?market=NO',
  '/api/events?type=MarketEntered,MarketExited&from=2020-01-01&to=2024-12-31',
  '/api/overlap?automakers=xpeng,geely',
  '/api/search?q=valencia',
  '/api/search?q=norway%20service',
  '/api/search?q=%E9%A2%86%E5%85%8B',
  '/api/events?publisher=CnEVPost',
  '/api/events?author=test-analyst&standing=stands',
  '/api/export?format=jsonl',
  '/api/export?format=csv',
  '/api/export?format=cloudevents',
  '/',
  '/markets',
  '/timeline',
  '/theses',
];
const OF_AUTOMAKER = [
  '',
  ...[
    'targets',
    'strategy',
    'markets',
    'partners',
    'outlets',
    'production',
    'figures',
    'vintages',
    'readings',
  ],
];
const OF_TARGET = ['', '/history', '/series', '/forecast'];

const withClock = (path: string, clock: string): string =>
  clock === '' ? path : `${path}${path.includes('?') ? '&' : '?'}${clock}`;

// These tests set both tiers themselves.
(process.env['TIER'] === undefined ? describeOnPostgres : describe.skip)('a ledger on both tiers', () => {
  let database: TestDatabase;
  let place: LedgerPlace;
  let embedded: TestServer;
  let server: TestServer;
  let paths: string[];

  beforeAll(async () => {
    database = await createDatabase();
    place = await placeForLedger();
    embedded = await startServer();
    server = await startServer({ ...place.environment, POSTGRES_URL: database.url });
    const lines = readdirSync(SHIPPED).map((file) => readFileSync(join(SHIPPED, file), 'utf8'));
    const ndjson = { 'Content-Type': 'application/x-ndjson' };
    const imported = await embedded.post('/api/imports', lines.join(''), ndjson);
    const { text } = await embedded.get('/api/export');
    const restored = await server.post('/api/imports?restore=true', text, {
      ...ndjson,
      Authorization: `Bearer ${server.keys.admin}`,
    });
    expect(restored.body).toMatchObject({ recorded: imported.body.recorded, refused: 0 });
    for (const each of [embedded, server])
      expect((await each.get(`/api/automakers?minPosition=${imported.body.recorded}`)).status).toBe(200);

    const { automakers } = (await embedded.get('/api/automakers')).body;
    paths = [...LISTS];
    for (const { id } of automakers as { id: string }[]) {
      const of = `/api/automakers/${id}`;
      paths.push(...OF_AUTOMAKER.map((part) => (part === '' ? of : `${of}/${part}`)), `/automakers/${id}`);
      for (const { target } of (await embedded.get(`${of}/targets`)).body.targets)
        paths.push(...OF_TARGET.map((part) => `${of}/targets/${target}${part}`));
    }
    for (const { market } of (await embedded.get('/api/markets')).body.markets)
      paths.push(`/api/markets/${market}`);
  }, 120_000);
  afterAll(async () => {
    await embedded.stop();
    await server.stop();
    await place.remove();
    await database.drop();
  });

  /** The paths to which the two servers give different answers, byte by byte. */
  async function differing(asked: readonly string[]): Promise<unknown[]> {
    const different: unknown[] = [];
    for (const path of asked) {
      const [here, there] = await Promise.all([embedded.get(path), server.get(path)]);
      // An answer may contain the address of the request.
      const address = (text: string, url: string) =>
        text.replaceAll(url, 'HERE').replaceAll(encodeURIComponent(url), 'HERE');
      const isSame = address(here.text, embedded.url) === address(there.text, server.url);
      if (here.status !== there.status || !isSame)
        different.push({ path, embedded: here.status, server: there.status });
    }
    return different;
  }

  it.each(CLOCKS)(
    'gives the same answers, to the byte, as of the clocks %j',
    async (clock) => {
      expect(paths.length).toBeGreaterThan(500);
      expect(await differing(paths.map((path) => withClock(path, clock)))).toEqual([]);
    },
    240_000,
  );

  it('is compared by paths that answer', async () => {
    const statuses = await Promise.all(LISTS.map(async (path) => [path, (await server.get(path)).status]));
    expect(statuses).toEqual(LISTS.map((path) => [path, 200]));
  });

  it('gives the same pages of events, one after the other', async () => {
    let path = '/api/events?limit=50';
    for (let page = 0; page < PAGES_OF_EVENTS; page++) {
      expect(await differing([path])).toEqual([]);
      path = `/api/events?limit=50&cursor=${(await embedded.get(path)).body.next}`;
    }
  });

  it('has the same hashes and the same root', async () => {
    expect(await differing(['/api/ledger/hashes'])).toEqual([]);
    const [here, there] = await Promise.all(
      [embedded, server].map(async (each) => (await each.get('/api/ledger/checkpoint')).text.split('\n')),
    );
    expect(here?.slice(1, 3)).toEqual(there?.slice(1, 3));
  });
});
