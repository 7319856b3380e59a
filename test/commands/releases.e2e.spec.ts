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
  const paste = (over: object = {}) =>
    server.post('/api/automakers/xpeng/releases', {
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
