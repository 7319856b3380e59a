import { monthsUntil } from '../../../src/domain/measures/coverage.js';
import { coverageOf } from './coverage-of.js';
import {
  missingFiguresOf as missingIn,
  type MissingFigure,
} from '../../../src/domain/goals/missing-figures.js';
import { flowModelOf } from '../../../src/domain/measures/flow-readings.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { automakerWith, figure, goal, units } from '../goals/goal.js';

const ON = '2025-06-30';
const MONTHS = monthsUntil(ON, 6);
const missingFiguresOf = (...of: Parameters<typeof missingIn>): MissingFigure[] =>
  [...missingIn(...of)].flatMap((each) => each ?? []);

const rowsOf = (...proposals: readonly Proposal[]) => coverageOf(automakerWith(...proposals), MONTHS, ON);
const statesOf = (...proposals: readonly Proposal[]) =>
  rowsOf(...proposals).map(({ measure, months }) => [measure, months.map(({ coverage }) => coverage)]);

describe('the coverage of a measure, month by month', () => {
  it.each([
    ['2025-06-30', '2025-06-30'],
    ['2025-07-01', '2025-06-30'],
    ['2025-03-30', '2025-02-28'],
  ])('takes the whole months until %s: the last ends on %s', (day, last) => {
    expect(monthsUntil(day, 2).at(-1)?.last).toBe(last);
    expect(monthsUntil(day, 2)).toHaveLength(2);
  });

  it('is reported where a figure gives it, or the difference of figures', () => {
    expect(
      statesOf(units(10, '2025-01'), units(30, '2025-01-01/2025-02-28'), units(100, '2025-01-01/2025-03-31')),
    ).toEqual([
      ['overseas-units', ['reported', 'reported', 'reported', 'not-logged', 'not-logged', 'not-logged']],
    ]);
  });

  it('is bounded where a longer period limits it', () => {
    const [row] = rowsOf(units(600, '2025-01-01/2025-06-30', { plusMinus: 0 }));
    expect(row?.months.map(({ coverage, lo, hi }) => [coverage, lo, hi])).toEqual(
      MONTHS.map(() => ['bounded', 0, 600]),
    );
  });

  it('is not published yet until the usual rhythm makes it due, and not logged from then on', () => {
    const monthly = ['01', '02', '03', '04', '05'].map((month) =>
      figure({ measure: 'overseas-units', value: 10, period: `2025-${month}` }),
    );
    const [row] = coverageOf(automakerWith(...monthly), MONTHS, '2025-07-10');
    expect(row?.months.map(({ coverage }) => coverage)).toEqual([
      ...monthly.map(() => 'reported'),
      'not-published',
    ]);
    expect([row?.isDue, row?.rhythm?.next?.end]).toEqual([false, '2025-06-30']);
    const [later] = coverageOf(automakerWith(...monthly), MONTHS, '2025-12-31');
    expect([later?.isDue, later?.months.at(-1)?.coverage]).toEqual([true, 'not-logged']);
  });

  it('tells of a goal that nobody counts for', () => {
    expect(statesOf(goal({ measure: 'overseas-stores', threshold: 5, unit: 'stores' }))).toEqual([
      ['overseas-stores', MONTHS.map(() => 'not-logged')],
    ]);
  });

  it('has levels in the months of their reports', () => {
    expect(
      statesOf(
        figure({ measure: 'overseas-stores', value: 5, asOf: '2025-02-10' }),
        figure({ measure: 'overseas-stores', value: 7, asOf: '2025-05-31' }),
      ),
    ).toEqual([
      ['overseas-stores', ['not-logged', 'reported', 'not-logged', 'not-logged', 'reported', 'not-logged']],
    ]);
  });
});

describe('the missing figure that would tell most', () => {
  const known = [
    units(1200, '2025-01-01/2025-06-30', { plusMinus: 0 }),
    units(100, '2025-01', { plusMinus: 0 }),
    units(100, '2025-02', { plusMinus: 0 }),
    units(100, '2025-03', { plusMinus: 0 }),
    units(100, '2025-04', { plusMinus: 0 }),
  ];

  it('is the one that settles the others', () => {
    const automaker = automakerWith(...known);
    const [best, ...others] = missingFiguresOf(automaker, coverageOf(automaker, MONTHS, ON), MONTHS);
    expect(others).toEqual([]);
    expect([best?.first, best?.lo, best?.hi]).toEqual(['2025-05-01', 0, 800]);
    expect(best?.narrows.map(({ first, last, width, widthThen }) => [first, last, width, widthThen])).toEqual(
      expect.arrayContaining([
        ['2025-05-01', '2025-05-31', 800, 0],
        ['2025-06-01', '2025-06-30', 800, 0],
      ]),
    );
  });

  it.each([0, 1, 399, 800])('narrows every interval that it names, once it is logged as %i', (value) => {
    const before = automakerWith(...known);
    const [best] = missingFiguresOf(before, coverageOf(before, MONTHS, ON), MONTHS);
    const period = `${best?.first ?? ''}/${best?.last ?? ''}`;
    const after = automakerWith(...known, units(value, period, { plusMinus: 0 }));
    const widthIn = (of: typeof before, first: string, last: string): number => {
      const { lo, hi } = flowModelOf(of.figures, 'overseas-units', {}).bounds(first, last);
      return hi - lo;
    };
    expect(best?.narrows.length).toBeGreaterThan(0);
    for (const { first, last } of best?.narrows ?? [])
      expect([first, widthIn(after, first, last) < widthIn(before, first, last)]).toEqual([first, true]);
  });

  it('is none where everything is told', () => {
    const automaker = automakerWith(
      ...['01', '02', '03', '04', '05', '06'].map((month) => units(10, `2025-${month}`)),
    );
    expect(missingFiguresOf(automaker, coverageOf(automaker, MONTHS, ON), MONTHS)).toEqual([]);
  });
});
