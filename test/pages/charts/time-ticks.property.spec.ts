import fc from 'fast-check';
import { dayAt, dayNumber } from '../../../src/domain/ledger/edtf.js';
import { monthTicks, yearTicks } from '../../../src/pages/charts/time-ticks.js';

const day = fc.integer({ min: dayNumber('0001-01-01'), max: dayNumber('9999-12-31') }).map(dayAt);
const most = fc.integer({ min: 2, max: 12 });

describe('the time axis of a chart, whatever days it spans', () => {
  it.each([
    ['years', yearTicks],
    ['months', monthTicks],
  ])('has at most so many %s, in order, within the days, and evenly apart', (_, ticksOf) => {
    fc.assert(
      fc.property(day, day, most, (one, other, limit) => {
        const [first, last] = one < other ? [one, other] : [other, one];
        const ticks = ticksOf(first, last, limit);
        expect(ticks.length).toBeLessThanOrEqual(limit);
        const numbers = ticks.map((tick) => dayNumber(tick.day));
        expect(numbers.every((n) => n >= dayNumber(first) && n <= dayNumber(last))).toBe(true);
        const gaps = numbers.slice(1).map((n, index) => n - (numbers[index] ?? n));
        // Months and leap years differ in length by some days.
        expect(gaps.every((gap) => gap >= 28 && gap >= 0.9 * Math.max(...gaps))).toBe(true);
        expect(ticks.every(({ label }) => /^\d{1,4}$|^\d{4}-\d\d$/.test(label))).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });

  it('names years of few digits as years', () => {
    expect(yearTicks('0205-01-01', '2026-12-31', 9).map(({ label }) => label)).toEqual([
      '500',
      '1000',
      '1500',
      '2000',
    ]);
  });
  it('steps as people count', () => {
    expect(yearTicks('2026-01-01', '9999-12-31', 9).map(({ label }) => label)).toEqual(
      ['3000', '4000', '5000', '6000', '7000', '8000', '9000'].slice(0),
    );
    expect(monthTicks('2026-01-15', '2026-06-30', 9).map(({ label }) => label)).toEqual([
      '2026-02',
      '2026-03',
      '2026-04',
      '2026-05',
      '2026-06',
    ]);
  });
});
