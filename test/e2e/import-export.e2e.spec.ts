import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { answerTo, REGISTERED, startServer, type TestServer } from './server.js';

const ledger = fileURLToPath(new URL('../../data/ledger/', import.meta.url));
const shipped = readdirSync(ledger)
  .map((file) => readFileSync(ledger + file, 'utf8'))
  .join('');
const lines = shipped.trim().split('\n').length;

describe('import and export', () => {
  let server: TestServer;
  beforeEach(async () => {
    server = await startServer();
  });
  afterEach(() => server.stop());

  const send = (body: string, type = 'application/x-ndjson', query = '', key = server.keys.analyst) =>
    answerTo(
      fetch(`${server.url}/api/imports${query}`, {
        method: 'POST',
        headers: { 'Content-Type': type, Authorization: `Bearer ${key}` },
        body,
      }),
    );

  it('records the shipped ledger once, however often it is imported', async () => {
    expect((await send(shipped)).body).toMatchObject({ lines, recorded: lines, refused: 0 });
    expect((await send(shipped)).body).toMatchObject({
      lines,
      recorded: 0,
      alreadyRecorded: lines,
      refused: 0,
    });
  });

  it.each([
    ['jsonl', 'application/x-ndjson'],
    ['cloudevents', 'application/cloudevents+x-ndjson'],
    ['csv', 'text/csv'],
  ])('gives the same ledger again from its %s export, to the last byte', async (format, type) => {
    await send(shipped);
    const event = {
      type: 'EventRetracted',
      data: { event: JSON.parse(shipped.split('\n')[5] ?? '{}').id, reason: 'a, "b"\nc' },
    };
    const stream = JSON.parse(shipped.split('\n')[5] ?? '{}').stream.replace('automaker-', '');
    await server.post(`/api/automakers/${stream}/events`, event);
    const exported = await server.get(`/api/export?format=${format}`);
    const other = await startServer();
    const restored = await answerTo(
      fetch(`${other.url}/api/imports?restore=true`, {
        method: 'POST',
        headers: { 'Content-Type': type, Authorization: `Bearer ${other.keys.admin}` },
        body: exported.text,
      }),
    );
    expect(restored.body).toMatchObject({ refused: 0 });
    expect((await other.get('/api/export?format=jsonl')).text).toBe(
      (await server.get('/api/export?format=jsonl')).text,
    );
    expect((await other.get(`/api/export?format=${format}`)).text).toBe(exported.text);
    const root = async (of: TestServer) =>
      (await of.get('/api/ledger/checkpoint')).body.note.split('\n').slice(0, 3);
    expect(await root(other)).toEqual(await root(server));
    await other.stop();
  });

  it('keeps authors only for an admin', async () => {
    expect((await send(shipped, 'application/x-ndjson', '?restore=true')).status).toBe(403);
  });

  it('reports refused lines with their number and reason, and takes them again when they are mended', async () => {
    const line = (event: object) => JSON.stringify({ stream: 'automaker-xpeng', ...event });
    const good = line(REGISTERED);
    const bad = line({
      type: 'MarketEntered',
      occurredOn: '2021',
      data: { market: 'no' },
      evidence: [{ url: 'https://example.com/source', publisher: 'x', grade: 'reported' }],
    });
    const { body } = await send(`${good}\n\nnot json\n${bad}\n`);
    expect(body).toMatchObject({
      lines: 3,
      recorded: 1,
      refused: 2,
      refusals: [{ line: 3 }, { line: 4, reason: expect.stringContaining('data.market') }],
    });
    const refused = await server.get(body.refusedLines, server.keys.analyst);
    expect(refused.text).toBe(`not json\n${bad}\n`);
    const mended = await send(refused.text.replace('not json\n', '').replace('"no"', '"NO"'));
    expect(mended.body).toMatchObject({ recorded: 1, refused: 0 });
  });

  it('reads a table that a person wrote', async () => {
    const csv =
      'stream,type,occurredOn,data.name,data.homeMarket,data.market,data.models,evidence.url,evidence.publisher,evidence.grade\nautomaker-byd,AutomakerRegistered,2003,BYD,CN,,,,,\nautomaker-byd,MarketEntered,2021-05,,,NO,"[""Tang"",""Han""]",https://example.com/byd,Example,reported\n';
    expect((await send(csv, 'text/csv')).body).toMatchObject({ lines: 2, recorded: 2, refused: 0 });
    expect((await server.get('/api/automakers/byd/markets?minPosition=2')).body.markets).toMatchObject([
      { market: 'NO', stays: [{ models: ['Tang', 'Han'] }] },
    ]);
  });

  it('goes on where an interrupted import stopped', async () => {
    const half = shipped.slice(0, shipped.length / 2);
    const abort = new AbortController();
    async function* slowly() {
      yield Buffer.from(half);
      await new Promise((resolve) => setTimeout(resolve, 300));
      abort.abort();
      yield Buffer.from('');
    }
    await expect(
      fetch(`${server.url}/api/imports`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/x-ndjson', Authorization: `Bearer ${server.keys.analyst}` },
        body: slowly(),
        duplex: 'half',
        signal: abort.signal,
      } as unknown as RequestInit),
    ).rejects.toThrow();
    const { body } = await send(shipped);
    expect(Number(body.recorded) + Number(body.alreadyRecorded)).toBe(lines);
    expect(body.refused).toBe(0);
  });
});

describe('an export as a table', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    await server.post('/api/automakers/xpeng/events', [{ ...REGISTERED, note: '=1+1' }]);
  });
  afterAll(() => server.stop());

  it('for people has no formulas, and proves nothing', async () => {
    const { status, headers, text } = await server.get('/api/export?format=spreadsheet');
    expect([status, headers.get('content-type')]).toEqual([200, 'text/csv; charset=utf-8']);
    expect(text).toContain(",'=1+1,");
    expect([headers.get('ledger-checkpoint'), headers.get('ledger-note')]).toEqual([null, null]);
    expect(headers.get('content-disposition')).toContain('ledger-for-spreadsheets.csv');
  });

  it('that is exact says that it is, and that spreadsheets run what is in it', async () => {
    const { headers, text } = await server.get('/api/export?format=csv');
    expect(text).toContain(',=1+1,');
    expect(headers.get('ledger-note')).toMatch(/exact.*formula/);
    expect(headers.get('ledger-checkpoint')).not.toBeNull();
  });
});
