import { randomUUID } from 'node:crypto';
import type { NewEvent } from '../../src/domain/ledger/event.js';
import { EVENT_STORE, type EventStore } from '../../src/event-store/event-store.js';
import { SOURCE, startServer, type TestServer } from './server.js';

const TODAY = new Date().toISOString().slice(0, 10);
const registered = (name: string) => ({
  type: 'AutomakerRegistered',
  occurredOn: '2001',
  data: { name, homeMarket: 'CN' },
});
const entered = (market: string) => ({
  type: 'MarketEntered',
  occurredOn: '2020',
  data: { market },
  evidence: SOURCE,
});

/** An event as a newer version could have recorded it. */
const fromTheFuture = (over: object = {}): NewEvent =>
  ({
    id: randomUUID(),
    type: 'SomethingNewer',
    occurredOn: '2025',
    data: {},
    evidence: [],
    recordedAt: new Date().toISOString(),
    recordedBy: 'newer',
    ...over,
  }) as unknown as NewEvent;

describe.each([
  ['of a type that only a newer version knows', fromTheFuture()],
  [
    'of a version of its type that only a newer release knows',
    fromTheFuture({ type: 'MarketEntered', version: 99, data: { place: 'SE' } }),
  ],
  [
    'about an event that is not in its stream',
    fromTheFuture({ type: 'EventRetracted', data: { event: randomUUID(), reason: 'r' } }),
  ],
])('a stream with an event %s', (_, unreadable) => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    for (const [id, name] of [
      ['acme', 'Acme Motors'],
      ['beta', 'Beta'],
    ] as const) {
      await server.post(`/api/automakers/${id}/events`, registered(name));
      await server.post(`/api/automakers/${id}/events`, entered('NO'));
    }
    const store = server.app.get<EventStore>(EVENT_STORE, { strict: false });
    const { position } = await store.append('automaker-acme', 1, [unreadable]);
    const { body } = await server.post('/api/automakers/beta/events', entered('SE'));
    await server.get(`/api/automakers?minPosition=${Math.max(position, body.position)}`);
  });
  afterAll(() => server.stop());

  const CLOCKS = ['', `trueOn=${TODAY}`, `knownOn=${TODAY}`, `trueOn=2024-12-31&knownOn=${TODAY}`];
  it.each(CLOCKS)('is parked, and all others are answered, with the clocks "%s"', async (clocks) => {
    for (const path of [
      '/api/automakers',
      '/api/verdicts',
      '/api/markets',
      '/api/events?limit=50',
      '/api/automakers/beta',
      '/api/automakers/beta/markets',
      '/api/compare?automakers=acme,beta&measure=overseas-units',
      '/api/quiet-goals',
      '/api/theses',
    ]) {
      const answer = await server.get(`${path}${path.includes('?') ? '&' : '?'}${clocks}`);
      expect([path, answer.status, answer.body.asOf?.parked]).toEqual([path, 200, ['automaker-acme']]);
    }
    const { body } = await server.get(`/api/automakers/beta/markets?${clocks}`);
    expect(body.markets).toHaveLength(2);
  });

  it.each(CLOCKS)('is told as of before that event, the same with every clock: "%s"', async (clocks) => {
    const { status, body } = await server.get(`/api/automakers/acme/markets?${clocks}`);
    expect([status, body.markets.map(({ market }: { market: string }) => market)]).toEqual([200, ['NO']]);
  });

  it('is not told of what was known before that event was recorded', async () => {
    const { body } = await server.get('/api/automakers?knownOn=2020-01-01');
    expect(body).toEqual({
      asOf: expect.not.objectContaining({ parked: expect.anything() }),
      automakers: [],
    });
  });

  it.each([
    '/',
    '/audit',
    '/timeline',
    '/compare',
    '/automakers/acme',
    '/automakers/beta',
    '/markets',
    '/theses',
  ])('%s is shown with every clock, and says of whom it is not complete, by name', async (path) => {
    for (const clocks of CLOCKS) {
      const page = await server.get(`${path}?${clocks}`);
      expect([clocks, page.status]).toEqual([clocks, 200]);
      expect(page.text).toMatch(/What is told of Acme Motors stops at an event/);
    }
  });

  it('is told by the health and by the state of the views', async () => {
    const { status, body } = await server.get('/health/ready');
    expect([status, body.checks.views.detail]).toEqual([200, expect.stringContaining('parked')]);
    const views = await server.get('/api/views', server.keys.reader);
    expect(views.body.parked).toEqual([
      expect.objectContaining({ stream: 'automaker-acme', event: unreadable.id }),
    ]);
  });

  it('takes in nothing, with the reason, and an import goes on with the others', async () => {
    const refused = await server.post('/api/automakers/acme/events', entered('DE'));
    expect(refused).toMatchObject({ status: 409, body: { type: '/problems/stream-parked' } });
    expect(refused.body.detail).toContain(unreadable.id);
    const tried = await server.post('/api/automakers/acme/events?dryRun=true', entered('DE'));
    expect(tried.body.type).toBe('/problems/stream-parked');
    const lines = ['acme', 'beta'].map((id) =>
      JSON.stringify({ stream: `automaker-${id}`, ...entered('DE') }),
    );
    const imported = await server.post('/api/imports', lines.join('\n'), {
      'Content-Type': 'application/x-ndjson',
    });
    expect(imported.body).toMatchObject({ recorded: 1, refused: 1 });
  });
});
