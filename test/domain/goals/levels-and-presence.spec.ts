import { proposal } from '../given-when-then.js';
import { asked, figure, goal } from './goal.js';

const TODAY = '2026-11-29';
const level = (measure: string, value: number, asOf: string, grade: 'confirmed' | 'reported' = 'reported') =>
  figure({ measure, value, asOf }, grade);
const entered = (market: string, on: string) =>
  proposal('MarketEntered', on, { market, entryMode: 'distributor' });

describe('a level', () => {
  it('that is told shortly after the deadline bears on it (M11)', () => {
    const progress = asked(TODAY, [
      goal(
        {
          measure: 'overseas-service-centers',
          threshold: 300,
          unit: 'service-centers',
          deadline: '2025-12-31',
        },
        '2025-02-22',
      ),
      level('overseas-service-centers', 150, '2026-01-09'),
    ]);
    expect(progress).toMatchObject({ status: 'missed', statusAsOf: '2026-01-09', value: { value: 150 } });
  });

  it('is set against what was logged by the same day, or against nothing (M12)', () => {
    const seven = ['NO', 'DE', 'SE', 'DK', 'NL', 'FR', 'IL'].map((market) => entered(market, '2024-05-01'));
    const progress = asked(TODAY, [
      goal({ measure: 'overseas-markets', threshold: 40, unit: 'markets', deadline: '2030' }, '2024-01-10'),
      ...seven,
      level('overseas-markets', 7, '2024-11-30'),
      entered('AT', '2026-01-05'),
    ]);
    expect(progress.logged).toMatchObject({ count: 7, notLogged: 0 });
  });

  it('goes by the lowest report where the rule is the most conservative (M13)', () => {
    const events = [
      goal({ measure: 'overseas-markets', threshold: 80, unit: 'markets', deadline: '2030' }),
      level('overseas-markets', 60, '2025-12-31', 'confirmed'),
      level('overseas-markets', 50, '2025-12-31'),
    ];
    expect(asked(TODAY, events).value?.value).toBe(60);
    expect(asked(TODAY, events, 'most-conservative').value?.value).toBe(50);
  });

  it('of a brand is not counted from openings that name no brand (M8)', () => {
    const progress = asked(TODAY, [
      goal({
        measure: 'overseas-stores',
        threshold: 280,
        unit: 'stores',
        deadline: '2027',
        entity: 'brand-a',
      }),
      proposal('StoreOpened', '2026-03-01', { market: 'NO', count: 81 }),
      proposal('StoreOpened', '2026-04-01', { market: 'NO', count: 3, entity: 'brand-a' }),
    ]);
    expect(progress.logged?.count).toBe(3);
    const none = asked(TODAY, [
      goal({
        measure: 'overseas-stores',
        threshold: 280,
        unit: 'stores',
        deadline: '2027',
        entity: 'brand-a',
      }),
      proposal('StoreOpened', '2026-03-01', { market: 'NO', count: 81 }),
    ]);
    expect(none.logged).toBeUndefined();
    expect(none.value).toBeUndefined();
  });

  it('that was reached after the deadline was missed: a site that started later (M6)', () => {
    const progress = asked(TODAY, [
      goal(
        { measure: 'production-sites', threshold: 1, unit: 'sites', market: 'EG', deadline: '2023-08' },
        '2022-06-26',
      ),
      proposal('ProductionStarted', '2025-01', { site: 'cairo', market: 'EG', mode: 'ckd' }),
    ]);
    expect(progress).toMatchObject({ status: 'missed', late: { on: '2025-01' } });
    expect(progress.summary).toContain('January 2025');
  });
});

describe('presence in a market', () => {
  const enter = (deadline: string, saidOn = '2025-03-11') =>
    goal({ measure: 'market-presence', threshold: 1, unit: 'markets', market: 'CH', deadline }, saidOn);

  it('after the deadline was missed, and entered late (M7)', () => {
    const progress = asked(TODAY, [enter('2025-06'), entered('CH', '2025-09-26')]);
    expect(progress).toMatchObject({ status: 'missed', late: { on: '2025-09-26' } });
    expect(progress.summary).toContain('26 September 2025');
  });

  it('by the deadline was achieved, before the goal was set met when set, and unknown where nobody logged it', () => {
    expect(asked(TODAY, [enter('2025-06'), entered('CH', '2025-05')]).status).toBe('achieved');
    expect(asked(TODAY, [enter('2025-06'), entered('CH', '2024')]).status).toBe('met-when-set');
    const unknown = asked(TODAY, [enter('2025-06')]);
    expect(unknown.status).toBe('not-enough-evidence');
    expect(unknown.value).toBeUndefined();
  });

  it('of a year that holds the deadline may have been in time', () => {
    expect(asked(TODAY, [enter('2025-06', '2024-03-11'), entered('CH', '2025')]).status).toBe(
      'not-enough-evidence',
    );
  });
});
