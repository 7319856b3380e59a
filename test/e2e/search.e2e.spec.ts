import { startShipped } from '../pages/shipped-server.js';
import { SOURCE, startServer, type TestServer } from './server.js';

interface Name {
  readonly kind: string;
  readonly name: string;
  readonly automaker?: string;
  readonly target?: string;
}
interface Event {
  readonly id: string;
  readonly position: number;
  readonly sentence: string;
}

describe('the search', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startShipped();
  }, 60_000);
  afterAll(() => server.stop());

  const search = async (q: string, more = ''): Promise<{ names: Name[]; events: Event[]; next?: string }> => {
    const { status, body } = await server.get(`/api/search?q=${encodeURIComponent(q)}${more}`);
    expect([q, status]).toEqual([q, 200]);
    return body;
  };

  it.each([
    ['Valencia', 'plant', 'Almussafes (Valencia), hall Body 3'],
    ['Magna', 'partner', 'Magna Steyr'],
    ['小鹏', 'automaker', 'XPeng'],
    ['领克', 'company', 'Lynk & Co'],
    ['half overseas', 'goal', 'XPeng: Half of sales abroad'],
    ['CnEVPost', 'publisher', 'CnEVPost'],
    ['norway', 'market', 'Norway'],
    ['NORWAY', 'market', 'Norway'],
    ['挪威', 'market', 'Norway'],
  ])('finds %s: the %s %s', async (q, kind, name) => {
    const { names } = await search(q);
    expect(names.map((each) => [each.kind, each.name])).toContainEqual([kind, name]);
  });

  it('finds events by their sentence, their data, and what sources say', async () => {
    const sentences = async (q: string) =>
      (await search(q)).events.map(({ sentence }) => sentence).join('\n');
    expect(await sentences('Valencia')).toContain('Almussafes');
    expect(await sentences('xpeng entered norway')).toContain('XPeng entered Norway');
    expect(await sentences('小鹏 entered norway')).toContain('XPeng entered Norway');
  });

  it('holds every word, and nothing that is not said', async () => {
    expect((await search('zeppelin')).events).toEqual([]);
    expect((await search('norway zeppelin')).names).toEqual([]);
    // Field names are not searchable content.
    expect((await search('publishedOn')).events).toEqual([]);
  });

  it('goes on page by page, each event once, the newest first', async () => {
    const seen: Event[] = [];
    let cursor: string | undefined;
    do {
      const page = await search('norway', `&limit=20${cursor === undefined ? '' : `&cursor=${cursor}`}`);
      seen.push(...page.events);
      cursor = page.next;
    } while (cursor !== undefined);
    expect(seen.length).toBeGreaterThan(40);
    expect(new Set(seen.map(({ id }) => id)).size).toBe(seen.length);
    const positions = seen.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort((a, b) => b - a));
  });

  it('looks into the past with the clocks', async () => {
    const now = await search('norway', '&limit=100');
    const then = await search('norway', '&limit=100&trueOn=2022-12-31');
    expect(then.events.length).toBeLessThan(now.events.length);
    expect(then.events.length).toBeGreaterThan(0);
    const [before] = (await search('xpeng', '&knownOn=2020-01-01')).events;
    expect(before).toBeUndefined();
  });

  it.each([
    '',
    '&q=',
    '&q=x',
    '&q=%20%22',
    `&q=${'x'.repeat(201)}`,
    '&q=norway&limit=0',
    '&q=norway&cursor=x',
  ])('refuses %s', async (query) => {
    const { status, body } = await server.get(`/api/search?${query.slice(1)}`);
    expect([query, status]).toEqual([query, 400]);
    expect(body.errors).toHaveLength(1);
  });

  it('takes signs of patterns as they are, and reads quotes', async () => {
    const odd = await startServer();
    const posted = await odd.post('/api/automakers/odd/events', [
      {
        type: 'AutomakerRegistered',
        occurredOn: '2003',
        data: { name: '100%_"Odd"\\ Motors!', homeMarket: 'CN' },
      },
      {
        type: 'MarketEntered',
        occurredOn: '2024-05',
        data: { market: 'NO', partner: 'A_B 50% "Ltd" É' },
        evidence: [{ ...SOURCE[0], quote: '该公司将在挪威开设第二家服务中心' }],
      },
    ]);
    expect(posted.status).toBe(201);
    await odd.get('/api/automakers?minPosition=2');
    const found = async (q: string) =>
      (await odd.get(`/api/search?q=${encodeURIComponent(q)}`)).body.events.length;
    expect(await found('A_B')).toBe(1);
    expect(await found('AxB')).toBe(0);
    expect(await found('50%')).toBe(1);
    expect(await found('5%0')).toBe(0);
    expect(await found('Ltd')).toBe(1);
    expect(await found('motors!')).toBe(2);
    // Finds text in a quote of a source, and the page shows an excerpt.
    expect(await found('服务中心')).toBe(1);
    expect((await odd.get('/search?q=%E6%9C%8D%E5%8A%A1%E4%B8%AD%E5%BF%83')).text).toContain(
      '该公司将在挪威开设第二家服务中心',
    );
    await odd.stop();
  });

  it('narrows the timeline to one publisher', async () => {
    const { body } = await server.get('/api/events?publisher=CnEVPost&limit=200');
    expect(body.events.length).toBeGreaterThan(10);
    for (const { evidence } of body.events)
      expect(evidence.map((each: { publisher: string }) => each.publisher)).toContain('CnEVPost');
    expect((await server.get('/api/events?publisher=CnEVPos')).body.events).toEqual([]);
  });

  it('is a page with a box, and leads to what it finds', async () => {
    const box = await server.get('/search');
    expect(box.status).toBe(200);
    expect(box.text).toContain('role="search"');
    const found = (await server.get('/search?q=valencia')).text;
    expect(found).toMatch(/<a href="\/automakers\/geely#production">Almussafes/);
    expect((await server.get('/search?q=zeppelin')).text).toContain('Nothing on record holds “zeppelin”');
    expect((await server.get('/search?q=%3Cscript%3Ealert')).text).not.toContain('<script>alert');
    expect((await server.get('/')).text).toContain('action="/search"');
  });
});
