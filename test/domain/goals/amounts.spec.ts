import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { asked, figure, goal, units } from './goal.js';

const TODAY = '2026-11-29';

describe('an amount of one year', () => {
  it.each(['2025', '2025-12-31'])(
    'is not reached by a figure of another year, its deadline written %s (M1)',
    (deadline) => {
      for (const wording of ['50,000 in 2025', 'a goal']) {
        for (const saidOn of ['2023-05-01', '2025-01-10']) {
          const progress = asked(TODAY, [
            goal({ threshold: 50_000, deadline, wording }, saidOn),
            units(60_001, '2024'),
          ]);
          expect(progress).toMatchObject({ status: 'not-enough-evidence', kind: 'amount' });
          expect(progress.value).toBeUndefined();
          expect(progress.missing).toContain('No figure for 2025 is recorded.');
          expect(progress.latest).toMatchObject({ value: 60_001, last: '2024-12-31' });
        }
      }
    },
  );

  it('says that none is recorded only where none is', () => {
    const why = (...events: readonly Proposal[]): string =>
      asked(TODAY, [goal({ measure: 'market-units', market: 'EUROPE' }), ...events]).missing[0] ?? '';
    const sold = (market: string, period: string, over: object = {}): Proposal =>
      figure({ measure: 'market-units', market, value: 1000, period, ...over });
    expect(why(sold('NO', '2025'), sold('AU', '2026-01'))).toBe(
      'No figure for 2026 is recorded of what the goal counts.',
    );
    expect(why(sold('NO', '2025'))).toBe('No figure for 2026 is recorded.');
    const ofParts =
      'No figure for 2026 is recorded of all that the goal counts; what is recorded is of parts of it.';
    expect(why(sold('NO', '2026-01'))).toBe(ofParts);
    expect(why(sold('EUROPE', '2026-01', { entity: 'brand-mg' }))).toBe(ofParts);
    expect(why(sold('EUROPE', '2024/2026'))).toBe(
      'No figure is of 2026 alone: those that reach into it are of a longer time.',
    );
  });

  it('is a percentage of the lower end of an interval, and says so', () => {
    const { summary } = asked(TODAY, [
      goal({ threshold: 60_000, thresholdTo: 70_000, qualifier: 'between' }),
      units(30_001, '2026-01/2026-06'),
    ]);
    expect(summary).toContain('30,001 of 60,000 to 70,000 vehicles by 30 Jun 2026: 50 % of 60,000 after');
  });

  it('is the year to date, against the time gone and what is left (M2)', () => {
    const progress = asked(TODAY, [goal(), units(45_008, '2025'), units(60_001, '2026-01/2026-09')]);
    expect(progress).toMatchObject({
      statusAsOf: '2026-09-30',
      value: { value: 60_001 },
      gap: { value: 29_999 },
    });
    expect(progress.amount?.percent.lo).toBeCloseTo(66.7, 1);
    expect(progress.amount?.timeGone).toBeCloseTo(74.8, 1);
    expect(progress.amount?.monthsLeft).toBeCloseTo(3, 1);
    expect(progress.amount?.pace?.method).toBe('straight-line');
    expect(progress.pace).toBeUndefined();
    expect(progress.summary).toBe(
      '60,001 of 90,000 vehicles by 30 Sept 2026: 66.7 % after 74.8 % of the time. Acceleration needed, by a straight line that ignores the season.',
    );
  });

  it.each([
    ['within the year (M2b)', '2026', '2026-01/2026-09'],
    ['in eleven months of a year that is over (M2c)', '2025', '2025-01/2025-11'],
  ])('is achieved once it is enough, %s', (_, deadline, period) => {
    const progress = asked(TODAY, [goal({ deadline }, `${deadline}-01-10`), units(91_001, period)]);
    expect(progress.status).toBe('achieved');
  });

  it('has no figure yet where all are of earlier years (M3)', () => {
    const progress = asked(TODAY, [
      goal({ threshold: 50_000 }),
      units(100_001, '2024'),
      units(60_001, '2025'),
    ]);
    expect(progress.status).toBe('not-enough-evidence');
    expect(progress.missing).toContain('No figure for 2026 is recorded.');
  });

  it('is achieved by ten months that are enough, whatever the year before was (A1)', () => {
    const progress = asked(TODAY, [
      goal({ threshold: 1_300_000 }),
      units(1_046_083, '2025', {}, 'confirmed'),
      units(1_310_000, '2026-01/2026-10', {}, 'confirmed'),
    ]);
    expect(progress).toMatchObject({ status: 'achieved', value: { value: 1_310_000 } });
  });

  it('has one verdict as of its newest figure, which ages (A2)', () => {
    const events = [
      goal({ threshold: 1_300_000 }),
      units(1_046_083, '2025', {}, 'confirmed'),
      units(100_300, '2026-01'),
      units(100_300, '2026-02'),
    ];
    const [first, ...later] = ['2026-03-20', '2026-06-20', '2026-09-20', '2026-11-20'].map((on) =>
      asked(on, events),
    );
    for (const each of later)
      expect([each.status, each.statusAsOf, each.amount]).toEqual([
        first?.status,
        '2026-02-28',
        first?.amount,
      ]);
    expect(first?.staleness?.age).toBe('current');
    expect(later.at(-1)?.staleness?.age).toBe('newer-figures-due');
  });

  it('is 58.0 % after 49.6 % of the year, by its own half-year and no other (A3)', () => {
    const progress = asked('2025-07-05', [
      goal({ threshold: 800_000, deadline: '2025' }, '2025-01-10'),
      units(700_001, '2024-04/2025-03'),
      units(464_266, '2025-01/2025-06'),
    ]);
    expect(progress.amount?.percent.lo).toBeCloseTo(58.0, 1);
    expect(progress.amount?.timeGone).toBeCloseTo(49.6, 1);
    expect(progress.status).toBe('on-track');
  });

  it('is achieved by nine months that are enough (A4)', () => {
    const events = [
      goal({ threshold: 122_000, deadline: '2011' }, '2011-01-10'),
      units(122_441, '2011-01/2011-09'),
    ];
    expect(asked('2011-10-05', events).status).toBe('achieved');
  });

  it('cancels the season where the year before is known', () => {
    // 30,001 by June, against 40,001 by June and 100,001 in total last year: then, the rest was 1.5 times the
    // first half.
    const progress = asked(TODAY, [
      goal({ threshold: 75_000 }),
      units(40_001, '2025-01/2025-06'),
      units(100_001, '2025'),
      units(30_001, '2026-01/2026-06'),
    ]);
    // Γ = (30,001 × 60,000) / (40,001 × 44,999) = 1.00003.
    expect(progress.amount?.pace).toMatchObject({ method: 'season-adjusted' });
    expect(progress.amount?.pace?.middle).toBeCloseTo(1, 3);
    expect(progress.status).toBe('on-track');
  });

  it('has no band before two months are in', () => {
    const progress = asked(TODAY, [goal(), units(12_001, '2026-01')]);
    expect(progress).toMatchObject({ status: 'not-enough-evidence', value: { value: 12_001 } });
  });

  it('is missed where figures cover the year and it is not enough, and met when set where it was', () => {
    expect(asked(TODAY, [goal({ deadline: '2025' }, '2025-01-10'), units(45_008, '2025')]).status).toBe(
      'missed',
    );
    const late = goal({ threshold: 40_000, deadline: '2025' }, '2025-11-10');
    expect(asked(TODAY, [late, units(41_001, '2025-01/2025-09')]).status).toBe('met-when-set');
  });

  it('goes by no exports where a source adds up exports and what is built abroad', () => {
    const progress = asked('2026-11-29', [
      goal({ threshold: 90_000, deadline: '2025', wording: '90,000 in 2025' }, '2025-01-10'),
      units(94_001, '2024', { sumOf: 'exports-and-local-production' }),
      units(80_001, '2025', { basis: 'exports' }),
    ]);
    expect(progress.status).toBe('not-comparable');
    expect(progress.missing.join(' ')).toContain('The figures count exports');
  });

  it('is about reached where the threshold lies inside the rounding (M18)', () => {
    const progress = asked(TODAY, [
      goal({ threshold: 350_000, deadline: '2019' }, '2019-01-10'),
      units(350_000, '2019', { plusMinus: 500 }),
    ]);
    expect(progress.status).toBe('not-enough-evidence');
    expect(progress.summary).toContain('inside the rounding');
    expect(progress.missing).toContain('The threshold lies inside the rounding of the figure.');
  });
});

describe('a cumulative amount', () => {
  const over = { threshold: 100_000, deadline: '2030-05' };

  it.each([
    ['stated', { ...over, kind: 'cumulative', period: '2025-05/2030-04' }],
    ['said in its words', { ...over, wording: '100,000 over five years' }],
  ])('is counted from its first day on, its kind %s (M4)', (_, terms) => {
    const progress = asked(TODAY, [goal(terms, '2025-05'), units(30_001, '2025-05/2026-04')]);
    expect(progress).toMatchObject({ kind: 'cumulative', value: { value: 30_001 } });
    expect(progress.amount?.percent.lo).toBeCloseTo(30, 1);
    expect(progress.amount?.timeGone).toBeCloseTo(20, 0);
    expect(progress.status).toBe('on-track');
  });
});
