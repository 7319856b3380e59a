import { comparablePoints } from '../../../src/domain/forecast/comparable-points.js';
import { automakerWith, figure } from '../goals/goal.js';

const share = (value: number, period: string, over: object = {}) =>
  figure({ measure: 'overseas-sales-share', value, period, ...over });

describe('the points that a forecast is made from', () => {
  it('are known from both sides: "more than half" and "less than a fifth" are no points', () => {
    const automaker = automakerWith(
      share(12, '2022'),
      share(50, '2023', { qualifier: 'more-than' }),
      share(20, '2024', { qualifier: 'less-than' }),
      share(15, '2025'),
    );
    const { points, leftOut } = comparablePoints(automaker, 'overseas-sales-share', {}, '2026-11-29');
    expect(points.map(({ day, value }) => [day, value])).toEqual([
      ['2022-12-31', 12],
      ['2025-12-31', 15],
    ]);
    expect(leftOut).toBe(2);
  });
});
