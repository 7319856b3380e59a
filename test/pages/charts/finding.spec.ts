import { findingOf } from '../../../src/pages/charts/finding.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { asked, figure, goal, units } from '../../domain/goals/goal.js';

const TODAY = '2026-11-29';
const of2026 = goal({ kind: 'amount', period: '2026' });
const say = (events: readonly Proposal[]): string =>
  findingOf('XPeng', asked(TODAY, events)).replaceAll('\u00a0', ' ');

describe('what a chart of a goal shows, as a headline', () => {
  it('sells an amount, had a level, and never was at one', () => {
    expect(say([of2026, units(60_001, '2026-01/2026-09')])).toBe(
      'XPeng sold 60,001 vehicles abroad from 1 Jan 2026 to 30 Sept 2026 and has to speed up for its goal of 90,000 vehicles by 2026',
    );
    expect(say([of2026, units(6006, '2026-01/2026-04', { qualifier: 'more-than' })])).toMatch(
      /^XPeng sold at least 6,007 vehicles abroad from .*; how fast it nears its goal of 90,000 vehicles by 2026 is not known$/,
    );
    const stores = goal({ measure: 'overseas-stores', threshold: 300, unit: 'stores', deadline: '2027' });
    expect(say([stores, figure({ measure: 'overseas-stores', value: 330, asOf: '2026-06-01' })])).toBe(
      'XPeng reached its goal of 300 stores by 2027: it had 330 stores abroad on 1 Jun 2026',
    );
  });

  it('tells a rating of a goal whose deadline is over as one of then', () => {
    const of2025 = goal({ kind: 'amount', period: '2025', deadline: '2025-12-31' }, '2025-01-10');
    expect(say([of2025, units(60_001, '2025-01/2025-09')])).toBe(
      'XPeng sold 60,001 vehicles abroad from 1 Jan 2025 to 30 Sept 2025, then too slow for its goal of 90,000 vehicles by 31 Dec 2025; how that ended is not known',
    );
    expect(say([of2025, units(75_001, '2025-01/2025-09')])).toMatch(
      /, then on track for its goal of .*; how that ended is not known$/,
    );
  });

  it('tells the date of a level as its source does', () => {
    const stores = goal({ measure: 'overseas-stores', threshold: 300, unit: 'stores', deadline: '2030' });
    expect(say([stores, figure({ measure: 'overseas-stores', value: 30, asOf: '2026-06' })])).toContain(
      'had 30 stores abroad in Jun 2026;',
    );
  });

  it('says of a deadline within several years between which it lies', () => {
    const half = { measure: 'overseas-sales-share', threshold: 50, unit: 'percent', deadline: '2029/2036' };
    const asks = [goal(half)];
    expect(say(asks)).toContain('its goal of 50 % between 2029 and 2036');
    expect(asked(TODAY, asks).summary).toBe('No figure bears on the goal of 50 % between 2029 and 2036.');
  });

  it('is of the brand where the goal is', () => {
    const ofBrand = goal({
      entity: 'brand-mg',
      measure: 'market-units',
      market: 'EUROPE',
      kind: 'amount',
      period: '2026',
    });
    const sold = figure({
      entity: 'brand-mg',
      measure: 'market-units',
      market: 'EUROPE',
      value: 300_000,
      qualifier: 'more-than',
      period: '2026-01/2026-09',
    });
    expect(say([ofBrand, sold])).toMatch(
      /^MG reached its goal of 90,000 vehicles by 2026: it sold more than 300,000 vehicles in Europe from /,
    );
  });
});
