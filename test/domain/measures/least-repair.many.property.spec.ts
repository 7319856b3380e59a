import fc from 'fast-check';
import { claimOf, witnessesOf, withClaim } from '../../../src/domain/measures/flow-claims.js';
import { cyclesByWindow, NO_WINDOWS } from '../../../src/domain/measures/cycles-by-window.js';
import { FlowModel, type FlowReport } from '../../../src/domain/measures/flows.js';
import { addDays } from '../../../src/domain/ledger/edtf.js';

const START = '2010-01-01';
const DAYS = 6 * 365;

/** Reports of one hidden daily series: periods from a week to three years, one in `oneIn` of them wrong. */
const manyReports = fc
  .record({
    told: fc.array(
      fc.record({
        from: fc.nat(DAYS - 1100),
        length: fc.oneof(fc.constantFrom(7, 30, 91, 365, 1095), fc.integer({ min: 1, max: 400 })),
        wrong: fc.option(fc.integer({ min: 30, max: 180 }), { freq: 15, nil: undefined }),
        grade: fc.constantFrom('confirmed', 'reported', 'rumoured'),
      }),
      { minLength: 290, maxLength: 330 },
    ),
    added: fc.integer({ min: 1, max: 40 }),
    order: fc.infiniteStream(fc.nat(1_000_000)),
  })
  .map(({ told, added, order }) => {
    const sold = (day: number): number => 5 + ((day * 37) % 23);
    const counts = [0];
    for (let day = 0; day < DAYS; day += 1) counts.push((counts[day] ?? 0) + sold(day));
    const reports = told.map(({ from, length, wrong = 100, grade }, position): FlowReport => {
      const units = (counts[from + length] ?? 0) - (counts[from] ?? 0);
      return {
        event: `event-${String(position).padStart(3, '0')}`,
        value: Math.round((units * wrong) / 100),
        plusMinus: position % 3,
        approximate: false,
        first: addDays(START, from),
        last: addDays(START, from + length - 1),
        grade,
        position,
      };
    });
    const places = [...order.take(reports.length)];
    const shuffled = reports
      .map((report, index) => ({ report, place: places[index] ?? 0 }))
      .sort((a, b) => a.place - b.place)
      .map(({ report }) => report);
    return { reports: shuffled, added };
  });

describe('the least repair of many reports', () => {
  it('is the same from the first report on and all at once, in any order', () => {
    fc.assert(
      fc.property(manyReports, ({ reports, added }) => {
        let grown = FlowModel.of(reports.slice(0, -added));
        for (const report of reports.slice(-added)) grown = grown.add(report);
        const whole = FlowModel.of([...reports].sort((a, b) => a.position - b.position));
        expect(grown.used).toEqual(whole.used);
        expect(grown.unused).toEqual(whole.unused);
        expect(grown.disputed).toEqual(whole.disputed);
        expect(grown.conflicts).toEqual(whole.conflicts);
        expect(grown.isExact).toBe(whole.isExact);
        for (let year = 0; year < 6; year += 1) {
          const first = addDays(START, 365 * year);
          expect(grown.bounds(first, addDays(first, 364))).toEqual(whole.bounds(first, addDays(first, 364)));
        }
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it('finds what is wrong where one report in fifteen is', () => {
    fc.assert(
      fc.property(manyReports, ({ reports }) => {
        const model = FlowModel.of(reports);
        // Unused and disputed reports may be wrong; the others are consistent.
        const rest = new Set([...model.unused, ...model.disputed]);
        const kept = FlowModel.of(reports.filter(({ event }) => !rest.has(event)));
        expect(kept.unused).toEqual([]);
        expect(kept.disputed).toEqual([]);
      }),
      { numRuns: 12, endOnFailure: true },
    );
  });

  it('looks again only at the years of a new report', () => {
    const months = Array.from({ length: 12 * 30 }, (_, index): FlowReport => {
      const first = `${String(1990 + Math.floor(index / 12))}-${String((index % 12) + 1).padStart(2, '0')}-01`;
      return {
        event: `month-${index}`,
        value: 1_001 + index,
        plusMinus: 0,
        approximate: false,
        first,
        last: addDays(first, 27),
        grade: 'reported',
        position: index,
      };
    });
    const before = witnessesOf(months.map(claimOf), true);
    const known = cyclesByWindow(before, NO_WINDOWS);
    const [month] = months;
    const wrong = month && { ...month, event: 'wrong', value: 7 };
    if (!wrong) throw new Error('there is no month');
    const then = cyclesByWindow(withClaim(before, claimOf(wrong), 'least-repair'), known);
    const anew = [...then].filter(([number, window]) => known.get(number) !== window);
    expect(anew.map(([, { cycles }]) => cycles.length)).toEqual([1, 1]);
    expect(then.size).toBe(known.size);
    expect(then.size).toBeGreaterThan(25);
  });
});
