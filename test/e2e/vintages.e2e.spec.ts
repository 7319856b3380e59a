import { parse } from 'csv-parse/sync';
import { startShipped } from '../pages/shipped-server.js';
import type { TestServer } from './server.js';

interface Period {
  readonly first: string;
  readonly last: string;
  readonly tellings: readonly { readonly publicOn: string; readonly value?: number }[];
}
interface Point {
  readonly first: string;
  readonly last: string;
  readonly value: number;
}

const SERIES: readonly (readonly [automaker: string, measure: string])[] = [
  ['xpeng', 'overseas-sales-share'],
  ['xpeng', 'total-units'],
  ['geely', 'overseas-units'],
];

/** XPeng's share of 2024 as known on three different days. */
describe('given the shipped ledger', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startShipped();
  }, 60_000);
  afterAll(() => server.stop());

  const vintagesOf = async (automaker: string, measure: string, more = '') =>
    (await server.get(`/api/automakers/${automaker}/vintages?measure=${measure}${more}`)).body as {
      days: string[];
      periods: Period[];
    };

  const toldBy = ({ tellings }: Period, day: string) =>
    tellings.findLast(({ publicOn }) => publicOn <= day)?.value;

  it.each(SERIES)(
    'when a vintage of %s (%s) is taken, then it is the series as public then',
    async (automaker, measure) => {
      const { days, periods } = await vintagesOf(automaker, measure);
      expect(days.length).toBeGreaterThan(5);
      for (const day of [...days.slice(0, 3), ...days.slice(-3)]) {
        const path = `/api/automakers/${automaker}/series?measure=${measure}&publicOn=${day}`;
        const { points } = (await server.get(path)).body as { points: Point[] };
        const column = periods.flatMap((period) => {
          const value = toldBy(period, day);
          return value === undefined ? [] : [[period.first, period.last, value]];
        });
        expect(column).toEqual(points.map(({ first, last, value }) => [first, last, value]));
      }
    },
  );

  it('when a period was put otherwise, then it is told as it was first told and since, each with its day', async () => {
    const { periods } = await vintagesOf('xpeng', 'overseas-sales-share');
    const year = periods.find(({ first, last }) => first === '2024-01-01' && last === '2024-12-31');
    expect(year?.tellings.length).toBeGreaterThan(1);
    expect(year && toldBy(year, '2024-12-31')).toBeUndefined();
  });

  it('when asked on a public day, then nothing later is told', async () => {
    const { days } = await vintagesOf('xpeng', 'overseas-sales-share');
    const then = await vintagesOf('xpeng', 'overseas-sales-share', '&publicOn=2025-03-01');
    expect(then.days).toEqual(days.filter((day) => day <= '2025-03-01'));
  });

  it('when the file of all vintages is taken, then it has a line a period and a column a public day', async () => {
    const { days, periods } = await vintagesOf('geely', 'overseas-units');
    const path = '/automakers/geely/vintages?measure=overseas-units&csv=vintages';
    const [head, ...rows] = parse((await server.get(path)).text);
    expect(head).toEqual(['From', 'To', ...days]);
    expect(rows).toEqual(
      periods.map((period) => [
        period.first,
        period.last,
        ...days.map((day) => String(toldBy(period, day) ?? '')),
      ]),
    );
  });

  it('when an automaker is looked at, then its page leads to how its figures were first told', async () => {
    expect((await server.get('/automakers/xpeng')).text).toContain('href="/automakers/xpeng/vintages"');
    const { status, text } = await server.get('/automakers/xpeng/vintages?measure=overseas-sales-share');
    expect(status).toBe(200);
    expect(text).toContain('Put otherwise');
  });

  it('when an automaker has no figures, then its page says so', async () => {
    const { status, text } = await server.get('/automakers/xpeng/vintages?measure=local-production-units');
    expect(status).toBe(200);
    expect(text).toContain('No dated figure gives a period of this series.');
  });
});
