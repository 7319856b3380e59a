import fc from 'fast-check';
import { missingFiguresOf } from '../../../src/domain/goals/missing-figures.js';
import { monthsUntil } from '../../../src/domain/measures/coverage.js';
import { coverageOf } from './coverage-of.js';
import { flowModelOf } from '../../../src/domain/measures/flow-readings.js';
import { RUNS } from '../random-history.js';
import { automakerWith, units } from '../goals/goal.js';

const ON = '2025-07-15';
const MONTHS = monthsUntil(ON, 12);
const MOST = 2000;

/** The units sold in each month, and the stretches that were reported, with their precision. */
const ledgers = fc.record({
  sold: fc.array(fc.integer({ min: 0, max: MOST }), { minLength: 12, maxLength: 12 }),
  told: fc.uniqueArray(
    fc.record({
      first: fc.nat({ max: 11 }),
      length: fc.constantFrom(1, 1, 2, 3, 6, 12),
      plusMinus: fc.constantFrom(0, 0, 5, 50),
      hedge: fc.constantFrom(undefined, undefined, 'more-than' as const),
    }),
    { minLength: 2, maxLength: 10, selector: ({ first, length }) => `${first} ${length}` },
  ),
  at: fc.double({ min: 0, max: 1, noNaN: true }),
});

describe('any ledger of sales by month', () => {
  it('has each interval narrowed that its missing figures name, whatever they turn out to be', () => {
    let tried = 0;
    fc.assert(
      fc.property(ledgers, ({ sold, told, at }) => {
        const reports = told.flatMap(({ first, length, plusMinus, hedge }) => {
          const [from, to] = [MONTHS[first], MONTHS[first + length - 1]];
          const value = sold.slice(first, first + length).reduce((sum, amount) => sum + amount, 0);
          return from && to
            ? [
                units(hedge ? Math.max(0, value - 1) : value, `${from.first}/${to.last}`, {
                  plusMinus,
                  ...(hedge && { qualifier: hedge }),
                }),
              ]
            : [];
        });
        const before = automakerWith(...reports);
        for (const missing of missingFiguresOf(before, coverageOf(before, MONTHS, ON), MONTHS)) {
          if (!missing) continue;
          const { first, last, lo, hi = 2 * lo + MOST, narrows } = missing;
          const value = Math.round(lo + at * (hi - lo));
          const after = automakerWith(...reports, units(value, `${first}/${last}`, { plusMinus: 0 }));
          const widthIn = (of: typeof before, span: { first: string; last: string }): number => {
            const bounds = flowModelOf(of.figures, 'overseas-units', {}).bounds(span.first, span.last);
            return bounds.hi - bounds.lo;
          };
          expect(narrows.length).toBeGreaterThan(0);
          for (const span of narrows) {
            tried += 1;
            expect([span.first, span.last, widthIn(after, span) < widthIn(before, span)]).toEqual([
              span.first,
              span.last,
              true,
            ]);
          }
        }
      }),
      { numRuns: RUNS },
    );
    expect(tried).toBeGreaterThan(RUNS / 2);
  });
});
