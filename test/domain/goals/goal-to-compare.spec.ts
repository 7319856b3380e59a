import { COMPARABLE, goalToCompare } from '../../../src/domain/goals/goal-to-compare.js';
import { progressOf } from '../../../src/domain/goals/progress.js';
import { automakerWith, goal } from './goal.js';

describe('the goal beside a value', () => {
  const automaker = automakerWith(
    goal({ target: 'old', deadline: '2019', threshold: 10_000 }, '2018-01-10'),
    goal({ target: 'new', deadline: '2030', threshold: 50_000 }, '2025-01-10'),
    goal({ target: 'brand', deadline: '2031', entity: 'zeekr' }, '2026-01-10'),
    goal({ target: 'market', deadline: '2031', market: 'NO' }, '2026-01-10'),
  );
  const progress = automaker.targets.map((target) => progressOf(automaker, target, '2026-06-30'));

  it('is the newest of the whole automaker', () => {
    expect(goalToCompare(progress, '2025-01-01')?.target).toBe('new');
  });

  it('is none that was over before the value begins', () => {
    const old = progress.filter(({ target }) => target === 'old');
    expect(goalToCompare(old, '2025-01-01')).toBeUndefined();
    expect(goalToCompare(old, '2019-01-01')?.target).toBe('old');
  });

  it('is of a measure that does not differ by market', () => {
    expect(COMPARABLE).not.toContain('market-presence');
    expect(COMPARABLE).not.toContain('market-units');
    expect(COMPARABLE).toContain('overseas-units');
  });
});
