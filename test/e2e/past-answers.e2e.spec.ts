import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { EVENT_STORE, type EventStore } from '../../src/event-store/event-store.js';
import { ReadModel } from '../../src/read-model/read-model.js';
import { verify } from '../../src/read-model/verify.js';
import { SOURCE, startServer, type TestServer } from './server.js';

/** Number of late facts, corrections and retractions that are recorded after the answers were saved. */
const ACTS = Number(process.env['PAST_ACTS'] ?? 300);
const CLIENTS = 8;
const SHIPPED = join(process.cwd(), 'data', 'ledger');
const AUTOMAKERS = ['xpeng', 'geely', 'saic', 'gwm', 'nio'];
const DATE_PARTS = { noInvalidDate: true, min: new Date('2015-01-01'), max: new Date('2026-06-30') };

interface Recorded {
  readonly id: string;
  readonly type: string;
  readonly stream: string;
  readonly recordedAt: string;
  readonly occurredOn: string;
  readonly data: Readonly<Record<string, unknown>>;
}

const paths = (): string[] => [
  '/api/automakers',
  ...AUTOMAKERS.flatMap((id) =>
    ['', '/targets', '/strategy', '/markets', '/partners', '/production', '/outlets', '/figures'].map(
      (part) => `/api/automakers/${id}${part}`,
    ),
  ),
  '/api/automakers/xpeng/figures?measure=overseas-units&from=2025-01-01&to=2025-12-31',
  '/api/automakers/xpeng/targets/half-overseas',
  '/api/automakers/xpeng/targets/half-overseas/history',
  '/api/markets',
  '/api/markets/NO',
  '/api/markets/EU',
  '/api/compare?automakers=xpeng,geely,saic',
  '/api/events?limit=200',
  '/api/events?automaker=xpeng&limit=200&direction=asc',
  '/api/export?format=jsonl',
  '/api/export?format=csv',
];
const withClocks = (path: string, clocks: Record<string, string>): string =>
  `${path}${path.includes('?') ? '&' : '?'}${new URLSearchParams(clocks).toString()}`;

const day = fc.date(DATE_PARTS).map((date) => date.toISOString().slice(0, 10));
const market = fc.constantFrom('NO', 'SE', 'DE', 'TH', 'MX', 'FR', 'IL', 'AU', 'BR', 'EG');
const slug = fc.constantFrom('late-one', 'late-two', 'late-three', 'late-four');

/** An automaker's event from before its time of recording. */
const lateFact = fc.oneof(
  fc.record({ type: fc.constant('MarketEntered'), occurredOn: day, data: fc.record({ market }) }),
  fc.record({
    type: fc.constant('MarketExited'),
    occurredOn: day,
    data: fc.record({ market, reason: fc.constant('left') }),
  }),
  fc.record({
    type: fc.constant('PartnerSigned'),
    occurredOn: day,
    data: fc.record({
      partnership: slug,
      partner: fc.constantFrom('Acme', 'Globex'),
      roles: fc.constant(['importer']),
      markets: market.map((each) => [each]),
    }),
  }),
  fc.record({
    type: fc.constantFrom('ServiceCenterOpened', 'StoreOpened'),
    occurredOn: day,
    data: fc.record({ market, count: fc.integer({ min: 1, max: 9 }) }),
  }),
  fc.record({
    type: fc.constant('FigureReported'),
    occurredOn: fc.constant('2026-06-30'),
    data: fc.record({
      measure: fc.constantFrom('overseas-units', 'total-units'),
      value: fc.integer({ min: 1, max: 900_000 }),
      period: fc.constantFrom('2024', '2025', '2025-01-01/2025-09-30', '2026-01-01/2026-03-31'),
      basis: fc.constant('deliveries'),
    }),
  }),
  fc.record({
    type: fc.constant('TargetSet'),
    occurredOn: day,
    data: fc.record({
      target: slug,
      measure: fc.constant('overseas-sales-share'),
      threshold: fc.integer({ min: 1, max: 90 }),
      unit: fc.constant('percent'),
      wording: fc.constant('A late goal'),
    }),
  }),
);

const act = fc.record({
  kind: fc.constantFrom('fact', 'fact', 'correction', 'retraction', 'evidence'),
  automaker: fc.constantFrom(...AUTOMAKERS),
  fact: lateFact,
  which: fc.nat(1_000_000),
  on: day,
});

