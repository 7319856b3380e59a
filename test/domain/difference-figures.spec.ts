import { differencesBetween } from './differences-between.js';
import { toldDifferences } from '../../src/domain/audit/difference-words.js';
import { given, proposal, registered } from './given-when-then.js';

const goal = proposal('TargetSet', '2024-06-01', {
  target: 'sixty',
  measure: 'overseas-markets',
  threshold: 60,
  unit: 'markets',
  kind: 'level',
  deadline: '2026-12-31',
  wording: 'sixty markets',
});
const markets = (value: number, asOf: string, qualifier?: 'more-than') =>
  proposal('FigureReported', asOf, {
    measure: 'overseas-markets',
    value,
    asOf,
    ...(qualifier && { qualifier }),
  });

describe('given a level that was first told as a lower bound', () => {
  const { state } = given(
    registered,
    goal,
    markets(40, '2024-12-31', 'more-than'),
    markets(58, '2025-06-30'),
  );
  const compared = (from: string, to: string) =>
    differencesBetween(state, { trueOn: from }, { trueOn: to }).numbers;

  it('when days are compared, then each figure is told with its bounds and its unit', () => {
    const value = compared('2025-01-31', '2025-07-31').find(({ number }) => number.endsWith('.value'));
    expect(value?.told).toEqual({
      before: { words: 'at least 41 markets' },
      after: { words: '58 markets' },
    });
    const [told] = toldDifferences(
      differencesBetween(state, { trueOn: '2025-01-31' }, { trueOn: '2025-07-31' }),
      { trueOn: '2025-01-31' },
      { trueOn: '2025-07-31' },
    );
    expect(told?.sentence).toContain('the value changed from at least 41 markets to 58 markets');
  });

  it('when only a bound differs, then it is told with the figure that it is of', () => {
    const bound = compared('2025-01-31', '2025-07-31').find(({ number }) => number.endsWith('.value.hi'));
    expect(bound).toMatchObject({ after: 58, told: { before: { words: 'at least 41 markets' } } });
    expect(bound?.before).toBeUndefined();
  });

  it('when a verdict has aged, then its day and its age are told with it', () => {
    const { state: met } = given(registered, goal, markets(10, '2024-06-30'), markets(34, '2025-06-30'));
    const status = differencesBetween(met, { trueOn: '2024-05-31' }, { trueOn: '2026-11-30' }).numbers.find(
      ({ number }) => number.endsWith('.status'),
    );
    expect(status?.after).not.toBe('not-enough-evidence');
    expect(status?.told?.after).toEqual({ asOf: '2025-06-30', age: 'no-current-evidence' });
    const [told] = toldDifferences(
      differencesBetween(met, { trueOn: '2024-05-31' }, { trueOn: '2026-11-30' }),
      { trueOn: '2024-05-31' },
      { trueOn: '2026-11-30' },
    );
    expect(told?.sentence).toContain('“no current evidence”, last “');
  });
});
