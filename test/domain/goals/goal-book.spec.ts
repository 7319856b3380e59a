import { goalEntryOf, wasMoved, type GoalEntry } from '../../../src/domain/goals/goal-book.js';
import { progressOf } from '../../../src/domain/goals/progress.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { idOf, proposal } from '../given-when-then.js';
import { automakerWith, figure, goal, units } from './goal.js';

const revised = (saidOn: string, over: object): Proposal =>
  proposal('TargetRevised', saidOn, { ...goal().data, ...over });

/** The entry of the only goal in some events, on a given day. */
function entryOf(on: string, ...proposals: readonly Proposal[]): GoalEntry {
  const automaker = automakerWith(...proposals);
  const record = automaker.targets[0];
  if (!record) throw new Error('the specification sets no target');
  return goalEntryOf(automaker, record, progressOf(automaker, record, on));
}

const shown = (value: number | undefined): string => (value ?? NaN).toFixed(1);

describe('the entry of a goal in the goal book', () => {
  it('tells how much of the raised goal was reached, and how much of the first', () => {
    const { first, current, revisions, direction, moved } = entryOf(
      '2026-02-01',
      goal({ threshold: 350_000, deadline: '2025', wording: '350,000 cars in 2025' }, '2025-01-05'),
      revised('2025-07-01', {
        threshold: 380_000,
        deadline: '2025',
        wording: 'now 380,000 cars in 2025',
      }),
      units(383_123, '2025-01-01/2025-12-31'),
    );
    expect([shown(first.completion?.percent), shown(current.completion?.percent)]).toEqual([
      '109.5',
      '100.8',
    ]);
    expect([first.status, current.status, revisions]).toEqual(['achieved', 'achieved', 1]);
    expect([direction, moved.map(({ event, moves }) => [event, moves])]).toEqual([
      ['raised'],
      [[idOf(2), ['raised']]],
    ]);
  });

  it('judges the first terms by the figures of their own year', () => {
    const { first, current, direction } = entryOf(
      '2026-02-01',
      goal({ threshold: 100, deadline: '2024', wording: '100 cars in 2024' }, '2024-01-05'),
      revised('2024-12-01', { threshold: 100, deadline: '2025', wording: '100 cars in 2025' }),
      units(40, '2024-01-01/2024-12-31', { plusMinus: 0 }),
      units(120, '2025-01-01/2025-12-31', { plusMinus: 0 }),
    );
    expect([first.status, first.completion?.percent]).toEqual(['missed', 40]);
    expect([current.status, current.completion?.percent]).toEqual(['achieved', 120]);
    expect(direction).toEqual(['postponed']);
  });

  it('is not put off where the same end is told to the day', () => {
    const { direction, moved, slip } = entryOf(
      '2026-02-01',
      goal({ threshold: 5000, deadline: '2018' }, '2016-06-01'),
      revised('2018-02-21', { threshold: 4000, deadline: '2018-12-31' }),
    );
    expect([direction, moved.map(({ moves }) => moves)]).toEqual([['cut'], [['cut']]]);
    expect(slip?.monthsMoved).toBe(0);
  });

  it('is one line where nothing but the words changed', () => {
    const { first, current, revisions, moved, direction, slip } = entryOf(
      '2026-11-23',
      goal(),
      proposal('TargetRestated', '2026-06', { target: 'goal', wording: 'the goal stays' }),
      units(45_000, '2026-01-01/2026-09-30'),
    );
    expect([revisions, moved, direction, slip]).toEqual([0, [], [], undefined]);
    expect(first.completion).toEqual(current.completion);
    expect([first.event, current.event]).toEqual([idOf(1), idOf(2)]);
  });

  it('tells each time that it was moved, and what that came to', () => {
    const { moved, direction, slip } = entryOf(
      '2026-11-23',
      goal({ threshold: 100_000, deadline: '2025', wording: '100,000' }, '2023-01-01'),
      revised('2024-01-01', { threshold: 80_000, deadline: '2025', wording: '80,000' }),
      revised('2025-01-01', { threshold: 120_000, deadline: '2027', wording: '120,000' }),
      proposal('TargetWithdrawn', '2026-01-01', { target: 'goal', reason: 'A new plan' }),
    );
    expect(moved.map(({ moves }) => moves)).toEqual([['cut'], ['raised', 'postponed'], ['withdrawn']]);
    expect(moved.at(-1)?.reason).toBe('A new plan');
    expect(direction).toEqual(['raised', 'postponed']);
    expect(slip?.rate).toBeCloseTo(1, 1);
  });

  it('has slipped by what the company said, not by a headline (XPeng, half of sales abroad)', () => {
    const half = (saidOn: string, over: object) =>
      revised(saidOn, {
        measure: 'overseas-sales-share',
        threshold: 50,
        unit: 'percent',
        wording: 'half',
        ...over,
      });
    const versions = [
      goal(
        {
          measure: 'overseas-sales-share',
          threshold: 50,
          unit: 'percent',
          deadline: undefined,
          wording: 'half in the long run',
          saidBy: 'executive',
        },
        '2021-11-24',
      ),
      half('2022-09-02', { deadline: '2025', saidBy: 'press', firmness: 'mooted' }),
      half('2023-01-02', { deadline: '2026', firmness: 'mooted' }),
      half('2024-10-14', { deadline: '2034-10', saidBy: 'automaker' }),
      half('2025-11-14', { deadline: '2035-11', saidBy: 'executive' }),
    ];
    const { slip } = entryOf('2026-11-23', ...versions);
    expect(slip).toMatchObject({ from: '2034-10', to: '2035-11' });
    expect(slip?.rate).toBeCloseTo(1, 1);
    // A deadline range of seven years has no rate: its start moved earlier and its end later.
    const widened = entryOf(
      '2026-11-23',
      ...versions,
      half('2026-01-12', { deadline: '2029/2036', saidBy: 'automaker' }),
    ).slip;
    expect(widened).toMatchObject({ from: '2034-10', to: '2029/2036' });
    expect(widened).not.toHaveProperty('rate');
    // Nor one number of months: the far end alone would say that it only moved away.
    expect(widened).not.toHaveProperty('monthsMoved');
    expect(widened?.monthsMovedBetween?.lo).toBeCloseTo(-69, 0);
    expect(widened?.monthsMovedBetween?.hi).toBeCloseTo(26, 0);
    // If only the press gave a year, the slip uses the press's years.
    expect(entryOf('2026-11-23', ...versions.slice(0, 3)).slip).toMatchObject({ from: '2025', to: '2026' });
  });

  it('has no months a month before a year has gone by', () => {
    const { slip } = entryOf(
      '2026-11-23',
      goal({ threshold: 100_000, deadline: '2028', wording: '100,000' }, '2025-01-01'),
      revised('2025-04-01', { threshold: 100_000, deadline: '2030', wording: 'later' }),
    );
    expect(Math.round(slip?.monthsMoved ?? 0)).toBe(24);
    expect(slip).not.toHaveProperty('rate');
  });

  it('has no completion where nothing bears on it, nor against presence', () => {
    const none = entryOf('2026-11-23', goal());
    expect([none.current.completion, none.current.status]).toEqual([undefined, 'not-enough-evidence']);
    const entry = entryOf(
      '2026-11-23',
      goal({
        measure: 'market-presence',
        market: 'CH',
        threshold: 1,
        unit: 'markets',
        deadline: '2025',
      }),
      proposal('MarketEntered', '2025-03', { market: 'CH' }),
    );
    expect(entry.current.completion).toBeUndefined();
  });

  it('keeps the bounds: "more than" leaves the upper end open', () => {
    const { current } = entryOf(
      '2026-11-23',
      goal({ measure: 'overseas-stores', threshold: 200, unit: 'stores', deadline: '2027' }),
      figure({ measure: 'overseas-stores', value: 100, qualifier: 'more-than', asOf: '2026-09-30' }),
    );
    expect([current.completion?.lo, current.completion?.hi]).toEqual([50.5, undefined]);
  });

  it.each([
    [['raised'], undefined, true],
    [['raised'], '2025-01-01', true],
    [['raised'], '2025-01-02', false],
    [['cut'], undefined, false],
    [[], '2024-12-31', true],
    [[], '2025-02-01', false],
  ] as const)('was moved %p since %s: %p', (moves, since, expected) => {
    const automaker = automakerWith(goal({}, '2024-01-01'), revised('2025-01-01', { threshold: 95_000 }));
    expect(wasMoved(automaker.targets[0]?.versions ?? [], moves, since)).toBe(expected);
  });
});
