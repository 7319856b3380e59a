import { fieldsOf, signIn } from '../pages/signed-in.js';
import { answerTo, startServer, type TestServer } from './server.js';

const SOURCE = [
  { url: 'https://example.com/a', publisher: 'A', grade: 'confirmed', publishedOn: '2021-09-02' },
];

interface Moved {
  readonly events: readonly { readonly id: string; readonly counterpart: string }[];
  readonly position: number;
}

describe('an event that was recorded of the wrong automaker', () => {
  let server: TestServer;
  let entered: string;
  let recorded: number;
  beforeEach(async () => {
    server = await startServer();
    for (const [id, name] of [
      ['xpeng', 'XPeng'],
      ['geely', 'Geely'],
    ] as const)
      await server.post(`/api/automakers/${id}/events`, {
        type: 'AutomakerRegistered',
        occurredOn: '1997',
        data: { name, homeMarket: 'CN' },
      });
    const { body } = await server.post('/api/automakers/xpeng/events', {
      type: 'MarketEntered',
      occurredOn: '2021-09-01',
      data: { market: 'NO' },
      evidence: SOURCE,
    });
    const recording = body as { events: { id: string }[]; position: number };
    entered = recording.events[0]?.id ?? '';
    recorded = recording.position;
  });
  afterEach(() => server.stop());

  const ask = { reason: 'the release is of Geely', to: 'Geely' };
  const move = (over: object = {}, query = '', headers: Record<string, string> = {}) =>
    server.post(`/api/automakers/xpeng/moves${query}`, { events: [entered], ...ask, ...over }, headers);
  const markets = async (automaker: string, query: string) => {
    const { body } = await server.get(`/api/automakers/${automaker}?${query}`);
    return (body as { markets: { market: string }[] }).markets.map(({ market }) => market);
  };

  it('is moved in one act, which both sides tell with both ids', async () => {
    const { status, body } = await move();
    expect(status).toBe(201);
    const { events, position } = body as unknown as Moved;
    const there = events[0]?.counterpart ?? '';
    expect(events).toEqual([{ id: entered, counterpart: there }]);
    expect(await markets('xpeng', `minPosition=${position}`)).toEqual([]);
    expect(await markets('geely', `minPosition=${position}`)).toEqual(['NO']);
    const [was, is] = [await server.get(`/api/events/${entered}`), await server.get(`/api/events/${there}`)];
    expect(was.body).toMatchObject({
      standing: 'moved',
      automaker: 'xpeng',
      acts: [{ sentence: 'Moved to Geely: the release is of Geely', data: { counterpart: there } }],
    });
    expect(is.body).toMatchObject({
      standing: 'stands',
      automaker: 'geely',
      evidence: SOURCE,
      acts: [{ sentence: 'Moved from XPeng: the release is of Geely', data: { counterpart: entered } }],
    });
    const moved = await server.get('/api/events?standing=moved');
    expect((moved.body as { events: { id: string }[] }).events.map(({ id }) => id)).toEqual([entered]);
  });

  it('counts on each clock where it belonged then', async () => {
    const { body } = await move();
    const { position } = body as unknown as Moved;
    const at = `minPosition=${position}`;
    expect(await markets('geely', `${at}&publicOn=2021-12-31`)).toEqual(['NO']);
    expect(await markets('xpeng', `${at}&publicOn=2021-12-31`)).toEqual([]);
    expect(await markets('geely', `${at}&publicOn=2021-08-31`)).toEqual([]);
    expect(await markets('geely', `${at}&trueOn=2021-12-31`)).toEqual(['NO']);
    expect(await markets('geely', `${at}&trueOn=2021-08-31`)).toEqual([]);
  });

  it('is moved once, however often the request is sent', async () => {
    const first = await move();
    const again = await move();
    expect([again.status, again.body]).toEqual([201, first.body]);
    const { body } = await move({}, '?dryRun=true');
    expect(body).toMatchObject({ accepted: true, streams: [{ alreadyRecorded: true }, { numbers: [] }] });
  });

  it('is not moved where either side speaks against it, and nothing is recorded', async () => {
    const count = async () => (await server.get('/api/export?format=jsonl')).text.trim().split('\n').length;
    const before = await count();
    expect(await move({ to: 'nobody' })).toMatchObject({ status: 409, body: { contradicts: [] } });
    expect(await move({ to: 'XPENG' })).toMatchObject({ status: 400, body: { errors: [{ field: 'to' }] } });
    expect(await move({ events: ['00000000-0000-4000-8000-000000000009'] })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'events[0]' }] },
    });
    expect(await move({ reason: undefined })).toMatchObject({
      status: 400,
      body: { errors: [{ field: 'reason' }] },
    });
    const openings = await server.post('/api/automakers/xpeng/events', [
      { type: 'ServiceCenterOpened', occurredOn: '2021', data: { market: 'NO' }, evidence: SOURCE },
      { type: 'ServiceCenterClosed', occurredOn: '2022', data: { market: 'NO' }, evidence: SOURCE },
    ]);
    const opened = (openings.body as { events: { id: string }[] }).events[0]?.id;
    const refused = await move({ events: [opened] });
    expect([refused.status, JSON.stringify(refused.body)]).toEqual([
      409,
      expect.stringContaining('In automaker-xpeng: '),
    ]);
    expect(await count()).toBe(before + 2);
    const half = await server.post('/api/automakers/xpeng/events', {
      type: 'EventMoved',
      data: { event: entered, direction: 'to', stream: 'automaker-geely', counterpart: entered, reason: 'x' },
    });
    expect([half.status, JSON.stringify(half.body)]).toEqual([
      400,
      expect.stringContaining('two streams at once'),
    ]);
  });

  it('is not moved where its stream has changed since the caller read it, in a dry run neither', async () => {
    for (const query of ['', '?dryRun=true']) {
      for (const stale of [{ 'If-Match': '"0"' }, { 'If-None-Match': '*' }])
        expect(await move({}, query, stale)).toMatchObject({
          status: 412,
          body: { type: '/problems/stream-has-changed', revision: 1 },
        });
      expect(await move({}, query, { 'If-Match': 'x' })).toMatchObject({
        status: 400,
        body: { errors: [{ field: 'If-Match' }] },
      });
    }
    expect(await markets('xpeng', `minPosition=${recorded}`)).toEqual(['NO']);
    expect(await move({}, '?dryRun=true', { 'If-Match': '"1"' })).toMatchObject({ status: 200 });
    const moved = await move({}, '', { 'If-Match': '"1"' });
    expect([moved.status, moved.headers.get('etag')]).toEqual([201, '"2"']);
    // As a recording that was recorded before, the move that was made is told again.
    expect(await move({}, '', { 'If-Match': '"1"' })).toMatchObject({ status: 201, body: moved.body });
  });

  it('says beforehand what would change on both sides', async () => {
    const { status, body } = await move({}, '?dryRun=true');
    expect([status, body]).toEqual([
      200,
      expect.objectContaining({
        accepted: true,
        streams: [
          expect.objectContaining({ stream: 'automaker-geely' }),
          expect.objectContaining({ stream: 'automaker-xpeng' }),
        ],
      }),
    ]);
    expect(await markets('xpeng', `minPosition=${recorded}`)).toEqual(['NO']);
  });

  it('comes out of an export as it went in', async () => {
    await move();
    const { text } = await server.get('/api/export?format=jsonl');
    const other = await startServer();
    try {
      const { body } = await answerTo(
        fetch(`${other.url}/api/imports?restore=true`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${other.keys.admin}` },
          body: text,
        }),
      );
      expect(body).toMatchObject({ recorded: 6, refused: 0 });
      expect((await other.get('/api/export?format=jsonl')).text).toBe(text);
    } finally {
      await other.stop();
    }
  });

  it('is moved from its page, which leads to where it is', async () => {
    const { look, post } = await signIn(server, server.keys.analyst);
    expect((await look(`/events/${entered}?minPosition=${recorded}`)).text).toContain(
      `/events/${entered}/move`,
    );
    const fields = fieldsOf((await look(`/events/${entered}/move`)).text);
    const answer = { ...fields, 'data.to': 'Geely', 'data.reason': 'of Geely' };
    const preview = await post(`/events/${entered}/move`, { ...answer, step: 'preview' });
    expect([preview.status, preview.text]).toEqual([200, expect.stringContaining('Where it belongs')]);
    const { status, location } = await post(`/events/${entered}/move`, { ...answer, step: 'record' });
    expect(status).toBe(303);
    const page = (await look(location ?? '')).text;
    expect(page).toContain('It was moved here from');
    expect(page).toContain(`/events/${entered}`);
    const old = (await look(`/events/${entered}`)).text;
    expect(old).toContain('recorded here by mistake');
    expect(old).not.toContain(`/events/${entered}/correct`);
  });
});
