import { entered, opened, REGISTERED, SOURCE, startServer, type TestServer } from './server.js';

describe('recording over HTTP', () => {
  let server: TestServer;
  const EVENTS = '/api/automakers/xpeng/events';
  beforeEach(async () => {
    server = await startServer();
    expect((await server.post(EVENTS, REGISTERED)).status).toBe(201);
  });
  afterEach(() => server.stop());

  const count = async () => (await server.get('/api/export')).text.trim().split('\n').length;

  it('answers with id, revision, position and ETag, and a read with that position sees the event', async () => {
    const { status, body, headers } = await server.post(EVENTS, entered('NO'));
    expect(status).toBe(201);
    expect(body).toMatchObject({
      stream: 'automaker-xpeng',
      revision: 1,
      position: 2,
      events: [{ type: 'MarketEntered', revision: 1, warnings: [] }],
    });
    expect(headers.get('etag')).toBe('"1"');
    const markets = await server.get(`/api/automakers/xpeng/markets?minPosition=${body.position}`);
    expect(markets.body.markets).toMatchObject([{ market: 'NO', present: true }]);
  });

  it('answers a read for a position that does not come with 503', async () => {
    const impatient = await startServer({ MIN_POSITION_WAIT_MS: '50' });
    const { status, body, headers } = await impatient.get('/api/automakers?minPosition=99');
    expect([status, body.type, headers.get('retry-after')]).toEqual([503, '/problems/views-behind', '1']);
    await impatient.stop();
  });

  it.each(['1e9', '0x10', '1.5', '-1', 'NaN', ''])(
    'waits for no position that is none: "%s"',
    async (none) => {
      const { status, body } = await server.get(`/api/automakers?minPosition=${none}`);
      expect([status, body.errors]).toEqual([400, [expect.objectContaining({ field: 'minPosition' })]]);
    },
  );

  it('records an array as a whole or not at all', async () => {
    const refused = await server.post(EVENTS, [entered('NO'), entered('NO', '2022-05'), entered('SE')]);
    expect(refused.status).toBe(409);
    expect(refused.body).toMatchObject({ type: '/problems/contradiction', index: 1 });
    expect(await count()).toBe(1);
    const accepted = await server.post(EVENTS, [entered('NO'), entered('SE')]);
    expect(accepted.body).toMatchObject({ revision: 2, events: [{ revision: 1 }, { revision: 2 }] });
  });

  it('answers the same request with the same Idempotency-Key as the first time', async () => {
    const key = { 'Idempotency-Key': 'k-1' };
    const first = await server.post(EVENTS, [entered('NO'), entered('SE')], key);
    await server.post(EVENTS, entered('DK'));
    const again = await server.post(EVENTS, [entered('NO'), entered('SE')], key);
    expect([again.status, again.text, again.headers.get('etag')]).toEqual([
      201,
      first.text,
      first.headers.get('etag'),
    ]);
    for (const other of [
      [entered('NO'), entered('FI')],
      [entered('NO')],
      [entered('NO'), entered('SE'), entered('FI')],
    ]) {
      expect((await server.post(EVENTS, other, key)).body).toMatchObject({
        status: 422,
        type: '/problems/idempotency-key-reused',
      });
    }
    await server.post('/api/automakers/nio/events', REGISTERED, key);
    expect(await count()).toBe(5);
  });

  it('says in a dry run what the same request without it would be answered, its headers included', async () => {
    const key = { 'Idempotency-Key': 'k-1' };
    const dry = `${EVENTS}?dryRun=true`;
    const first = await server.post(dry, entered('NO'), key);
    expect([first.status, first.body.accepted, first.body.alreadyRecorded]).toEqual([200, true, undefined]);
    await server.post(EVENTS, entered('NO'), key);
    for (const [other, headers] of [
      [entered('SE'), key],
      [[entered('NO'), entered('SE')], key],
      [entered('SE'), { 'If-Match': '"0"' }],
      [entered('SE'), { 'If-None-Match': '*' }],
      [entered('SE'), { 'If-Match': 'W/"1"' }],
      [entered('SE'), { 'Idempotency-Key': 'a key' }],
    ] as const) {
      const { body: told, status } = await server.post(dry, other, headers);
      const { body: refused } = await server.post(EVENTS, other, headers);
      expect(refused.status).toBeGreaterThanOrEqual(400);
      expect([status, { ...told, instance: '' }]).toEqual([refused.status, { ...refused, instance: '' }]);
    }
    const again = await server.post(dry, entered('NO'), { ...key, 'If-Match': '"0"' });
    expect(again.body).toMatchObject({
      accepted: true,
      alreadyRecorded: true,
      outcomes: [{ index: 0, accepted: true }],
      numbers: [],
    });
    expect((await server.post(dry, entered('SE'), { 'If-Match': '"1"' })).body.accepted).toBe(true);
    expect(await count()).toBe(2);
  });

  it('records nothing where a dry run is asked for under another name', async () => {
    for (const query of ['dryrun=true', 'dry_run=true', 'dryRun=TRUE', 'dryRun=', 'dryRun=true&dryRun=false'])
      for (const path of [EVENTS, '/api/imports', '/api/automakers/xpeng/moves']) {
        const type = path === '/api/imports' ? 'application/x-ndjson' : 'application/json';
        const answer = await server.post(`${path}?${query}`, entered('SE'), { 'Content-Type': type });
        expect([path, query, answer.status]).toEqual([path, query, 400]);
      }
    expect(await count()).toBe(1);
  });

  it('refuses a condition that does not hold with 412', async () => {
    expect((await server.post(EVENTS, entered('NO'), { 'If-Match': '"0"' })).status).toBe(201);
    const late = await server.post(EVENTS, entered('SE'), { 'If-Match': '"0"' });
    expect(late.body).toMatchObject({ status: 412, type: '/problems/stream-has-changed', revision: 1 });
    expect((await server.post(EVENTS, REGISTERED, { 'If-None-Match': '*' })).status).toBe(412);
    expect((await server.post(EVENTS, entered('SE'), { 'If-Match': 'x' })).status).toBe(400);
  });

  it('refuses what looks like a recorded event, with its id, unless it is told to be another', async () => {
    const first = await server.post(EVENTS, opened('NO', '2021-09', 'Oslo'));
    const second = await server.post(EVENTS, opened('NO', '2021-09-14', 'Oslo'));
    expect(second.body).toMatchObject({
      status: 409,
      type: '/problems/duplicate-event',
      duplicateOf: first.body.events[0].id,
    });
    expect(
      (await server.post(EVENTS, { ...opened('NO', '2021-09-14', 'Oslo'), duplicateOf: 'none' })).status,
    ).toBe(201);
  });

  it('corrects, retracts and adds evidence, keeps what was recorded, and tells the life of an event', async () => {
    const { body } = await server.post(EVENTS, entered('NO'));
    const id = body.events[0].id as string;
    const act = (type: string, data: object) => server.post(EVENTS, { type, data: { event: id, ...data } });
    expect(
      (
        await act('EvidenceAdded', {
          evidence: [{ url: 'https://example.com/2', publisher: 'Second', grade: 'confirmed' }],
        })
      ).status,
    ).toBe(201);
    expect(
      (
        await act('EventCorrected', {
          occurredOn: '2021-06',
          data: { market: 'SE' },
          reason: 'It was Sweden',
        })
      ).status,
    ).toBe(201);
    const corrected = await server.get(`/api/events/${id}?minPosition=4`);
    expect(corrected.body).toMatchObject({
      standing: 'corrected',
      data: { market: 'SE' },
      occurredOn: '2021-06',
      recorded: { data: { market: 'NO' } },
    });
    expect(corrected.body.evidence).toHaveLength(2);
    const retracted = await act('EventRetracted', { reason: 'It never happened' });
    const life = await server.get(`/api/events/${id}?minPosition=${retracted.body.position}`);
    expect(life.body).toMatchObject({
      standing: 'retracted',
      acts: [
        { type: 'EvidenceAdded' },
        { type: 'EventCorrected' },
        { type: 'EventRetracted', sentence: 'Retraction: It never happened' },
      ],
    });
    expect((await server.get('/api/automakers/xpeng/markets')).body.markets).toEqual([]);
  });

  it('says on a dry run what would happen and which numbers would change, and records nothing', async () => {
    const figure = {
      type: 'FigureReported',
      occurredOn: '2025-12-31',
      data: { measure: 'overseas-markets', value: 60, asOf: '2025-12-31' },
      evidence: SOURCE,
    };
    const target = {
      type: 'TargetSet',
      occurredOn: '2024-10-14',
      data: {
        target: 'sixty',
        measure: 'overseas-markets',
        threshold: 60,
        unit: 'markets',
        deadline: '2025-12-31',
        wording: 'sixty',
      },
      evidence: SOURCE,
    };
    await server.post(EVENTS, target);
    const { status, body } = await server.post(`${EVENTS}?dryRun=true`, [
      figure,
      opened('NO', '2025', 'Oslo'),
      REGISTERED,
    ]);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      dryRun: true,
      accepted: false,
      revision: 1,
      outcomes: [
        { accepted: true },
        { accepted: true, warnings: [{ code: 'market-not-entered' }] },
        { accepted: false, problem: 'duplicate-event' },
      ],
    });
    expect(body.numbers).toEqual(
      expect.arrayContaining([
        {
          number: 'targets.sixty.status',
          before: 'not-enough-evidence',
          after: 'achieved',
          told: { before: {}, after: { asOf: '2025-12-31' } },
        },
        { number: 'targets.sixty.value', after: 60, told: { after: { words: '60 markets' } } },
        { number: 'outlets.service-center.NO', after: 1 },
      ]),
    );
    expect(await count()).toBe(2);
  });

  it('records what happens to a market in the stream of the market', async () => {
    const duty = {
      type: 'MarketConditionChanged',
      occurredOn: '2024-10-29',
      data: {
        market: 'EU',
        kind: 'countervailing-duty',
        rate: 20.7,
        appliesTo: 'XPeng',
        automakers: ['xpeng'],
        effectiveOn: '2024-10-30',
      },
      evidence: SOURCE,
    };
    const { status, body } = await server.post('/api/markets/EU/events', duty);
    expect(status).toBe(201);
    const market = await server.get(`/api/markets/EU?minPosition=${body.position}`);
    expect(market.body.conditions).toMatchObject([
      { kind: 'countervailing-duty', changes: [{ rate: 20.7 }] },
    ]);
    expect((await server.post('/api/markets/NO/events', duty)).body.errors).toMatchObject([
      { field: 'data.market' },
    ]);
    expect((await server.post(EVENTS, duty)).body.errors).toMatchObject([{ field: 'type' }]);
  });

  it('lets analysts write, and neither readers nor strangers', async () => {
    expect((await server.post(EVENTS, entered('NO'), { Authorization: '' })).status).toBe(401);
    expect(
      (await server.post(EVENTS, entered('NO'), { Authorization: `Bearer ${server.keys.reader}` })).status,
    ).toBe(403);
    expect((await server.get('/api/automakers')).status).toBe(200);
    const { body } = await server.post(EVENTS, entered('NO'));
    expect((await server.get(`/api/events/${body.events[0].id}?minPosition=2`)).body.recordedBy).toBe(
      'test-analyst',
    );
  });
});
