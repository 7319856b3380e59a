import { outcomesInWords } from '../../../src/domain/goals/tally.js';
import type { Status } from '../../../src/domain/goals/status.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { proposal } from '../given-when-then.js';
import { asked, figure, goal, units } from './goal.js';

const TODAY = '2026-11-29';
const OCTOBER_ON = '2025-10/2026-09';
const of2026 = goal({ kind: 'amount', period: '2026' });
const of2025 = (over: object = {}) =>
  goal({ kind: 'amount', period: '2025', deadline: '2025', ...over }, '2025-01-10');
const cumulative = goal({ kind: 'cumulative', period: '2025/2027', deadline: '2027' }, '2025-01-10');
const rate = (over: object = {}) => goal({ kind: 'rate', deadline: '2030', ...over }, '2024-01-10');
const share = (over: object = {}) =>
  goal(
    { measure: 'overseas-sales-share', threshold: 50, unit: 'percent', deadline: '2033', ...over },
    '2024-01-10',
  );
const printed = (value: number, period: string, over: object = {}) =>
  figure({ measure: 'overseas-sales-share', value, period, ...over });
const stores = (over: object = {}, saidOn = '2024-06-10') =>
  goal({ measure: 'overseas-stores', threshold: 300, unit: 'stores', deadline: '2027', ...over }, saidOn);
const told = (value: number, asOf: string, over: object = {}) =>
  figure({ measure: 'overseas-stores', value, asOf, ...over });
const plants = (threshold: number) =>
  goal({ measure: 'production-sites', threshold, unit: 'sites', deadline: '2025-12' }, '2022-01-10');
const started = (market: string, on: string) =>
  proposal('ProductionStarted', on, { site: `xpeng-${market.toLowerCase()}`, market, process: 'ckd' });
const presence = goal(
  { measure: 'market-presence', market: 'CH', threshold: 1, unit: 'markets', deadline: '2025-06' },
  '2025-01-10',
);
const entered = (on: string) => proposal('MarketEntered', on, { market: 'CH', entryMode: 'distributor' });
const withdrawn = proposal('TargetWithdrawn', '2026-05-01', { target: 'goal', reason: 'other plans' });

/**
 * Covers every kind of goal in every status. Each sentence must be one that a careful author would publish.
 */
