import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type TestServer } from './server.js';

const SHIPPED = join('data', 'ledger');

describe('the expansion of the shipped automakers', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startServer();
    const lines = readdirSync(SHIPPED)
      .map((file) => readFileSync(join(SHIPPED, file), 'utf8'))
      .join('');
    await server.post('/api/imports', lines, { 'Content-Type': 'application/x-ndjson' });
    const events = lines.trim().split('\n').length;
    expect((await server.get(`/api/automakers?minPosition=${events}`)).status).toBe(200);
  });
  afterAll(() => server.stop());

  it('is read in six ways, of which every input names its events', async () => {
    const { body } = await server.get('/api/automakers/xpeng/readings');
    expect(body.readings.map(({ reading }: { reading: string }) => reading)).toEqual([
      'asset-light',
      'partner-dependence',
      'market-concentration',
      'localisation-depth',
      'exposure',
      'speed',
    ]);
    for (const { inputs } of body.readings)
      for (const { group, rate, events } of inputs)
        if (group !== 'market' || rate === undefined) expect(events).not.toEqual([]);
  });

  it('is read over the years, and as of a day in the past', async () => {
    const now = (await server.get('/api/automakers/geely/readings/localisation-depth')).body;
    expect(now.overTime.length).toBeGreaterThan(3);
    const then = (await server.get('/api/automakers/geely/readings/localisation-depth?trueOn=2024-12-31'))
      .body;
    const inYear = now.overTime.find(({ on }: { on: string }) => on === '2024-12-31');
    expect(then.numbers).toEqual(inYear.numbers);
  });

  it('is compared side by side in one reading', async () => {
    const { body } = await server.get('/api/compare?automakers=xpeng,geely&reading=asset-light');
    expect(body.automakers.map(({ automaker }: { automaker: string }) => automaker)).toEqual([
      'xpeng',
      'geely',
    ]);
    const both = await server.get('/api/compare?reading=speed&measure=overseas-units');
    expect(both.status).toBe(400);
  });

  it('answers the theses by their stated rule', async () => {
    const { body } = await server.get('/api/theses');
    expect(body.theses).toHaveLength(10);
    for (const { cases, supporting } of body.theses) {
      const found = cases.filter(({ finding }: { finding: string }) => finding === 'supports');
      expect(found).toHaveLength(supporting);
    }
    const [one] = (await server.get('/api/theses/less-capital')).body.theses;
    expect(one).toEqual(body.theses.find(({ id }: { id: string }) => id === 'less-capital'));
  });

  it('tells which readings and theses there are', async () => {
    for (const path of ['/api/automakers/xpeng/readings/luck', '/api/theses/luck']) {
      const { status, body } = await server.get(path);
      expect(status).toBe(404);
      expect(body.detail).toMatch(/luck.*There are/);
    }
  });
});
