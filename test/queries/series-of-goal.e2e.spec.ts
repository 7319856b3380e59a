import { REGISTERED, SOURCE, startServer, type TestServer } from '../e2e/server.js';

const sold = (period: string, value: number, vehicles?: string) => ({
  type: 'FigureReported',
  occurredOn: `${Number(period) + 1}-01`,
  data: { measure: 'market-units', market: 'IN', value, period, ...(vehicles && { vehicles }) },
  evidence: SOURCE,
});

describe('the series of a goal', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const goal = {
      type: 'TargetSet',
      occurredOn: '2022-05',
      data: {
        target: 'electric-india',
        measure: 'market-units',
        market: 'IN',
        vehicles: 'new-energy',
        threshold: 50_000,
        unit: 'units',
        deadline: '2030',
        kind: 'rate',
        wording: 'fifty thousand electric cars a year in India',
      },
      evidence: SOURCE,
    };
    const events = [REGISTERED, goal, sold('2023', 56_000), sold('2023', 9_000, 'new-energy')];
    const { status } = await server.post('/api/automakers/acme/events', events);
    expect(status).toBe(201);
    await server.get('/api/views?minPosition=4');
  });
  afterAll(() => server.stop());

  it('has only what counts the vehicles that the goal counts', async () => {
    const { body } = await server.get('/api/automakers/acme/targets/electric-india/series');
    expect(body.points).toMatchObject([
      { value: 9_000, perimeter: { market: 'IN', vehicles: 'new-energy' } },
    ]);
  });

  it('and the vehicles stand in its row of the goal book', async () => {
    const { text } = await server.get('/goals?csv=goals');
    const [head = '', row = ''] = text.split('\r\n');
    const column = head.split(',').indexOf('Vehicles');
    expect(row.split(',')[column]).toBe('new-energy');
  });
});
