import { strategyChanges, withoutRetellings } from '../../src/domain/audit/strategy-history.js';
import type { StrategyVersion } from '../../src/domain/state/records.js';

const said = (occurredOn: string, ...elements: string[]): StrategyVersion => ({
  event: occurredOn,
  occurredOn,
  type: 'StrategyRevised',
  approach: 'export-led',
  elements,
  rationale: 'why',
});

describe('what a statement of strategy leaves out', () => {
  const dropped = (...versions: StrategyVersion[]) =>
    withoutRetellings(strategyChanges(versions)).map(({ elementsDropped }) => elementsDropped);

  it('is told beside a statement that was surely an earlier one', () => {
    expect(dropped(said('2025-08-14', 'own plants'), said('2025-08-15', 'partners'))).toEqual([
      [],
      ['own plants'],
    ]);
  });

  it.each([
    ['on the same day', '2025-08-15', '2025-08-15'],
    ['within the same month, as far as is known', '2025-08-15', '2025-08'],
  ])('is not told beside another report %s', (_, first, second) => {
    expect(dropped(said(first, 'own units in three countries'), said(second, 'three own units'))).toEqual([
      [],
      [],
    ]);
  });
});
