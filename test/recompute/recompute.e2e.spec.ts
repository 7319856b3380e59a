import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startServer, type TestServer } from '../e2e/server.js';
import { recomputed, type Check, type ProgressJson } from './progress.js';
import { recomputedReading, type ReadingJson } from './readings.js';

const SHIPPED = join('data', 'ledger');
const OFF = 1e-9;

const agrees = ({ told, recomputed: again }: Check): boolean =>
  typeof told === 'number' && typeof again === 'number'
    ? Math.abs(told - again) <= OFF * Math.max(1, Math.abs(told))
    : told === again;

/** A program that shares no code with the tracker works the numbers out from what is returned with them. */
describe('every number of the shipped ledger', () => {
  let server: TestServer;
  let automakers: string[];
  beforeAll(async () => {
    server = await startServer();
    const lines = readdirSync(SHIPPED)
      .map((file) => readFileSync(join(SHIPPED, file), 'utf8'))
      .join('');
    await server.post('/api/imports', lines, { 'Content-Type': 'application/x-ndjson' });
    const { body } = await server.get(`/api/automakers?minPosition=${lines.trim().split('\n').length}`);
    automakers = body.automakers.map(({ id }: { id: string }) => id);
  });
  afterAll(() => server.stop());

  it.each(['', '?trueOn=2024-12-31', '?rule=most-conservative', '?rule=latest-first'])(
    'of progress%s follows from its proof',
    async (clocks) => {
      const checks: Check[] = [];
      for (const automaker of automakers) {
        const { body } = await server.get(`/api/automakers/${automaker}/targets${clocks}`);
        // Before its first event an automaker is not found.
        for (const target of (body.targets ?? []) as ProgressJson[]) checks.push(...recomputed(target));
      }
      expect(checks.length).toBeGreaterThan(100);
      expect(checks.filter((check) => !agrees(check))).toEqual([]);
    },
  );

  it.each(['', '?trueOn=2024-12-31'])('of the readings%s follows from their inputs', async (clocks) => {
    const checks: Check[] = [];
    for (const automaker of automakers) {
      const { body } = await server.get(`/api/automakers/${automaker}/readings${clocks}`);
      for (const reading of (body.readings ?? []) as ReadingJson[])
        checks.push(...recomputedReading(reading));
    }
    expect(checks.length).toBeGreaterThan(100);
    expect(checks.filter((check) => !agrees(check))).toEqual([]);
  });

  it('is checked by a program that finds a number that is off by one in a thousand', async () => {
    const { body } = await server.get('/api/automakers/xpeng/targets/half-overseas');
    const wrong = { ...body, value: { ...body.value, lo: body.value.lo * 1.001 } } as ProgressJson;
    expect(recomputed(wrong).filter((check) => !agrees(check)).length).toBeGreaterThan(0);
  });
});