describe('answers of the past', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const lines = readdirSync(SHIPPED)
      .sort()
      .map((file) => readFileSync(join(SHIPPED, file), 'utf8'))
      .join('');
    const imported = await server.post('/api/imports', lines, { 'Content-Type': 'application/x-ndjson' });
    expect(imported.body).toMatchObject({ refused: 0 });
    await caughtUp();
  });
  afterAll(() => server.stop());

  const caughtUp = async () => {
    const { body } = await server.get('/api/ledger/checkpoint');
    await server.get(`/api/automakers?minPosition=${body.size}`);
  };

  const answer = async (path: string): Promise<string> => {
    const { status, text } = await server.get(path);
    return `${status} ${text}`;
  };

  const recorded = async (): Promise<Map<string, Recorded[]>> => {
    const events = (await server.get('/api/export')).text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as Recorded);
    const streams = new Map<string, Recorded[]>();
    for (const event of events) streams.set(event.stream, [...(streams.get(event.stream) ?? []), event]);
    return streams;
  };

  /** Records acts until `count` of them are accepted; contradictions are refused as usual. */
  async function recordActs(count: number, seed: number): Promise<number> {
    const known = await recorded();
    const drawn = fc.sample(act, { numRuns: count * 6, seed });
    let accepted = 0;
    const client = async () => {
      for (let next = drawn.pop(); next && accepted < count; next = drawn.pop()) {
        const { kind, automaker, fact, which, on } = next;
        const ofStream = known.get(`automaker-${automaker}`) ?? [];
        const about = ofStream[1 + (which % (ofStream.length - 1))];
        if (!about || about.type.startsWith('Event') || about.type === 'EvidenceAdded') continue;
        const body =
          kind === 'fact'
            ? { ...fact, evidence: SOURCE, duplicateOf: 'none' }
            : kind === 'correction'
              ? {
                  type: 'EventCorrected',
                  data: { event: about.id, occurredOn: on, data: about.data, reason: 'another day' },
                }
              : kind === 'retraction'
                ? { type: 'EventRetracted', data: { event: about.id, reason: 'never happened' } }
                : { type: 'EvidenceAdded', data: { event: about.id, evidence: SOURCE } };
        const { status } = await server.post(`/api/automakers/${automaker}/events`, body);
        expect([201, 409, 422]).toContain(status);
        if (status === 201) accepted++;
      }
    };
    await Promise.all(Array.from({ length: CLIENTS }, client));
    return accepted;
  }

  it('stay the same to the byte, whatever is recorded, corrected or retracted later', async () => {
    const knownOn = new Date().toISOString();
    const events = (await recorded()).get('automaker-xpeng') ?? [];
    const asked = [
      ...paths(),
      ...events.filter((_, index) => index % 20 === 0).map(({ id }) => `/api/events/${id}`),
      `/api/differences?automaker=xpeng&from=2024-12-31,${knownOn}&to=2025-12-31,${knownOn}`,
    ].flatMap((path) => [
      withClocks(path, { knownOn }),
      withClocks(path, { knownOn, trueOn: '2024-12-31' }),
      withClocks(path, { knownOn, trueOn: '2021-06-30' }),
      withClocks(path, { knownOn, publicOn: '2025-06-30' }),
    ]);
    const kept = new Map<string, string>();
    // An object that did not exist on a day gives 404 for that day, and differences have their own clocks.
    // These answers must not change either.
    for (const path of asked) kept.set(path, await answer(path));
    await new Promise((resolve) => setTimeout(resolve, 5));
    const accepted = await recordActs(ACTS, 20_261_124);
    expect(accepted).toBeGreaterThanOrEqual(ACTS);
    await caughtUp();
    for (const [path, text] of kept) {
      expect({ path, same: (await answer(path)) === text }).toEqual({ path, same: true });
    }
    expect([...kept.values()].filter((text) => text.startsWith('200 ')).length).toBeGreaterThan(150);
    expect((await server.get('/api/automakers/xpeng')).text).not.toBe(
      (await server.get(withClocks('/api/automakers/xpeng', { knownOn }))).text,
    );
  }, 1_800_000);

  it('without clocks are the ones as of today and now, from views that equal the fold computed afresh', async () => {
    await recordActs(20, 7);
    await caughtUp();
    const now = new Date().toISOString();
    const clocks = { knownOn: now, trueOn: now.slice(0, 10) };
    const cleared = (text: string): unknown => {
      // A retracted event is not found with either clocks. The problem answer contains no clocks.
      const { asOf, ...rest } = JSON.parse(text) as { asOf?: { position: number; trueOn: string } };
      return { ...rest, position: asOf?.position, trueOn: asOf?.trueOn };
    };
    for (const path of paths().filter((each) => !each.startsWith('/api/export'))) {
      const stored = await server.get(path);
      const folded = await server.get(withClocks(path, clocks));
      expect({ path, answer: cleared(folded.text) }).toEqual({ path, answer: cleared(stored.text) });
    }
    const { app } = server;
    const views = app.get(ReadModel, { strict: false });
    const { findings } = await verify(app.get<EventStore>(EVENT_STORE, { strict: false }), views.tables);
    expect(findings).toEqual([]);
  }, 600_000);

  it('differ for all automakers in what differs for each that has an event in between', async () => {
    await recordActs(20, 11);
    await caughtUp();
    const recordings = [...(await recorded()).values()].flat().map(({ recordedAt }) => recordedAt);
    const instant = (part: number): string =>
      recordings.sort()[Math.floor(part * (recordings.length - 1))] ?? '';
    const points = [
      ['2023-12-31', '2024-12-31'],
      ['2025-06-30', '2024-12-31'],
      [`2024-12-31,${instant(0.99)}`, `2024-12-31,${instant(1)}`],
      [`2024-12-31,${instant(0.98)}`, `2025-12-31,${instant(0.99)}`],
      [`2025-12-31,${instant(1)}`, `2023-12-31,${instant(0.97)}`],
      [`2020-12-31,${instant(0.5)}`, `2024-12-31,${instant(0.5)}`],
      [`2020-12-31,${instant(0.99)}`, '2025-12-31'],
    ] as const;
    const { automakers } = (await server.get('/api/automakers')).body;
    for (const [from, to] of points) {
      const span = `from=${from}&to=${to}`;
      const all = (await server.get(`/api/differences?${span}&limit=100`)).body.automakers;
      for (const { id } of automakers) {
        const [one] = (await server.get(`/api/differences?automaker=${id}&${span}`)).body.automakers;
        const found = all.find((each: { automaker: string }) => each.automaker === id);
        // Changes that come only from the passing of time appear only if the question names the automaker.
        if (found !== undefined || one?.events.length > 0)
          expect({ span, id, found }).toEqual({ span, id, found: one });
      }
    }
  }, 600_000);
});
