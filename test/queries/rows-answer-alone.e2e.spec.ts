import { jest } from '@jest/globals';
import { startServer, type TestServer } from '../e2e/server.js';
import { KurrentDouble } from '../event-store/kurrentdb-double/double.js';

jest.setTimeout(120_000);

const MARKETS = [
  'NO',
  'SE',
  'DK',
  'FI',
  'DE',
  'NL',
  'BE',
  'FR',
  'ES',
  'PT',
  'IT',
  'AT',
  'CH',
  'PL',
  'CZ',
  'HU',
];
const AUTOMAKERS = ['one', 'two', 'three', 'four'];
const evidence = [{ url: 'https://example.com/a', publisher: 'Example', grade: 'reported' }];

describe('The rows of the read model answer alone', () => {
  let double: KurrentDouble;
  let server: TestServer;
  const ids: string[] = [];

  beforeAll(async () => {
    double = await KurrentDouble.start();
    server = await startServer({ KURRENTDB_URL: double.url });
    for (const automaker of AUTOMAKERS) {
      const { status, body } = await server.post(`/api/automakers/${automaker}/events`, [
        {
          type: 'AutomakerRegistered',
          occurredOn: '2003',
          data: { name: `Maker ${automaker}`, homeMarket: 'CN' },
        },
        ...MARKETS.map((market) => ({
          type: 'MarketEntered',
          occurredOn: '2021-05',
          data: { market },
          evidence,
        })),
      ]);
      expect(status).toBe(201);
      ids.push(...(body.events as { id: string }[]).map(({ id }) => id));
    }
  });
  afterAll(async () => {
    await server.stop();
    await double.stop();
  });

  const reads = (): number => double.calls.filter(({ kind }) => kind === 'read').length;

  it('fifty rows of the timeline cost no read of the ledger, corrections among them', async () => {
    const correction = await server.post('/api/automakers/one/events', {
      type: 'EventCorrected',
      data: { event: ids[1], data: { market: 'NO' }, occurredOn: '2021-06', reason: 'the month was wrong' },
    });
    expect(correction.body).toHaveProperty('position');
    const position = String(correction.body.position);
    await server.get(`/api/events?limit=1&minPosition=${position}`);
    // Waits until the log, which follows the ledger by itself, has reached the end.
    await server.get('/api/ledger/checkpoint');
    const before = reads();

    const { status, body } = await server.get('/api/events?limit=50');

    expect(status).toBe(200);
    const events = body.events as { id: string; sentence: string; data: object; occurredOn: string }[];
    expect(events).toHaveLength(50);
    expect(events.every(({ sentence, data }) => sentence !== '' && Object.keys(data).length > 0)).toBe(true);
    expect(reads() - before).toBe(0);
  });

  it('a row says what was recorded, as it was recorded, beside what it says now', async () => {
    const { body } = await server.get(`/api/events/${ids[1]}`);

    expect(body).toMatchObject({
      occurredOn: '2021-06',
      recorded: { id: ids[1], occurredOn: '2021-05' },
      standing: 'corrected',
    });
  });
});