describe('what is said of a goal, by its kind and how it stands', () => {
  it.each<[string, Status, string, readonly Proposal[]]>([
    [
      'an amount',
      'achieved',
      '91,001 vehicles from 1 Jan 2026 to 30 Sept 2026, against a goal of 90,000. Achieved by 30 Sept 2026.',
      [of2026, units(91_001, '2026-01/2026-09')],
    ],
    [
      'an amount',
      'achieved',
      'More than 300,000 vehicles from 1 Jan 2026 to 30 Sept 2026, against a goal of 90,000. Achieved by 30 Sept 2026.',
      [of2026, units(300_000, '2026-01/2026-09', { qualifier: 'more-than' })],
    ],
    [
      'an amount',
      'missed',
      '60,001 of 90,000 vehicles in 2025: 66.7 %. Missed.',
      [of2025(), units(60_001, '2025')],
    ],
    [
      'an amount',
      'acceleration-needed',
      '60,001 of 90,000 vehicles by 30 Sept 2026: 66.7 % after 74.8 % of the time. Acceleration needed, by a straight line that ignores the season.',
      [of2026, units(60_001, '2026-01/2026-09')],
    ],
    [
      'an amount whose year is over',
      'on-track',
      '85,001 of 90,000 vehicles by 30 Nov 2025: 94.4 % after 91.5 % of the time. On track, by a straight line that ignores the season. No later figure says how it ended.',
      [of2025(), units(85_001, '2025-01/2025-11')],
    ],
    [
      'an amount',
      'between-bands',
      '50,000 to 70,000 of 90,000 vehicles by 30 Sept 2026: 55.6 to 77.8 % after 74.8 % of the time. Between acceleration needed and on track.',
      [
        of2026,
        figure({
          measure: 'overseas-units',
          qualifier: 'between',
          from: 50_000,
          to: 70_000,
          period: '2026-01/2026-09',
        }),
      ],
    ],
    [
      'an amount',
      'not-enough-evidence',
      'More than 60,000 of 90,000 vehicles from 1 Jan 2026 to 30 Sept 2026.',
      [of2026, units(60_000, '2026-01/2026-09', { qualifier: 'more-than' })],
    ],
    ['an amount', 'not-enough-evidence', 'No figure bears on the goal of 90,000 vehicles in 2026.', [of2026]],
    [
      'an amount by rumour',
      'not-enough-evidence',
      'By rumour alone, 91,001 vehicles from 1 Jan 2026 to 30 Sept 2026, against a goal of 90,000.',
      [of2026, units(91_001, '2026-01/2026-09', {}, 'rumoured')],
    ],
    [
      'an amount',
      'withdrawn',
      '60,001 of 90,000 vehicles by 30 Sept 2026: 66.7 % after 74.8 % of the time. Withdrawn.',
      [of2026, units(60_001, '2026-01/2026-09'), withdrawn],
    ],
    [
      'an amount "up to" so many',
      'not-enough-evidence',
      '60,001 of up to 90,000 vehicles in 2025: 66.7 %. A goal of “up to” so many is not missed by fewer.',
      [of2025({ qualifier: 'up-to' }), units(60_001, '2025')],
    ],
    [
      'an amount',
      'not-comparable',
      'Counted another way, it was 91,001 vehicles in 2025. It is not compared with the goal.',
      [of2025(), units(91_001, '2025', { basis: 'production' })],
    ],
    [
      'a cumulative amount',
      'acceleration-needed',
      '45,008 of 90,000 vehicles by 30 Nov 2026: 50 % after 63.8 % of the time. Acceleration needed, by a straight line that ignores the season.',
      [cumulative, units(45_008, '2025-01/2026-11')],
    ],
    [
      'a rate',
      'on-track',
      '60,001 of 90,000 vehicles in 2025. On track.',
      [rate(), units(40_001, '2023'), units(50_001, '2024'), units(60_001, '2025')],
    ],
    [
      'a rate',
      'deteriorating',
      '40,001 of 90,000 vehicles in 2025. Deteriorating.',
      [rate(), units(60_001, '2023'), units(50_001, '2024'), units(40_001, '2025')],
    ],
    [
      'a rate that was not held',
      'achieved',
      '45,001 of 50,000 vehicles in 2025. Achieved by 31 Dec 2024; it was not held until the deadline.',
      [rate({ threshold: 50_000, deadline: '2025' }), units(60_001, '2024'), units(45_001, '2025')],
    ],
    [
      'a rate',
      'not-enough-evidence',
      'No figure bears on the goal of 90,000 vehicles a year by 2030.',
      [rate()],
    ],
    [
      'a rate',
      'achieved',
      '95,001 vehicles in 2025, against a goal of 90,000 a year. Achieved by 31 Dec 2025.',
      [rate(), units(95_001, '2025')],
    ],
    [
      'a share',
      'met-when-set',
      'At least 50 % in 2023, against a goal of at least 33.3 %. It was met already when it was set. There is no current evidence: this is as of 31 Dec 2023.',
      [share({ threshold: 33.3, qualifier: 'at-least' }), printed(50, '2023', { qualifier: 'more-than' })],
    ],
    [
      'a share',
      'deteriorating',
      '10.5 % in 2025, against a goal of 50 %. Deteriorating.',
      [share(), printed(13, '2024'), printed(10.5, '2025')],
    ],
    [
      'a share',
      'not-comparable',
      'Counted another way, it was 39.7 % in 2025. It is not compared with the goal.',
      [share(), printed(39.7, '2025', { basis: 'revenue' })],
    ],
    [
      'a share',
      'not-enough-evidence',
      'About 50 % in 2025, against a goal of 50 %. The threshold lies inside the rounding of the figure: whether it was reached cannot be said.',
      [share({ period: '2025', deadline: '2025' }), printed(50, '2025')],
    ],
    [
      'a level',
      'achieved',
      '330 stores on 1 Jun 2026, against a goal of 300. Achieved by 1 Jun 2026.',
      [stores(), told(330, '2026-06-01')],
    ],
    [
      'a level',
      'missed',
      '150 of 300 stores on 9 Jan 2026. Missed.',
      [stores({ deadline: '2025-12-31' }), told(150, '2026-01-09')],
    ],
    [
      'a level',
      'missed',
      'Fewer than 300 of 300 stores on 31 Dec 2025. Missed.',
      [stores({ deadline: '2025-12-31' }), told(300, '2025-12-31', { qualifier: 'less-than' })],
    ],
    [
      'a level',
      'between-bands',
      '180 of 300 stores on 1 Jun 2026. Between limited and on track.',
      [stores(), told(100, '2024-06-01'), told(150, '2025-06-01'), told(180, '2026-06-01')],
    ],
    [
      'a level',
      'not-enough-evidence',
      '1 of 2 stores on 30 Jun 2024. No later figure says how it ended.',
      [stores({ threshold: 2, deadline: '2024-12' }, '2024-01-01'), told(1, '2024-06-30')],
    ],
    [
      'a plant that came late',
      'missed',
      'Missed: started late, on 1 Mar 2026.',
      [plants(1), started('EG', '2026-03-01')],
    ],
    [
      'two plants of which one came late',
      'missed',
      'Missed: the last that was needed started late, on 1 Mar 2026.',
      [plants(2), started('EG', '2025-01'), started('ID', '2026-03-01')],
    ],
    ['presence', 'achieved', 'Achieved by 26 May 2025.', [presence, entered('2025-05-26')]],
    ['presence', 'missed', 'Missed: entered late, in Sept 2025.', [presence, entered('2025-09')]],
    ['presence', 'met-when-set', 'It was met already when it was set.', [presence, entered('2024-09-26')]],
    [
      'presence',
      'not-enough-evidence',
      'An entry is logged; whether it was in time is not known.',
      [presence, entered('2025')],
    ],
    ['presence', 'not-enough-evidence', 'No entry is logged.', [presence]],
  ])('%s, %s: %s', (_, status, summary, events) => {
    expect(asked(TODAY, events)).toMatchObject({ status, summary });
  });

  it('dates a verdict that has aged, and says when newer figures are due', () => {
    const monthly = [
      goal({ kind: 'amount', period: '2026' }),
      ...['01', '02', '03'].map((month) => units(6_001, `2026-${month}`)),
    ];
    expect(asked('2026-06-30', monthly).summary).toMatch(/As of 31 Mar 2026; newer figures are due\.$/);
    expect(asked(TODAY, [rate(), units(60_001, OCTOBER_ON)]).summary).toBe(
      '60,001 of 90,000 vehicles from 1 Oct 2025 to 30 Sept 2026.',
    );
  });
});

describe('how several goals came out', () => {
  it.each<[readonly Status[], string]>([
    [['achieved', 'not-enough-evidence'], '1 was met and 1 cannot be judged'],
    [['met-when-set', 'achieved', 'missed'], '2 were met and 1 was missed'],
    [
      ['missed', 'on-track', 'between-bands', 'not-comparable', 'withdrawn'],
      '1 was missed, 1 was withdrawn, 2 have no end in the figures yet and 1 cannot be judged',
    ],
  ])('counts each of %j', (statuses, words) => {
    expect(outcomesInWords(statuses)).toBe(words);
  });
});
