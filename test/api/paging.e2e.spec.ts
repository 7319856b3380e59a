import { entered, REGISTERED, SOURCE, startServer, type TestServer } from '../e2e/server.js';

/** More entries than a page of any list or the options of a form hold. */
const MANY = 230;
const TODAY = new Date().toISOString().slice(0, 10);

describe('a ledger of many automakers', () => {
  let server: TestServer;
  let position = 0;
  beforeAll(async () => {
    server = await startServer();
    const lines = Array.from({ length: MANY }, (_, index) => {
      const id = `a${String(index).padStart(3, '0')}`;
      return [
        { ...REGISTERED, stream: `automaker-${id}`, data: { name: `Maker ${id}`, homeMarket: 'CN' } },
        { ...entered('NO', `20${10 + (index % 10)}-05`), stream: `automaker-${id}` },
        ...(index % 2 === 0 ? [target(`automaker-${id}`)] : []),
      ];
    }).flat();
    const { status } = await server.post(
      '/api/imports',
      lines.map((line) => JSON.stringify(line)).join('\n') + '\n',
      { 'Content-Type': 'application/x-ndjson' },
    );
    expect(status).toBe(200);
    position = lines.length;
    await server.get(`/api/views?minPosition=${position}`);
  }, 120_000);
  afterAll(() => server.stop());

  const CLOCKS = ['', `trueOn=${TODAY}`];

  describe.each(CLOCKS)('asked with "%s"', (clock) => {
    it.each([
      ['/api/automakers', 'automakers', 'id', 200],
      ['/api/verdicts', 'verdicts', 'id', 50],
      ['/api/compare', 'automakers', 'id', 50],
      ['/api/markets/NO', 'automakers', 'automaker', 50],
      ['/api/quiet-goals', 'goals', 'automaker', 200],
    ])('tells %s page by page, each once', async (path, list, id, usual) => {
      const pages = await pagesOf(`${path}?${clock}`, list);
      const ids = pages.flat().map((each) => each[id]);
      const expected = list === 'goals' ? MANY / 2 : MANY;
      expect(pages[0]).toHaveLength(Math.min(usual, expected));
      expect(new Set(ids).size).toBe(expected);
      expect(ids).toHaveLength(expected);
      const small = await pagesOf(`${path}?${clock}&limit=100`, list);
      expect(small.flat()).toEqual(pages.flat());
    });
  });

  it('says how many automakers are in a market, and names the first of them', async () => {
    for (const clock of CLOCKS) {
      const { markets } = (await server.get(`/api/markets?${clock}`)).body;
      expect(markets).toHaveLength(1);
      expect(markets[0]).toMatchObject({
        market: 'NO',
        stage: 'present',
        counts: { present: MANY, left: 0 },
      });
      expect(markets[0].present).toHaveLength(50);
    }
  });

  it('sets a bounded number of automakers beside each other, and says how many it left out', async () => {
    const { automakersLeftOut, theses } = (await server.get('/api/theses')).body;
    expect(automakersLeftOut).toBe(MANY - 200);
    for (const { cases } of theses) expect(cases.length).toBeLessThanOrEqual(200);
  });

  it('refuses a page that there is not', async () => {
    expect((await server.get('/api/verdicts?cursor=nobody')).status).toBe(400);
    for (const limit of ['0', '1001', '-1', '1e3'])
      expect((await server.get(`/api/automakers?limit=${limit}`)).status).toBe(400);
  });

  it('names some automakers, and not all, to whoever asks for one that there is not', async () => {
    const { status, body } = await server.get('/api/automakers/none');
    expect(status).toBe(404);
    expect(body.detail).toContain('a000, a001');
    expect(body.detail.length).toBeLessThan(300);
    expect((await server.get('/api/differences?automaker=none&from=2024-01-01')).status).toBe(404);
  });

  it.each(['/', '/markets', '/markets/NO', '/compare', '/theses', '/timeline', '/audit'])(
    'has a page %s of bounded size that leads on',
    async (path) => {
      const { status, text } = await server.get(path);
      expect(status).toBe(200);
      expect(text.length).toBeLessThan(400_000);
    },
  );

  it('leads from one part of the front page to the next, without end or repetition', async () => {
    const shown: string[] = [];
    for (let path: string | undefined = '/'; path !== undefined;) {
      const { text }: { text: string } = await server.get(path);
      const [table = ''] = /<table class="standings.*?<\/table>/s.exec(text) ?? [];
      shown.push(...Array.from(table.matchAll(/<a href="\/automakers\/(a\d+)"/g), ([, id = '']) => id));
      path = /rel="next" href="([^"]+)"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    }
    expect(new Set(shown).size).toBe(MANY);
    expect(shown).toHaveLength(MANY);
  });

  it('tells of all automakers what differs between two days only where something happened between them', async () => {
    const between = await pagesOf('/api/differences?from=2014-01-01&to=2015-12-31', 'automakers');
    const ids = between.flat().map(({ automaker }) => automaker);
    expect(ids).toHaveLength(46);
    expect(between[0]).toHaveLength(20);
    expect(ids.every((id) => [4, 5].includes(Number(id.slice(-1))))).toBe(true);
    const one = await server.get(`/api/differences?automaker=${ids[0]}&from=2014-01-01&to=2015-12-31`);
    expect(between[0]?.[0]).toEqual(one.body.automakers[0]);
  });

  it('shows news at once in its lists, and forgets what was retracted', async () => {
    await server.get('/api/verdicts');
    const other = { ...REGISTERED, data: { name: 'Zz', homeMarket: 'CN' } };
    const registered = (await server.post('/api/automakers/zz/events', other)).body;
    const verdicts = await pagesOf(`/api/verdicts?minPosition=${registered.position}&limit=1000`, 'verdicts');
    expect(verdicts.flat().map(({ id }) => id)).toContain('zz');
    const entry = (await server.post('/api/automakers/zz/events', entered('SE'))).body;
    const found = await server.get(`/api/markets?minPosition=${entry.position}`);
    expect(found.body.markets.map(({ market }: { market: string }) => market)).toEqual(['NO', 'SE']);
    const retraction = {
      type: 'EventRetracted',
      data: { event: entry.events[0].id, reason: 'It was another one.' },
    };
    const retracted = (await server.post('/api/automakers/zz/events', retraction)).body;
    expect(retracted).toMatchObject({ revision: 2 });
    const after = await server.get(`/api/markets?minPosition=${retracted.position}`);
    expect(after.body.markets.map(({ market }: { market: string }) => market)).toEqual(['NO']);
  });

  // Tests read answers without types.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  async function pagesOf(path: string, list: string): Promise<any[][]> {
    const pages = [];
    for (let cursor = ''; ;) {
      const { status, body } = await server.get(path + cursor);
      expect(status).toBe(200);
      pages.push(body[list]);
      if (body.next === undefined) return pages;
      cursor = `&cursor=${encodeURIComponent(body.next)}`;
    }
  }
});

