import { ApiKeys } from '../../src/access/api-keys.js';
import { entered, REGISTERED, SOURCE, startServer, type TestServer } from '../e2e/server.js';
import { fieldsOf, signIn } from '../pages/signed-in.js';
import { sentencesOf } from '../pages/visible-text.js';

describe('second looks', () => {
  let server: TestServer;
  let other: string;
  let event: string;
  const asOther = () => ({ Authorization: `Bearer ${other}` });
  const wordsOf = (page: string): string => sentencesOf(page).join('\n').replaceAll('\u00a0', ' ');

  beforeEach(async () => {
    server = await startServer();
    other = (await server.app.get(ApiKeys, { strict: false }).create('bo', 'analyst')).key;
    await server.post('/api/automakers/xpeng/events', REGISTERED);
    const { body } = await server.post('/api/automakers/xpeng/events', entered('NO'));
    event = body.events[0].id;
    await server.get('/api/automakers?minPosition=2');
  });
  afterEach(() => server.stop());

  it('are asked for and given by somebody else than who recorded the event; the root does not move', async () => {
    const root = (await server.get('/api/ledger/checkpoint')).body.note;
    expect(root).toContain('\n2\n');
    const asked = await server.post('/api/reviews', { event, question: 'Is it May?' });
    expect([asked.status, asked.body]).toEqual([
      200,
      expect.objectContaining({ event, askedBy: 'test-analyst', question: 'Is it May?' }),
    ]);
    const own = await server.post(`/api/reviews/${event}`, { finding: 'agreed' });
    expect([own.status, own.body.type]).toEqual([403, '/problems/review-by-author']);
    const bare = await server.post(`/api/reviews/${event}`, { finding: 'objected' }, asOther());
    expect([bare.status, bare.body.errors[0].field]).toEqual([400, 'remark']);
    const found = await server.post(
      `/api/reviews/${event}`,
      { finding: 'objected', remark: 'The source says June' },
      asOther(),
    );
    expect([found.status, found.body.reviewedBy]).toEqual([200, 'bo']);
    const list = await server.get('/api/reviews?state=reviewed', server.keys.analyst);
    expect(list.body).toMatchObject({ waiting: 0, reviews: [{ event, finding: 'objected' }] });
    expect((await server.get('/api/ledger/checkpoint')).body.note).toBe(root);
  });

  it.each([
    [{ event: 'x' }, 'event'],
    [{ event: '00000000-0000-4000-8000-00000000ffff' }, 'event'],
    [{}, 'event'],
  ])('are not asked for of %j', async (body, field) => {
    const answer = await server.post('/api/reviews', body);
    expect([answer.status, answer.body.errors[0].field]).toEqual([400, field]);
  });

  it('are neither asked for nor given with a field or a parameter that nobody reads', async () => {
    for (const [path, body, field] of [
      ['/api/reviews', { event, qestion: 'Is it May?' }, 'qestion'],
      ['/api/reviews?dryRun=true', { event }, 'dryRun'],
      ['/api/reviews', [], 'body'],
      [`/api/reviews/${event}`, { finding: 'agreed', remarks: 'x' }, 'remarks'],
      [`/api/reviews/${event}?finding=agreed`, { finding: 'agreed' }, 'finding'],
    ] as const) {
      const answer = await server.post(path, body, asOther());
      expect([path, answer.status, answer.body.errors]).toEqual([
        path,
        400,
        [expect.objectContaining({ field })],
      ]);
    }
    expect((await server.get('/api/reviews', server.keys.analyst)).body.waiting).toBe(0);
  });

  it('are for analysts alone', async () => {
    const reader = { Authorization: `Bearer ${server.keys.reader}` };
    expect((await server.get('/api/reviews')).status).toBe(401);
    expect((await server.post('/api/reviews', { event }, reader)).status).toBe(403);
    expect((await server.post(`/api/reviews/${event}`, {}, asOther())).body.errors[0].field).toBe('finding');
    expect((await server.post(`/api/reviews/${event}`, { finding: 'agreed' }, asOther())).status).toBe(404);
  });

  it('tell what one publisher alone states, until a second one does', async () => {
    const listed = async (query = ''): Promise<string[]> =>
      (await server.get(`/api/single-source${query}`)).body.events.map(({ id }: { id: string }) => id);
    expect(await listed()).toEqual([event]);
    expect(await listed('?author=bo')).toEqual([]);
    const [source] = SOURCE;
    const add = async (publisher: string): Promise<void> => {
      const { status } = await server.post('/api/automakers/xpeng/events', {
        type: 'EvidenceAdded',
        data: {
          event,
          evidence: [{ ...source, url: `https://example.com/${encodeURIComponent(publisher)}`, publisher }],
        },
      });
      expect(status).toBe(201);
    };
    await add(' EXAMPLE');
    await server.get('/api/automakers?minPosition=3');
    expect(await listed()).toEqual([event]);
    await add('Second News');
    await server.get('/api/automakers?minPosition=4');
    expect(await listed()).toEqual([]);
    for (const market of ['SE', 'DK', 'FI'])
      await server.post('/api/automakers/xpeng/events', entered(market));
    await server.get('/api/automakers?minPosition=7');
    const first = (await server.get('/api/single-source?limit=2')).body;
    const second = (await server.get(`/api/single-source?limit=2&cursor=${first.next}`)).body;
    expect([first.events.length, second.events.length, second.next]).toEqual([2, 1, undefined]);
  });

  it('are asked for where an event is logged, and given on its page', async () => {
    const analyst = await signIn(server, server.keys.analyst);
    const form = await analyst.look('/log?type=MarketEntered&automaker=xpeng');
    const recorded = await analyst.post('/log', {
      ...fieldsOf(form.text),
      'evidence[0].url': 'https://example.com/se',
      'evidence[0].publisher': 'Example News',
      'evidence[0].grade': 'reported',
      occurredOn: 'May 2023',
      'data.market': 'Sweden',
      review: 'yes',
      step: 'record',
    });
    const [path = ''] = (recorded.location ?? '').split('?');
    await server.get('/api/automakers?minPosition=3');
    const own = await analyst.look(path);
    expect(wordsOf(own.text)).toContain('test-analyst asks a second analyst to look at it.');
    expect(own.text).not.toContain('Say what you found');
    const second = await signIn(server, other);
    expect(wordsOf((await second.look('/reviews')).text)).toContain('One event waits for a second look');
    const given = await second.post(path.replace('/events/', '/reviews/'), { finding: 'agreed' });
    expect([given.status, given.location]).toEqual([303, path]);
    expect(wordsOf((await server.get(path)).text)).toMatch(/bo looked at it on .* and agreed\./);
    expect(wordsOf((await analyst.look('/reviews?list=mine')).text)).toContain('XPeng entered Sweden');
    expect(wordsOf((await analyst.look('/reviews?list=one-publisher')).text)).toContain(
      'Add a second source',
    );
    const oldest = await analyst.look('/reviews?list=one-publisher&cursor=1');
    expect(wordsOf(oldest.text)).toContain(
      'Of the events looked at here, none rests on one publisher alone.',
    );
    expect(wordsOf((await analyst.look('/reviews?list=reviewed')).text)).toContain('and agreed.');
    const again = await analyst.post('/reviews', { event: path.replace('/events/', ''), question: 'Still?' });
    expect(again.status).toBe(303);
    expect(wordsOf((await server.get(path)).text)).toContain('look at it: Still?');
  });
});
