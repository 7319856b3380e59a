import { answerTo, entered, REGISTERED, startServer, type TestServer } from '../e2e/server.js';

const SOURCE = { url: 'https://example.com/second', publisher: 'Second News', publishedOn: '2024-05-02' };

describe('suggestions of readers', () => {
  let server: TestServer;
  let event: string;
  /** Sends a suggestion without a key, as a reader does. */
  const suggest = (body: object) =>
    answerTo(
      fetch(`${server.url}/api/suggestions`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify(body),
      }),
    );
  const get = (path: string, key = server.keys.analyst) => server.get(path, key);
  /** Size and root of the Merkle tree from the signed checkpoint. */
  const root = async (): Promise<readonly string[]> =>
    String((await server.get('/api/ledger/checkpoint')).body.note)
      .split('\n')
      .slice(1, 3);
  const source = (over: object = {}) => ({ kind: 'source', about: event, ...SOURCE, ...over });

  beforeEach(async () => {
    server = await startServer();
    await server.post('/api/automakers/xpeng/events', REGISTERED);
    const { body } = await server.post('/api/automakers/xpeng/events', entered('NO'));
    event = body.events[0].id;
    await server.get('/api/automakers?minPosition=2');
  });
  afterEach(() => server.stop());

  it('wait outside the ledger: its root does not move before one is accepted', async () => {
    const before = await root();
    expect(before).toEqual(['2', expect.stringMatching(/^[A-Za-z0-9+/]{43}=$/)]);
    const { status, body } = await suggest(source({ name: 'Zoë' }));
    expect([status, body.state]).toEqual([201, 'waiting']);
    expect(await root()).toEqual(before);
    const list = (await get('/api/suggestions')).body;
    expect(list).toMatchObject({
      waiting: 1,
      suggestions: [{ id: body.id, suggestion: source({ name: 'Zoë' }) }],
    });
    const preview = await server.post(`/api/suggestions/${body.id}/accept`, {
      grade: 'reported',
      dryRun: true,
    });
    expect([preview.status, preview.body.accepted]).toEqual([200, true]);
    expect(await root()).toEqual(before);
    const accepted = await server.post(`/api/suggestions/${body.id}/accept`, { grade: 'reported' });
    expect([accepted.status, accepted.body.position]).toEqual([200, 3]);
    expect((await root())[0]).toBe('3');
    expect((await root())[1]).not.toBe(before[1]);
    const added = accepted.body.events[0].id;
    expect((await server.get(`/api/suggestions/${body.id}`)).body).toMatchObject({
      state: 'accepted',
      event: added,
    });
    await server.get('/api/automakers?minPosition=3');
    const life = (await server.get(`/api/events/${event}`)).body;
    expect(life.evidence.map(({ publisher }: { publisher: string }) => publisher)).toContain('Second News');
    expect(life.acts[0]).toMatchObject({ type: 'EvidenceAdded', note: 'Suggested by Zoë.' });
    const twice = await server.post(`/api/suggestions/${body.id}/accept`, { grade: 'reported' });
    expect([twice.status, twice.body.type]).toEqual([409, '/problems/suggestion-decided']);
    const looked = await server.post(`/api/suggestions/${body.id}/accept`, {
      grade: 'reported',
      dryRun: true,
    });
    expect(looked.body).toEqual({ ...twice.body, instance: looked.body.instance });
  });

  it.each([
    ['', { dryRun: 'true' }, 400],
    ['', { dryRun: 1 }, 400],
    ['?dryRun=1', {}, 400],
    ['?dryRun=true', {}, 200],
  ])('record nothing where a dry run is asked for in another way: %s %j', async (query, fields, status) => {
    const { body } = await suggest(source());
    const before = await root();
    const answer = await server.post(`/api/suggestions/${body.id}/accept${query}`, {
      grade: 'reported',
      ...fields,
    });
    expect([answer.status, await root()]).toEqual([status, before]);
  });

  it('are accepted as the event that an analyst makes of them', async () => {
    const text = 'XPeng also entered Sweden in March 2022.';
    const { body } = await suggest({ kind: 'event', automaker: 'xpeng', text, url: SOURCE.url });
    const nothing = await server.post(`/api/suggestions/${body.id}/accept`, { grade: 'reported' });
    expect([nothing.status, nothing.body.errors[0].field]).toEqual([400, 'event']);
    const again = await server.post(`/api/suggestions/${body.id}/accept`, { event: entered('NO') });
    expect([again.status, again.body.type]).toEqual([409, '/problems/duplicate-event']);
    expect((await get(`/api/suggestions/${body.id}`)).body.state).toBe('waiting');
    const { status } = await server.post(`/api/suggestions/${body.id}/accept`, { event: entered('SE') });
    expect(status).toBe(200);
    await server.get('/api/automakers?minPosition=3');
    const [newest] = (await server.get('/api/events?order=recorded&limit=1')).body.events;
    expect(newest).toMatchObject({ data: { market: 'SE' }, note: 'Suggested by a reader.' });
  });

  it('are declined with a reason, which whoever made them reads without a key', async () => {
    const { body } = await suggest({ kind: 'correction', about: event, text: 'It was 2021.' });
    const silent = await server.post(`/api/suggestions/${body.id}/decline`, {});
    expect([silent.status, silent.body.errors[0].field]).toEqual([400, 'reason']);
    const reason = 'The source says 2020.';
    expect((await server.post(`/api/suggestions/${body.id}/decline`, { reason })).status).toBe(200);
    expect((await fetch(`${server.url}/api/suggestions/${body.id}`)).status).toBe(200);
    expect((await server.get(`/api/suggestions/${body.id}`)).body).toMatchObject({
      state: 'declined',
      reason,
    });
    expect((await get('/api/suggestions')).body.waiting).toBe(0);
    expect((await get('/api/suggestions?state=declined')).body.suggestions).toHaveLength(1);
  });

  it('of a machine that fills in every field are told to be taken, and are not', async () => {
    const { status, body } = await suggest(source({ website: 'https://spam.example' }));
    expect([status, body.state]).toEqual([201, 'waiting']);
    expect((await get('/api/suggestions')).body.waiting).toBe(0);
  });

  it('are limited for each place, and the same one waits once', async () => {
    const ids = new Set<string>();
    for (let times = 0; times < 9; times++) ids.add((await suggest(source())).body.id);
    expect(ids.size).toBe(1);
    await suggest(source({ quote: 'Another' }));
    const refused = await suggest(source({ quote: 'One too many' }));
    expect([refused.status, refused.body.type]).toEqual([429, '/problems/too-many-suggestions']);
    expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(3000);
    expect((await get('/api/suggestions')).body.waiting).toBe(2);
  });

  it.each([
    [{ kind: 'rumour' }, 'kind'],
    [{ kind: 'source', about: 'x', url: SOURCE.url }, 'about'],
    [{ kind: 'source', about: '00000000-0000-4000-8000-00000000ffff', url: SOURCE.url }, 'about'],
    [{ kind: 'source', url: SOURCE.url }, 'about'],
    [{ kind: 'event', text: 'Something' }, 'url'],
    [{ kind: 'event', text: 'Something', url: 'javascript:alert(1)' }, 'url'],
    [{ kind: 'event', url: SOURCE.url }, 'text'],
    [{ kind: 'event', url: SOURCE.url, text: 'x'.repeat(2001) }, 'text'],
    [{ kind: 'event', url: SOURCE.url, text: 'a\u0000b' }, 'text'],
    [{ kind: 'event', url: SOURCE.url, text: 'Text', more: 1 }, 'more'],
    [[], 'kind'],
  ])('%j are refused with what is wrong', async (body, field) => {
    const answer = await suggest(body);
    expect([answer.status, answer.body.errors?.[0]?.field]).toEqual([400, field]);
  });

  it('are bounded: a long body is not read', async () => {
    expect((await suggest({ kind: 'event', text: 'x'.repeat(20_000), url: SOURCE.url })).status).toBe(413);
  });

  it('are listed and decided by analysts alone', async () => {
    const { body } = await suggest(source());
    expect((await fetch(`${server.url}/api/suggestions`)).status).toBe(401);
    expect((await get('/api/suggestions', server.keys.reader)).status).toBe(403);
    const reader = { Authorization: `Bearer ${server.keys.reader}` };
    for (const act of ['accept', 'decline'])
      expect((await server.post(`/api/suggestions/${body.id}/${act}`, {}, reader)).status).toBe(403);
    expect((await server.post('/api/suggestions/nothing/accept', { grade: 'reported' })).status).toBe(404);
    expect((await server.get('/api/suggestions/nothing')).status).toBe(404);
  });
});
