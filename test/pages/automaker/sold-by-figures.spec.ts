import { soldByFigures } from '../../../src/pages/automaker/sold-by-figures.js';
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
