import type { Status } from '../../../src/domain/goals/status.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { MOST_COUNTED } from '../../../src/domain/goals/by-wholes.js';
import { asked, figure, goal, units } from './goal.js';

const TODAY = '2026-11-29';
const of2025 = (over: object = {}) =>
  goal({ kind: 'amount', period: '2025', deadline: '2025', threshold: 80_000, ...over }, '2025-01-10');
const sold = (market: string, value: number, over: object = {}) =>
  figure({ measure: 'market-units', market, value, period: '2025', ...over });
const total = (value: number, over: object = {}) =>
  figure({ measure: 'total-units', value, period: '2025', ...over });
const built = (value: number) => figure({ measure: 'local-production-units', value, period: '2025' });
const share = (over: object = {}) =>
  goal(
    {
      measure: 'overseas-sales-share',
      threshold: 30,
      unit: 'percent',
      period: '2025',
      deadline: '2025',
      ...over,
    },
    '2025-01-10',
  );

const sumOf = (terms: readonly { sign: number; units: number }[] = []): number =>
  terms.reduce((sum, { sign, units: of }) => sum + sign * of, 0);

/** Goals that no report states directly, but that reports on their parts and wholes decide. */
describe('a goal that parts of a whole decide', () => {
  it.each<[string, Status, readonly [number, number?], readonly Proposal[]]>([
    ['markets that add up', 'achieved', [95_002], [of2025(), sold('DE', 60_001), sold('FR', 35_001)]],
    [
      'a member and its region, which is counted once',
      'not-enough-evidence',
      [0],
      [of2025(), sold('EU', 60_001), sold('DE', 35_001)],
    ],
    [
      'a region by its members',
      'achieved',
      [95_002],
      [of2025({ measure: 'market-units', market: 'EU' }), sold('DE', 60_001), sold('FR', 35_001)],
    ],
    [
      'what is not sold at home',
      'achieved',
      [500_000, 500_000],
      [of2025(), total(1_000_001), sold('CN', 500_001)],
    ],
    ['a total that is too little', 'missed', [0, 60_001], [of2025(), total(60_001)]],
    [
      'a market within all abroad',
      'missed',
      [0, 60_001],
      [of2025({ measure: 'market-units', market: 'DE' }), units(60_001, '2025')],
    ],
    [
      'powertrains',
      'achieved',
      [82_002, 82_002],
      [
        of2025({ vehicles: 'new-energy' }),
        units(50_001, '2025', { vehicles: 'battery-electric' }),
        units(32_001, '2025', { vehicles: 'plug-in-hybrid' }),
      ],
    ],
    ['a brand of a group', 'achieved', [90_001], [of2025(), units(90_001, '2025', { entity: 'brand-a' })]],
    [
      'a yearly rate',
      'achieved',
      [95_002],
      [
        goal({ kind: 'rate', deadline: '2027', threshold: 80_000 }, '2025-01-10'),
        sold('DE', 60_001),
        sold('FR', 35_001),
      ],
    ],
    [
      'a yearly rate at its deadline',
      'missed',
      [0, 60_001],
      [goal({ kind: 'rate', deadline: '2025', threshold: 80_000 }, '2025-01-10'), total(60_001)],
    ],
  ])('%s: %s', (_, status, [lo, hi], events) => {
    const { status: found, value, missing } = asked(TODAY, events);
    expect(found).toBe(status);
    if (status === 'not-enough-evidence') return;
    expect(value).toMatchObject({ lo, ...(hi !== undefined && { hi }) });
    expect(missing.join(' ')).toContain('No source states it');
    // The proof names the inequalities, and is a sum of the reports' bounds.
    const [input] = value?.inputs ?? [];
    expect(input?.inequalities?.join(' ')).toMatch(/ [≥=] /);
    expect([sumOf(input?.proof?.lo), sumOf(input?.proof?.hi)]).toEqual([lo, hi ?? 0]);
    // The order of recording makes no difference.
    const [first, ...figures] = events;
    expect(asked(TODAY, first ? [first, ...figures.reverse()] : [])).toMatchObject({ status, value: { lo } });
  });

  it('is dated by the newest of the parts', () => {
    const events = [
      goal({ kind: 'amount', period: '2026' }),
      sold('DE', 60_001, { period: '2026-01/2026-06' }),
      sold('FR', 35_001, { period: '2026-01/2026-09' }),
    ];
    expect(asked(TODAY, events)).toMatchObject({
      status: 'achieved',
      reachedOn: '2026-09-30',
      statusAsOf: '2026-09-30',
    });
  });

  it('is left to its own figures where more is counted than can be set beside each other in time', () => {
    const parts = [of2025(), sold('DE', 60_001), sold('FR', 35_001)];
    const brands = (count: number) =>
      Array.from({ length: count }, (_, index) => units(1, '2024', { entity: `brand-${index}` }));
    expect(asked(TODAY, [...parts, ...brands(MOST_COUNTED - 2)]).status).toBe('achieved');
    expect(asked(TODAY, [...parts, ...brands(MOST_COUNTED - 1)]).status).toBe('not-enough-evidence');
  });

  it('goes by its own figures where they decide, whatever the parts are', () => {
    const events = [of2025(), units(79_001, '2025'), sold('DE', 60_001), sold('FR', 35_001)];
    expect(asked(TODAY, events).status).toBe('missed');
  });

  it('never counts parts of another basis or vehicle together', () => {
    const events = [
      of2025(),
      sold('DE', 60_001, { basis: 'registrations' }),
      sold('FR', 35_001, { basis: 'exports' }),
    ];
    expect(asked(TODAY, events).status).toBe('not-enough-evidence');
  });

  it('is no share of a year without a total and home, and the share of those where they are told', () => {
    expect(asked(TODAY, [share(), total(1_000_001), sold('CN', 500_001)])).toMatchObject({
      status: 'achieved',
      summary: '50 % in 2025, against a goal of 30 %. Achieved by 31 Dec 2025.',
    });
    expect(asked(TODAY, [share(), sold('CN', 500_001)]).status).toBe('not-enough-evidence');
    const apart = [share(), units(18_001, '2025', { basis: 'deliveries' }), total(100_001)];
    expect(asked(TODAY, apart)).toMatchObject({ summary: 'No figure bears on the goal of 30 % in 2025.' });
  });

  it('is not missed by exports alone where vehicles are built abroad as well', () => {
    const goals = [of2025(), goal({ kind: 'rate', deadline: '2025', threshold: 80_000 }, '2024-01-10')];
    for (const each of goals) {
      const events = [each, units(60_001, '2025', { basis: 'exports' })];
      expect(asked(TODAY, events).status).toBe('missed');
      expect(asked(TODAY, [...events, built(30_001)])).toMatchObject({
        status: 'not-enough-evidence',
        missing: expect.arrayContaining([expect.stringContaining('Exports alone fall short')]),
      });
    }
  });
});
