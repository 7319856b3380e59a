import { automakerFrom } from '../../../src/domain/state/automaker.js';
import { exactly } from '../../../src/domain/measures/bounds.js';
import { CHOOSING_RULES, type ChoosingRule } from '../../../src/domain/measures/flows.js';
import { observedPace, paceRatio, requiredPace } from '../../../src/domain/goals/pace.js';
import { progressOf, type Progress } from '../../../src/domain/goals/progress.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { given, proposal, registered } from '../given-when-then.js';

const goal = (over: object = {}): Proposal =>
  proposal('TargetSet', '2025-01-10', {
    target: 'goal',
    measure: 'overseas-units',
    threshold: 60_000,
    unit: 'units',
    deadline: '2030/2032',
    wording: 'sixty thousand a year abroad by the early 2030s',
    ...over,
  });

const units = (value: number, period: string, publishedOn: string, over: object = {}): Proposal =>
  proposal(
    'FigureReported',
    publishedOn,
    { measure: 'overseas-units', value, plusMinus: 0, period, basis: 'deliveries', ...over },
    {
      evidence: [
        { url: `https://example.com/${publishedOn}`, publisher: 'E', publishedOn, grade: 'reported' },
      ],
    },
  );

function progress(on: string, proposals: readonly Proposal[], rule?: ChoosingRule): Progress {
  const { state } = given(registered, ...proposals);
  const automaker = automakerFrom('xpeng', state);
  const record = automaker?.targets[0];
  if (!automaker || !record) throw new Error('the specification sets no target');
  return progressOf(automaker, record, on, rule);
}

describe('the required pace of XPeng, at 10.48 % at the end of 2025', () => {
  const share = exactly((100 * 45_008) / 429_445);
  const to = (by: string) => requiredPace(share, '2025-12-31', 50, by, true);

  it.each([
    // (50 − 10.4805) / 5.00 years = 7.90 points; logit 50 % − logit 10.48 % = 2.1451, / 5.00 = 0.4290: odds × 1.54.
    ['2030-12-31', 7.9, 1.54],
    // 39.5195 / 7.00 = 5.65; 2.1451 / 7.00 = 0.3064: odds × 1.36.
    ['2032-12-31', 5.65, 1.36],
    // 39.5195 / 9.92 years from Nov 2025 to the end of a decade = 3.98; 2.1451 / 9.92 = 0.2163: odds ×
    // 1.24.
    ['2035-11-30', 3.98, 1.24],
  ])('to %s is %d points a year, and odds × %d', (by, points, odds) => {
    const required = to(by);
    expect(required?.perYear.lo).toBeCloseTo(points, 1);
    expect(Math.exp(required?.logOddsPerYear?.lo ?? 0)).toBeCloseTo(odds, 2);
  });

  it('is none to a day that is over', () => {
    expect(to('2025-12-31')).toBeUndefined();
  });
});

describe('the pace ratio', () => {
  it('divides what was observed by what is required, by all that the bounds allow', () => {
    // Observed: from 20–22 to 30 in a year: 8 to 10. Required: (50 − 30) / 2 = 10 per year. Ratio 0.8 to 1,
    // middle 0.9.
    const observed = observedPace({ lo: 20, hi: 22 }, '2024-01-01', exactly(30), '2025-01-01');
    const required = requiredPace(exactly(30), '2025-01-01', 50, '2027-01-01', false);
    const ratio = observed && required && paceRatio(observed, required);
    expect(ratio?.lo).toBeCloseTo(0.8, 2);
    expect(ratio?.hi).toBeCloseTo(1, 2);
    expect(ratio?.middle).toBeCloseTo(0.9, 2);
    expect(ratio?.bands).toEqual({ lowest: 'acceleration-needed', highest: 'on-track' });
  });
});

describe('figures that contradict each other', () => {
  const reports = [
    goal(),
    units(40_000, '2025', '2026-01-10'),
    units(45_000, '2025', '2026-03-01', { plusMinus: 100 }),
  ];

  it.each([
    ['best-evidence-first', 45_000],
    ['latest-first', 45_000],
    ['most-conservative', 40_000],
  ] as const)('are chosen between by %s, and none is lost', (rule, value) => {
    const answer = progress('2026-06-30', reports, rule);
    expect(answer.rule).toBe(rule);
    expect(answer.value?.value).toBe(value);
    const used = answer.value?.inputs.flatMap(({ events }) => events) ?? [];
    expect(new Set([...used, ...(answer.value?.conflicts ?? [])]).size).toBe(2);
  });

  it('are chosen between by best evidence where nothing else is asked for', () => {
    expect(progress('2026-06-30', reports)).toEqual(progress('2026-06-30', reports, CHOOSING_RULES[0]));
  });
});

describe('the proof of a flow', () => {
  it('adds bounds of reports up to the bounds of the value', () => {
    const answer = progress('2026-12-31', [
      goal(),
      units(40_000, '2025-01-01/2025-12-31', '2026-01-10', { plusMinus: 500 }),
      units(10_000, '2025-01-01/2025-06-30', '2025-07-10', { plusMinus: 50 }),
      units(21_000, '2026-01-01/2026-06-30', '2026-07-10'),
    ]);
    // Jul 2025 to Jun 2026: the year minus its first half, plus the following first half. lo = 39,500 −
    // 10,050 + 21,000 = 50,450; hi = 40,500 − 9,950 + 21,000 = 51,550.
    expect(answer.value).toMatchObject({ first: '2025-07-01', last: '2026-06-30', lo: 50_450, hi: 51_550 });
    const [input] = answer.value?.inputs ?? [];
    const sum = (end: 'lo' | 'hi') =>
      input?.proof?.[end].reduce((total, { sign, units: each }) => total + sign * each, 0);
    expect([sum('lo'), sum('hi')]).toEqual([50_450, 51_550]);
  });
});

describe('calendar years', () => {
  it('are told where the figures cover them in full, and no others', () => {
    const answer = progress('2026-12-31', [
      goal(),
      units(30_000, '2024', '2025-01-10'),
      units(30_000, '2025-01-01/2025-09-30', '2025-10-10'),
      units(15_000, '2025-10-01/2025-12-31', '2026-01-10'),
      units(20_000, '2026-01-01/2026-06-30', '2026-07-10'),
    ]);
    expect(answer.calendarYears?.map(({ first, value }) => [first, value])).toEqual([
      ['2024-01-01', 30_000],
      ['2025-01-01', 45_000],
    ]);
  });

  it('are none of a level', () => {
    const level = proposal('FigureReported', '2025-12-31', {
      measure: 'overseas-markets',
      value: 60,
      asOf: '2025-12-31',
    });
    const markets = goal({ measure: 'overseas-markets', threshold: 80, unit: 'markets' });
    expect(progress('2026-12-31', [markets, level]).calendarYears).toBeUndefined();
  });
});
