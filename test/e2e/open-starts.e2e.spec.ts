import { answerTo, REGISTERED, startServer, type TestServer } from './server.js';

const source = (publishedOn: string) => [
  { url: `https://example.com/${publishedOn}`, publisher: 'Example', grade: 'reported', publishedOn },
];
const inNorway = {
  type: 'MarketEntered',
  occurredOn: 'by March 2023',
  data: { market: 'NO' },
  evidence: source('2024-05-14'),
};
const STREAM = { stream: 'automaker-xpeng' };

describe('an entry whose start nobody dates', () => {
  let server: TestServer;
  let recorded: string;
  beforeAll(async () => {
    server = await startServer();
    const { status, body } = await server.post('/api/automakers/xpeng/events', [REGISTERED, inNorway]);
    if (status !== 201) throw new Error(JSON.stringify(body));
    expect(body.events[1].occurredOn).toBe('../2023-03');
    recorded = body.events[1].id;
  });
  afterAll(() => server.stop());

  const markets = async (clock: string): Promise<string[]> => {
    const { body } = await server.get(`/api/automakers/xpeng/markets?minPosition=2&${clock}`);
    return body.markets.map(({ market }: { market: string }) => market);
  };

  it.each([
    ['trueOn=2023-03-30', []],
    ['trueOn=2023-03-31', ['NO']],
    ['publicOn=2024-05-13', []],
    ['publicOn=2024-05-14', ['NO']],
    ['publicOn=2024-05-14&trueOn=2023-03-30', []],
  ])('is there by its last day on each clock: %s', async (clock, expected) => {
    expect(await markets(clock)).toEqual(expected);
  });

  it('is told as that, on pages too', async () => {
    const { body } = await server.get('/api/events?automaker=xpeng&minPosition=2');
    expect(body.events).toContainEqual(
      expect.objectContaining({ id: recorded, occurredOn: '../2023-03', day: '2023-03-31' }),
    );
    const pages = [`/events/${recorded}`, '/automakers/xpeng', '/markets/NO', '/timeline'];
    for (const path of pages) {
      const { status, text } = await server.get(`${path}?minPosition=2`);
      expect([path, status, text.includes('../2023')]).toEqual([path, 200, false]);
      expect([path, /(?:by Mar 2023|Mar 2023 or earlier)/i.test(text)]).toEqual([path, true]);
    }
  });

  it.each([
    ['jsonl', 'application/x-ndjson'],
    ['cloudevents', 'application/cloudevents+x-ndjson'],
    ['csv', 'text/csv'],
  ])('comes back from its %s export, to the last byte', async (format, type) => {
    const exported = await server.get(`/api/export?format=${format}`);
    const other = await startServer();
    const send = (query: string, body: string) =>
      answerTo(
        fetch(`${other.url}/api/imports${query}`, {
          method: 'POST',
          headers: { 'Content-Type': type, Authorization: `Bearer ${other.keys.admin}` },
          body,
        }),
      );
    expect((await send('?restore=true', exported.text)).body).toMatchObject({ recorded: 2, refused: 0 });
    expect((await other.get(`/api/export?format=${format}`)).text).toBe(exported.text);
    await other.stop();
  });

  it('is imported from lines and tables, and corrected to the day that is found later', async () => {
    const other = await startServer();
    const send = (body: string, type: string) => other.post('/api/imports', body, { 'Content-Type': type });
    const lines = [REGISTERED, inNorway].map((event) => JSON.stringify({ ...STREAM, ...event }));
    expect((await send(lines.join('\n'), 'application/x-ndjson')).body).toMatchObject({ recorded: 2 });
    const table = [
      'stream,type,occurredOn,data.market,evidence.url,evidence.publisher,evidence.grade',
      'automaker-xpeng,MarketEntered,../2022,SE,https://example.com/se,Example,reported',
      'automaker-xpeng,MarketEntered,by 14.09.2022,DK,https://example.com/dk,Example,reported',
    ];
    expect((await send(table.join('\n'), 'text/csv')).body).toMatchObject({ recorded: 2, refused: 0 });
    const { body } = await other.get('/api/events?automaker=xpeng&type=MarketEntered&minPosition=4');
    const told = body.events as { id: string; occurredOn: string }[];
    expect(told.map(({ occurredOn }) => occurredOn).sort()).toEqual([
      '../2022',
      '../2022-09-14',
      '../2023-03',
    ]);
    const event = told.find(({ occurredOn }) => occurredOn === '../2022')?.id;
    const correction = { event, occurredOn: '2021-06', data: { market: 'SE' }, reason: 'dated' };
    const act = { type: 'EventCorrected', data: correction };
    expect((await other.post('/api/automakers/xpeng/events', act)).status).toBe(201);
    await other.stop();
  });
});
