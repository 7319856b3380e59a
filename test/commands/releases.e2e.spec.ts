import { REGISTERED, startServer, type TestServer } from '../e2e/server.js';

const SOURCE = {
  url: 'https://example.com/march',
  publisher: 'XPeng',
  publishedOn: '2026-04-01',
  grade: 'confirmed',
};
const TABLE = `Brand\tMarch 2026\tYoY\tYTD
XPeng G\t20,100\t+12.0%\t55,300
Mona\t19,900\t+10.0%\t54,700
Total\t40,000\t+11.0%\t110,000`;

describe('a pasted release', () => {
  let server: TestServer;
  const paste = (over: object = {}, query = '') =>
    server.post(`/api/automakers/xpeng/releases${query}`, {
      text: TABLE,
      month: '2026-03',
      basis: 'deliveries',
      source: SOURCE,
      ...over,
    });
  const head = async (): Promise<number> => (await server.get('/api/automakers')).body.asOf.position;

  beforeEach(async () => {
    server = await startServer();
    expect((await server.post('/api/automakers/xpeng/events', REGISTERED)).status).toBe(201);
    await server.get('/api/automakers?minPosition=1');
  });
  afterEach(() => server.stop());

  it.each([
    ['', { records: true }, 'records'],
    ['', { record: 'true' }, 'record'],
    ['', { confirmSums: 'yes' }, 'confirmSums'],
    ['', { confirm: 'unknown-entity' }, 'confirm'],
    ['?dryRun=true', { record: true, confirm: ['unknown-entity'] }, 'dryRun'],
  ])('is not taken with what nobody reads: %s %j', async (query, over, field) => {
    const answer = await paste(over, query);
    expect([answer.status, answer.body.errors]).toEqual([400, [expect.objectContaining({ field })]]);
    expect(await head()).toBe(1);
  });

  it('is shown as it is understood, with what recording would do, before anything is recorded', async () => {
    const { status, body } = await paste();
    expect(status).toBe(200);
    expect([body.figures.length, body.sums, body.unread]).toEqual([6, [], []]);
    expect(body.labels).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ label: 'Mona', meaning: { entity: 'mona' } }),
        expect.objectContaining({ label: 'YTD', meaning: { period: '2026-01/2026-03' } }),
      ]),
    );
    expect(body.preview).toMatchObject({ dryRun: true, outcomes: expect.any(Array) });
    expect(await head()).toBe(1);
  });

  it('is recorded as a whole with its one source, and what it said holds in the ledger', async () => {
    const { status, text } = await paste({ record: true, confirm: ['unknown-entity'] });
    expect([status, text]).toEqual([201, text]);
    await server.get('/api/automakers?minPosition=7');
    const { figures } = (await server.get('/api/automakers/xpeng/figures?measure=total-units')).body;
    expect(figures).toHaveLength(6);
    const total = figures.find(
      (figure: { entity?: string; period: string }) =>
        figure.entity === undefined && figure.period === '2026-03',
    );
    expect(total).toMatchObject({
      basis: 'deliveries',
      reports: [{ value: 40_000 }],
      growths: [{ percent: 11, on: '2025-03' }],
    });
    const { events } = (await server.get('/api/events?type=FigureReported')).body;
    expect(new Set(events.map((event: { evidence: { url: string }[] }) => event.evidence[0]?.url))).toEqual(
      new Set([SOURCE.url]),
    );
  });

  it('with a slip in one cell is caught by its sums and not recorded, unless somebody says so', async () => {
    const slipped = { text: TABLE.replace('19,900', '19,090'), confirm: ['unknown-entity'] };
    const { body } = await paste(slipped);
    expect(body.sums).toEqual([
      expect.objectContaining({
        kind: 'brands',
        told: 40_000,
        expected: 39_190,
        cells: expect.arrayContaining([expect.objectContaining({ text: '19,090', row: 3, column: 2 })]),
      }),
    ]);
    const refused = await paste({ ...slipped, record: true });
    expect([refused.status, refused.body.type]).toEqual([409, '/problems/sums-do-not-hold']);
    expect(await head()).toBe(1);
    expect((await paste({ ...slipped, record: true, confirmSums: true })).status).toBe(201);
  });

  it('is held against what the ledger knows', async () => {
    await paste({ record: true, confirm: ['unknown-entity'] });
    const april = 'Brand\tApril 2026\tYTD\nTotal\t45,000\t156,000';
    const { body } = await paste({ text: april, month: '2026-04' });
    expect(body.sums).toEqual([
      expect.objectContaining({ kind: 'year-to-date', told: 156_000, expected: 155_000 }),
    ]);
  });

  describe('pasted again', () => {
    const record = (over: object = {}) => paste({ record: true, confirm: ['unknown-entity'], ...over });
    const figuresOf = async (period: string, position: number) => {
      await server.get(`/api/automakers?minPosition=${position}`);
      const { figures } = (await server.get('/api/automakers/xpeng/figures?measure=total-units')).body;
      return figures.filter((figure: { period: string }) => figure.period === period);
    };
    const standings = (body: { figures: { standing: { kind: string } }[] }) =>
      body.figures.map(({ standing }) => standing.kind);
    beforeEach(async () => {
      expect((await record()).body).toMatchObject({ known: 0, position: 7 });
      await server.get('/api/automakers?minPosition=7');
    });

    it('is known as a whole: nothing is recorded, and nothing refused', async () => {
      const before = await head();
      const shown = (await paste()).body;
      expect(new Set(standings(shown))).toEqual(new Set(['known']));
      expect([shown.events, shown.preview]).toEqual([[], undefined]);
      const again = await record();
      expect([again.status, again.body.known, again.body.events]).toEqual([200, 6, []]);
      expect(await head()).toBe(before);
    });

    it('is known also where its publication is dated otherwise', async () => {
      const again = await record({ source: { ...SOURCE, publishedOn: '2026-04-03' } });
      expect([again.status, again.body.events]).toEqual([200, []]);
    });

    it('with one new month has only that one recorded', async () => {
      const text = TABLE.split('\n')
        .map((line, row) => `${line}\t${['Feb 2026', '17,000', '16,000', '33,000'][row]}`)
        .join('\n');
      const { status, body } = await record({ text });
      expect([status, body.known, body.events.length, body.position]).toEqual([201, 6, 3, 10]);
      expect((await record({ text })).body).toMatchObject({ known: 9, events: [] });
    });

    it('with another number in a cell is refused until somebody says what it is', async () => {
      const before = await head();
      const slipped = {
        text: TABLE.replace('20,100', '20,400').replace('40,000', '40,300'),
        confirmSums: true,
      };
      const shown = (await paste(slipped)).body;
      expect(shown.figures[0]).toMatchObject({
        standing: { kind: 'differs', from: 'same-source', recorded: { value: 20_100, growth: 12 } },
      });
      const refused = await record(slipped);
      expect([refused.status, refused.body.type, refused.body.figures.length]).toEqual([
        409,
        '/problems/figures-differ',
        2,
      ]);
      expect((await record({ ...slipped, differing: { '2:2': 'correct' } })).status).toBe(409);
      expect(await head()).toBe(before);
    });

    it('corrects the entry where it was recorded wrongly', async () => {
      const mended = {
        text: TABLE.replace('20,100', '20,400').replace('40,000', '40,300'),
        confirmSums: true,
        differing: 'correct',
      };
      const { status, body } = await record(mended);
      expect([status, body.events.map(({ type }: { type: string }) => type)]).toEqual([
        201,
        ['EventCorrected', 'EventCorrected'],
      ]);
      const march = await figuresOf('2026-03', body.position);
      expect(
        march.map((figure: { reports: { value: number }[] }) => figure.reports.map((r) => r.value)),
      ).toEqual(expect.arrayContaining([[40_300], [20_400], [19_900]]));
      expect((await record(mended)).body).toMatchObject({ known: 6, events: [] });
    });

    it('restates where the source puts itself right, and asks of another page of the same publisher', async () => {
      const april = {
        month: '2026-04',
        source: { ...SOURCE, url: 'https://example.com/april', publisher: 'Xpeng' },
        text: 'Brand\tMarch 2026\tApril 2026\nXPeng G\t20,100\t22,000\nMona\t19,700\t20,000\nTotal\t39,800\t42,000',
        confirmSums: true,
      };
      const shown = (await paste(april)).body;
      expect(standings(shown)).toEqual(['known-elsewhere', 'new', 'differs', 'new', 'differs', 'new']);
      const { status, body } = await record({ ...april, differing: 'restate' });
      expect([status, body.events.map(({ type }: { type: string }) => type)]).toEqual([
        201,
        ['EvidenceAdded', ...Array.from({ length: 5 }, () => 'FigureReported')],
      ]);
      const total = (await figuresOf('2026-03', body.position)).find(
        (figure: { entity?: string }) => figure.entity === undefined,
      );
      expect(total.reports.at(-1)).toMatchObject({ value: 39_800, restates: [total.reports[0].event] });
      expect((await record(april)).body).toMatchObject({ known: 6, events: [] });
      // Pasting the first release again still gives the same result.
      expect((await record()).body).toMatchObject({ known: 6, events: [] });
    });

    it('leaves, or adds, cell by cell', async () => {
      const text = TABLE.replace('20,100', '20,400').replace('19,900', '19,600');
      const { body } = await record({ text, confirmSums: true, differing: { '2:2': 'leave', '3:2': 'add' } });
      expect([body.events.length, body.position]).toEqual([1, 8]);
    });

    it('adds a growth that was not told before', async () => {
      const text = TABLE.replace('YTD', 'YTD\tYoY').replaceAll(/(\d\d,\d00)$/gm, '$1\t+5.0%');
      const { body } = await record({ text });
      expect([body.events.length, body.known]).toEqual([3, 3]);
      expect((await record({ text })).body).toMatchObject({ known: 6, events: [] });
    });

    it.each([{ differing: 'mend' }, { differing: { a1: 'correct' } }, { differing: { '2:2': 'mend' } }])(
      'says what %j has to be instead',
      async (over) => {
        const { status, body } = await record(over);
        expect([status, body.errors[0].field]).toEqual([400, 'differing']);
      },
    );

    it('is recorded once where two people paste it at the same time', async () => {
      const april = {
        month: '2026-04',
        text: TABLE.replaceAll('March', 'April').replaceAll('20,100', '20,101'),
      };
      const both = await Promise.all(
        Array.from({ length: 4 }, () => record({ ...april, differing: 'leave', confirmSums: true })),
      );
      expect(both.map(({ status }) => status).sort()).toEqual([200, 200, 200, 201]);
    });
  });

  it('remembers what labels of an automaker mean', async () => {
    const text = 'Marke\tMärz\nGes.\t100';
    const labels = { März: { period: '2026-03' }, 'Ges.': { isTotal: true } };
    expect((await paste({ text, labels, record: true })).status).toBe(201);
    const again = await paste({ text: text.replace('100', '120') });
    expect(again.body.figures).toEqual([expect.objectContaining({ value: 120, period: '2026-03' })]);
    expect(again.body.figures[0].entity).toBeUndefined();
  });

  it.each([
    [{ month: 'March' }, 'month'],
    [{ text: '' }, 'text'],
    [{ measure: 'overseas-markets' }, 'measure'],
    [{ source: undefined }, 'source'],
    [{ source: { ...SOURCE, url: 'nowhere' } }, 'source.url'],
    [{ labels: { total: { measure: 'cars' } } }, 'labels.total'],
    [{ text: 'nothing here', record: true }, 'text'],
  ])('says what is wrong with %j', async (over, field) => {
    const { status, body } = await paste(over);
    expect([status, body.errors?.[0]?.field]).toEqual([400, field]);
  });

  it('is for analysts alone', async () => {
    const answer = await server.post(
      '/api/automakers/xpeng/releases',
      {},
      { Authorization: `Bearer ${server.keys.reader}` },
    );
    expect(answer.status).toBe(403);
  });
});
