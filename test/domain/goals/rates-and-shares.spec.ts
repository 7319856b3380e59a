import { asked, figure, goal, units } from './goal.js';

const TODAY = '2026-11-29';
const share = (value: number, period: string, over: object = {}) =>
  figure({ measure: 'overseas-sales-share', value, period, ...over });
const shareGoal = (over: object = {}, saidOn = '2026-01-10') =>
  goal(
    { measure: 'overseas-sales-share', threshold: 33.3, unit: 'percent', deadline: '2030', ...over },
    saidOn,
  );

describe('a share of a year of which only parts were printed', () => {
  const yearly = shareGoal({ threshold: 20, deadline: '2025', period: '2025' }, '2025-01-10');
  const quarters = (...values: number[]) =>
    values.map((value, index) =>
      share(value, `2025-${['01', '04', '07', '10'][index]}/2025-${['03', '06', '09', '12'][index]}`),
    );

  it('lies between the least and the greatest of its quarters', () => {
    const progress = asked(TODAY, [yearly, ...quarters(21, 24, 22, 26)]);
    expect(progress).toMatchObject({ status: 'achieved', value: { lo: 20.5, hi: 26.5 } });
    expect(progress.value?.inputs).toHaveLength(4);
    expect(asked(TODAY, [yearly, ...quarters(11, 14, 12, 16)])).toMatchObject({
      status: 'missed',
      value: { lo: 10.5, hi: 16.5 },
    });
    expect(asked(TODAY, [yearly, ...quarters(11, 24, 12, 26)]).status).toBe('not-enough-evidence');
  });

  it('is not known while a quarter is missing', () => {
    expect(asked(TODAY, [yearly, ...quarters(21, 24, 22)]).value).toBeUndefined();
  });

  it('is their mean where the vehicles of each are known', () => {
    const sold = [100, 200, 300, 400].map((value, index) =>
      figure({
        measure: 'total-units',
        value: value * 1000 + 1,
        period: `2025-${['01', '04', '07', '10'][index]}/2025-${['03', '06', '09', '12'][index]}`,
      }),
    );
    const { value } = asked(TODAY, [yearly, ...quarters(10, 20, 20, 30), ...sold]);
    // (10 × 100 + 20 × 200 + 20 × 300 + 30 × 400) / 1,000; each rate may be half a point off.
    expect(value?.lo).toBeCloseTo(22.5, 3);
    expect(value?.hi).toBeCloseTo(23.5, 3);
    expect(asked(TODAY, [yearly, ...quarters(10, 20, 20, 30), ...sold]).status).toBe('achieved');
  });

  it('stands as it was printed, where it was, and a year out of its quarters is a conflict', () => {
    const { value } = asked(TODAY, [yearly, share(30, '2025'), ...quarters(10, 12, 11, 13)]);
    expect(value).toMatchObject({ lo: 29.5, hi: 30.5 });
    expect(value?.conflicts).toHaveLength(4);
  });

  it('of money is not weighted with vehicles', () => {
    const ofMoney = (value: number, index: number) =>
      share(value, `2025-${['01', '07'][index]}/2025-${['06', '12'][index]}`, { basis: 'revenue' });
    const { value } = asked(TODAY, [
      shareGoal({ threshold: 20, deadline: '2025', period: '2025', basis: 'revenue' }, '2025-01-10'),
      ofMoney(21, 0),
      ofMoney(25, 1),
      figure({ measure: 'total-units', value: 100_001, period: '2025-01/2025-06' }),
      figure({ measure: 'total-units', value: 900_001, period: '2025-07/2025-12' }),
    ]);
    expect(value).toMatchObject({ lo: 20.5, hi: 25.5 });
  });
});

