import { flowModelOf } from '../../../src/domain/measures/flow-readings.js';
import { levelOn, levelSteps } from '../../../src/domain/measures/levels.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { idOf } from '../given-when-then.js';
import { asked, automakerWith, figure, goal, units } from '../goals/goal.js';

const model = (...told: readonly Proposal[]) =>
  flowModelOf(automakerWith(...told).figures, 'overseas-units', {});

describe('a growth rate', () => {
  const grown = units(45_008, '2025', { growth: { percent: 96, on: '2024' } });

  it('bounds the other period by its rounding, and the proof names both', () => {
    const { lo, hi, proof } = model(grown).bounds('2024-01-01', '2024-12-31');
    // 45,008 / 1.965 = 22,904.8 and 45,008 / 1.955 = 23,022.0.
    expect([lo, hi]).toEqual([22_905, 23_021]);
    expect(proof.lo).toMatchObject([
      {
        event: idOf(1),
        units: 22_905,
        derived: { percent: 96.5, isDivided: true, from: 45_008, proof: [{ event: idOf(1) }] },
      },
    ]);
  });

  it('bounds the later period from the earlier one where only that is told', () => {
    const later = figure({
      measure: 'overseas-units',
      period: '2025',
      growth: { percent: 100, on: '2024', plusMinus: 0 },
    });
    expect(model(units(20_001, '2024'), later).bounds('2025-01-01', '2025-12-31')).toMatchObject({
      lo: 40_002,
      hi: 40_002,
    });
  });

  it('ranks below every figure', () => {
    expect(model(grown, units(30_001, '2024')).bounds('2024-01-01', '2024-12-31')).toMatchObject({
      lo: 30_001,
      hi: 30_001,
    });
  });

  it('and two printed shares that disagree with it: a share that is falling (M10)', () => {
    const share = (value: number, over: object = {}) =>
      figure({ measure: 'overseas-sales-share', value, period: '2024', ...over });
    const progress = asked('2026-11-29', [
      goal(
        { measure: 'overseas-sales-share', threshold: 50, unit: 'percent', deadline: '2036' },
        '2024-01-10',
      ),
      share(10, { qualifier: 'about' }),
      share(13),
      grown,
      figure({ measure: 'total-units', value: 190_068, period: '2024' }),
      figure({ measure: 'total-units', value: 429_445, period: '2025' }),
    ]);
    expect(progress.value?.value).toBeCloseTo(10.48, 2);
    const before = progress.pace?.observed?.before;
    expect([before?.lo.toFixed(2), before?.hi.toFixed(2)]).toEqual(['12.05', '12.11']);
    expect(progress.status).toBe('deteriorating');
    expect(progress.calendarYears?.map(({ lo }) => lo?.toFixed(2))).toEqual(['12.05', '10.48']);
  });
});

describe('a restatement', () => {
  const quarters = [101_001, 102_001, 103_001, 104_001].map((value, index) =>
    units(value, ['2025-01/2025-03', '2025-04/2025-06', '2025-07/2025-09', '2025-10/2025-12'][index] ?? ''),
  );

  it('supersedes what it puts right, from its publication on', () => {
    const year = units(390_001, '2025', { restates: [1, 2, 3, 4].map(idOf) });
    const before = model(...quarters);
    expect(before.bounds('2025-01-01', '2025-12-31')).toMatchObject({ lo: 410_004, hi: 410_004 });
    const after = model(...quarters, year);
    expect(after.bounds('2025-01-01', '2025-12-31')).toMatchObject({ lo: 390_001, hi: 390_001 });
    expect([...after.unused, ...after.disputed]).toEqual([]);
    expect(after.bounds('2025-01-01', '2025-03-31')).toMatchObject({ lo: 0, hi: 390_001 });
  });
});

describe('a level', () => {
  const on = (...told: readonly Proposal[]) =>
    levelOn(levelSteps(automakerWith(...told).figures, 'overseas-markets', {}), '2026-01-01')?.bounds;
  const markets = (over: object) => figure({ measure: 'overseas-markets', asOf: '2025-12-31', ...over });

  it.each([
    ['exact', { value: 300 }, 300, 300],
    ['more than', { value: 60, qualifier: 'more-than' }, 61, Infinity],
    ['between', { qualifier: 'between', from: 52, to: 60 }, 52, 60],
  ])('claims what %s says', (_, over, lo, hi) => {
    expect(on(markets(over))).toEqual({ lo, hi });
  });

  it('of two equal sources that disagree is anything between', () => {
    expect(on(markets({ value: 52 }), markets({ value: 60 }))).toEqual({ lo: 52, hi: 60 });
  });
});
