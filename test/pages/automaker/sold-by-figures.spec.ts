import { soldByFigures } from '../../../src/pages/automaker/sold-by-figures.js';
import { reportedMarkets } from '../../../src/pages/automaker/reported-markets.js';
import { proposal } from '../../domain/given-when-then.js';
import { automakerWith, figure } from '../../domain/goals/goal.js';

const sold = (market: string, period: string, grade?: 'rumoured') =>
  figure({ measure: 'market-units', market, value: 100, period }, grade);

describe('markets in which cars are sold by figures alone', () => {
  const { figures, markets } = automakerWith(
    proposal('MarketEntered', '2021-05', { market: 'NO' }),
    proposal('MarketEntered', '2021-05', { market: 'SE' }),
    proposal('MarketExited', '2024-05', { market: 'SE', reason: 'weak demand' }),
    ...['NO', 'SE', 'AU', 'CN', 'EUROPE'].map((market) => sold(market, '2024')),
    sold('AU', '2025'),
    sold('BR', '2025', 'rumoured'),
  );

  it('are the countries abroad without an entry that holds, each with its newest figure', () => {
    expect(soldByFigures(figures, markets, 'CN').map(({ market, last }) => [market, last])).toEqual([
      ['AU', '2025-12-31'],
      ['SE', '2024-12-31'],
    ]);
  });
});

describe('how many markets sources report', () => {
  const count = (value: number, asOf: string, over: object = {}, grade?: 'rumoured') =>
    figure({ measure: 'overseas-markets', value, asOf, ...over }, grade);

  it('is by the newest figure of all of them that is no rumour', () => {
    const { figures } = automakerWith(
      count(30, '2024-12-31'),
      count(60, '2025-11', { qualifier: 'more-than' }),
      count(34, '2026-01', { market: 'EUROPE' }),
      count(12, '2026-01', { entity: 'brand-firefly' }),
      count(70, '2026-02', {}, 'rumoured'),
    );
    const reported = reportedMarkets(figures);
    expect(reported).toMatchObject({ value: 60, qualifier: 'more-than', asOf: '2025-11' });
    const [, index = '', report = ''] =
      /^\/figures\/(\d+)\/reports\/(\d+)\/value$/.exec(reported?.at ?? '') ?? [];
    expect(figures[Number(index)]?.reports[Number(report)]?.value).toBe(60);
    expect(reportedMarkets([])).toBeUndefined();
  });
});