describe('a rate by a deadline', () => {
  it('is not achieved by a rumour, and says so (M5)', () => {
    const progress = asked(TODAY, [
      goal({ threshold: 100_000, deadline: '2027', wording: '100,000 by 2027' }, '2025-01-10'),
      units(45_008, '2025', {}, 'confirmed'),
      units(120_001, '2025-10/2026-09', {}, 'rumoured'),
    ]);
    expect(progress.status).not.toBe('achieved');
    expect(progress.value).toMatchObject({ value: 45_008 });
    expect(progress.missing.join(' ')).toContain('a rumour alone achieves nothing');
  });

  it('of new-energy vehicles is not judged by figures of all vehicles', () => {
    const events = [
      goal(
        { threshold: 100_000, deadline: '2027', wording: 'by 2027', vehicles: 'new-energy' },
        '2025-01-10',
      ),
      units(150_001, '2025'),
    ];
    expect(asked(TODAY, events)).toMatchObject({ status: 'not-enough-evidence' });
    const electrified = units(110_001, '2025-07/2026-06', { vehicles: 'new-energy' });
    expect(asked(TODAY, [...events, electrified])).toMatchObject({
      status: 'achieved',
      value: { value: 110_001, perimeter: { vehicles: 'new-energy' } },
    });
  });

  it('has an observed pace in one perimeter only (M9)', () => {
    const progress = asked(TODAY, [
      goal({ deadline: '2027', wording: 'by 2027' }, '2024-01-10'),
      units(3_261, '2023', { basis: 'exports' }),
      units(45_008, '2025', { basis: 'deliveries' }),
    ]);
    expect(progress.value).toMatchObject({ value: 45_008 });
    expect(progress.pace?.observed).toBeUndefined();
    expect(progress.pace?.sinceSet).toBeUndefined();
    expect(progress.status).toBe('not-enough-evidence');
  });

  const million = [
    goal({ threshold: 1_000_000, deadline: '2030', wording: '1,000,000 by 2030' }, '2022-01-10'),
    units(316_018, '2023'),
    units(453_141, '2024'),
  ];

  it('has the same ratio whatever day it is asked, from the date of its value (M17)', () => {
    const [first, second] = ['2025-01-31', TODAY].map((on) => asked(on, million));
    expect(first?.pace).toEqual(second?.pace);
    expect(first?.pace?.toLateEnd?.ratio?.middle).toBeCloseTo(1.5, 2);
    expect([first?.status, second?.status]).toEqual(['on-track', 'on-track']);
    expect(first?.staleness?.age).toBe('current');
    expect(second?.summary).toContain('31 Dec 2024');
    expect(second?.staleness?.stale).toBe(true);
  });

  it('has no pace of the last year to an early end that is a day away', () => {
    const progress = asked(TODAY, [
      goal({ threshold: 300_000, deadline: '2023', wording: 'by 2023' }, '2019-01-10'),
      units(114_708, '2021'),
      units(141_432, '2022'),
    ]);
    expect(progress.pace?.lastYear?.middle).toBeCloseTo(0.28, 2);
    expect(progress.pace?.lastYearToEarlyEnd).toBeUndefined();
    expect(progress.pace?.toEarlyEnd).toBeUndefined();
  });

  it('is reached and held, or reached and not held: two facts', () => {
    const events = (last: number) => [
      goal({ threshold: 60_000, deadline: '2025', wording: '60,000 a year by 2025' }, '2022-01-10'),
      units(61_001, '2024'),
      units(last, '2025'),
    ];
    expect(asked(TODAY, events(62_001))).toMatchObject({
      status: 'achieved',
      reachedOn: '2024-12-31',
      heldAtDeadline: true,
    });
    expect(asked(TODAY, events(50_001))).toMatchObject({ status: 'achieved', heldAtDeadline: false });
  });

  it('is answered both ways where the words do not say the kind', () => {
    const progress = asked(TODAY, [
      goal({ threshold: 60_000, deadline: '2025' }, '2022-01-10'),
      units(61_001, '2024'),
      units(50_001, '2025'),
    ]);
    expect(progress).toMatchObject({ kind: 'amount', kindKnown: 'not stated', status: 'missed' });
    expect(progress.other).toMatchObject({ kind: 'rate', status: 'achieved' });
  });
});

describe('a share', () => {
  it('that was higher by growth before is falling, and its sources disagree (M10)', () => {
    const progress = asked(TODAY, [
      shareGoal({ threshold: 50, deadline: '2036' }, '2024-01-10'),
      share(10, '2024~'),
      share(13, '2024'),
      units(23_000, '2024', { plusMinus: 60 }),
      figure({ measure: 'total-units', value: 190_068, period: '2024' }),
      units(45_008, '2025'),
      figure({ measure: 'total-units', value: 429_445, period: '2025' }),
    ]);
    expect(progress.value?.value).toBeCloseTo(10.48, 2);
    expect(progress.status).toBe('deteriorating');
  });

  it('that a source printed before the goal was set was met when set (M14)', () => {
    const progress = asked(TODAY, [shareGoal(), share(50, '2023')]);
    expect(progress).toMatchObject({ status: 'met-when-set', statusAsOf: '2023-12-31' });
    expect(progress.missing.join(' ')).toContain('no figure since');
  });

  it('of revenue is no share of cars: not comparable (M15)', () => {
    const progress = asked(TODAY, [shareGoal({}, '2024-01-10'), share(39.7, '2024', { basis: 'revenue' })]);
    expect(progress).toMatchObject({ status: 'not-comparable', value: { value: 39.7, isProxy: true } });
    expect(progress.gap).toBeUndefined();
  });

  it('of a quarter is not that of a year (M16)', () => {
    const progress = asked(TODAY, [shareGoal({ threshold: 20 }), share(24, '2026-01/2026-03')]);
    expect(progress).toMatchObject({ status: 'not-enough-evidence' });
    expect(progress.missing.join(' ')).toContain('a part of a year is not a year');
  });

  it('has a band only where all that its bounds allow lies in it (G1)', () => {
    const events = (plusMinus: number) => [
      shareGoal({ threshold: 50, deadline: '2035' }, '2020-01-10'),
      share(10, '2023', { plusMinus: 0 }),
      share(10.05, '2024', { plusMinus }),
    ];
    expect(asked(TODAY, events(0)).status).toBe('limited');
    const wide = asked(TODAY, events(0.1));
    expect(wide).toMatchObject({
      status: 'between-bands',
      bands: { lowest: 'deteriorating', highest: 'limited' },
    });
    expect(wide.summary).toContain('Between deteriorating and limited');
  });
});