describe('a ledger of more silent goals than a page holds', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const lines = [
      { ...REGISTERED, stream: 'automaker-acme' },
      ...Array.from({ length: 1001 }, (_, index) => ({
        ...target('automaker-acme', `goal-${index}`),
        duplicateOf: 'none',
        confirm: ['same-goal'],
      })),
    ];
    const { status } = await server.post(
      '/api/imports',
      lines.map((line) => JSON.stringify(line)).join('\n') + '\n',
      { 'Content-Type': 'application/x-ndjson' },
    );
    expect(status).toBe(200);
    await server.get(`/api/views?minPosition=${lines.length}`);
  }, 120_000);
  afterAll(() => server.stop());

  it('tells the longest page of them that may be asked for', async () => {
    const { status, body } = await server.get('/api/quiet-goals?limit=1000');
    expect(status).toBe(200);
    expect(body.count).toBe(1001);
    expect(new Set(body.goals.map((goal: { target: string }) => goal.target)).size).toBe(1000);
  });
});

const target = (stream: string, name = 'abroad'): object => ({
  stream,
  type: 'TargetSet',
  occurredOn: '2018-01-01',
  data: {
    target: name,
    measure: 'overseas-markets',
    threshold: 20,
    unit: 'markets',
    deadline: '2040',
    wording: 'Twenty markets.',
  },
  evidence: SOURCE,
});
