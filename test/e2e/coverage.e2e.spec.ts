import { DescribedAnswers } from '../api/described-answers.js';
import type { TestServer } from './server.js';
import { startShipped } from '../pages/shipped-server.js';

const SOURCE = [{ url: 'https://example.com/found', publisher: 'Example', grade: 'confirmed' }];

interface Span {
  readonly first: string;
  readonly last: string;
}

describe('the coverage of the shipped ledger', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await startShipped();
  }, 120_000);
  afterAll(() => server.stop());

  it('answers as the documentation says, on any clock', async () => {
    const described = await DescribedAnswers.of(server);
    for (const clocks of ['', '&trueOn=2025-06-30', '&knownOn=2020-01-01']) {
      const { body } = await server.get(`/api/coverage?months=12${clocks}`);
      expect(described.faultsIn('/api/coverage', body)).toEqual([]);
      for (const { rows } of body.automakers)
        for (const { months } of rows) expect(months).toHaveLength(body.months.length);
      expect(
        described.faultsIn(
          '/api/coverage/worklist',
          (await server.get(`/api/coverage/worklist?${clocks}`)).body,
        ),
      ).toEqual([]);
    }
  }, 60_000);

  it('narrows the intervals that the first suggestion names, once that is logged', async () => {
    const { missing } = (await server.get('/api/coverage/worklist?limit=1')).body;
    const [{ automaker, measure, perimeter, first, last, narrows }] = missing;
    const { lo, hi } = missing[0] as { lo: number; hi?: number };
    const widthOf = async (span: Span): Promise<number> => {
      const { market, entity, basis } = perimeter;
      const query = new URLSearchParams({ measure, from: span.first, to: span.last });
      if (market) query.set('market', market);
      if (entity) query.set('entity', entity);
      const { bounds } = (await server.get(`/api/automakers/${automaker}/figures?${query.toString()}`)).body;
      const ours = bounds.find(
        (each: { perimeter: { basis?: string; vehicles?: string; countedBy?: string } }) =>
          each.perimeter.basis === basis &&
          each.perimeter.vehicles === perimeter.vehicles &&
          each.perimeter.countedBy === perimeter.countedBy,
      );
      return (ours.hi ?? Infinity) - ours.lo;
    };
    const before = await Promise.all((narrows as Span[]).map(widthOf));
    const { status, body } = await server.post(`/api/automakers/${automaker}/events`, {
      type: 'FigureReported',
      occurredOn: '2026-11-20',
      data: {
        measure,
        ...perimeter,
        value: hi === undefined ? lo + 10 : Math.floor((lo + hi) / 2),
        period: `${first}/${last}`,
      },
      evidence: SOURCE,
    });
    expect([status, body]).toEqual([201, body]);
    const [, position = '0'] = /"position":(\d+)/.exec(JSON.stringify(body)) ?? [];
    expect(Number(position)).toBeGreaterThan(0);
    await server.get(`/api/automakers?minPosition=${position}`);
    const after = await Promise.all((narrows as Span[]).map(widthOf));
    expect(narrows.length).toBeGreaterThan(0);
    expect(after.map((width, index) => width < (before[index] ?? 0))).toEqual(after.map(() => true));
  }, 60_000);

  it.each([
    ['months=0', 'months'],
    ['months=121', 'months'],
    ['automakers=A%20B', 'automakers'],
    ['measure=cars', 'measure'],
  ])('says what is wrong with %s', async (query, field) => {
    const { status, body } = await server.get(`/api/coverage?${query}`);
    expect([status, body.errors[0].field]).toEqual([400, field]);
  });
});
