import { proposal } from '../given-when-then.js';
import { asked, figure, goal, units } from './goal.js';

const TODAY = '2026-11-29';
const of2026 = (over: object = {}) => goal({ kind: 'amount', period: '2026', ...over });
const of2025 = (over: object = {}) =>
  goal({ kind: 'amount', period: '2025', deadline: '2025', ...over }, '2025-01-10');
const level = (measure: string, value: number, asOf: string, over: object = {}) =>
  figure({ measure, value, asOf, ...over });

/** Sentences about less common kinds of figures and goals. */
describe('what is said of a goal', () => {
  it('is as of the newest figure where those before it leave a gap', () => {
    const some = [of2026(), units(50_001, '2026-01/2026-03')];
    const little = asked(TODAY, [...some, units(21_001, '2026-07/2026-09')]);
    expect(little).toMatchObject({
      status: 'not-enough-evidence',
      statusAsOf: '2026-09-30',
      summary: 'At least 71,002 of 90,000 vehicles from 1 Jan 2026 to 30 Sept 2026.',
    });
    const enough = asked(TODAY, [...some, units(41_001, '2026-07/2026-09')]);
    expect(enough).toMatchObject({ status: 'achieved', reachedOn: '2026-09-30' });
  });

  it('takes what is left of a year from twelve months that cross it', () => {
    const events = [of2025({ threshold: 50_000 }), units(60_001, '2024-07/2025-06')];
    expect(asked(TODAY, events).status).toBe('not-enough-evidence');
    expect(asked(TODAY, [...events, units(1_001, '2024-07/2024-12')])).toMatchObject({
      status: 'achieved',
      value: { value: 59_000, last: '2025-06-30' },
    });
  });

  it('is missed where a source says that it was less', () => {
    expect(asked(TODAY, [of2025(), units(80_000, '2025', { qualifier: 'less-than' })])).toMatchObject({
      status: 'missed',
      summary: 'Fewer than 80,000 of 90,000 vehicles in 2025: at most 88.9 %. Missed.',
    });
  });

  it('is not known where the threshold lies between the ends of an interval, which is no rounding', () => {
    const interval = {
      measure: 'overseas-units',
      qualifier: 'between',
      from: 85_000,
      to: 95_000,
      period: '2025',
    };
    expect(asked(TODAY, [of2025(), figure(interval)]).summary).toContain(
      'The threshold lies within what the figures allow: whether it was reached cannot be said.',
    );
  });

  it('names a rumour where there is nothing else', () => {
    const progress = asked(TODAY, [
      goal(
        { measure: 'overseas-sales-share', threshold: 30, unit: 'percent', deadline: '2026' },
        '2025-01-10',
      ),
      figure({ measure: 'overseas-sales-share', value: 35, period: '2025' }, 'rumoured'),
    ]);
    expect(progress).toMatchObject({ status: 'not-enough-evidence' });
    expect(progress.summary).toMatch(/^By rumour alone, /);
  });

  it('of a level that is told as about the threshold on the deadline is that, and final', () => {
    const progress = asked(TODAY, [
      goal(
        { measure: 'overseas-stores', threshold: 300, unit: 'stores', deadline: '2025-12-31' },
        '2025-01-10',
      ),
      level('overseas-stores', 300, '2025-12-31', { qualifier: 'about' }),
    ]);
    expect(progress.status).toBe('not-enough-evidence');
    expect(progress.summary).toContain('inside the rounding of the figure');
    expect(progress.missing.join(' ')).not.toContain('The deadline is over');
  });

  it('of "double" is told by what the base comes to, where that has been corrected', () => {
    const events = [
      goal(
        {
          threshold: 90_000,
          kind: 'amount',
          deadline: '2025',
          wording: 'double in 2025',
          relativeTo: { factor: 2, period: '2024' },
        },
        '2025-01-10',
      ),
      units(85_001, '2025'),
    ];
    const asSaid = asked(TODAY, [...events, units(45_008, '2024')]);
    expect(asSaid).toMatchObject({ status: 'missed', gap: { value: 4_999 } });
    expect(asSaid.summary).toContain('85,001 of 90,000 vehicles');
    const corrected = asked(TODAY, [...events, units(40_008, '2024', {}, 'confirmed')]);
    expect(corrected).toMatchObject({ status: 'achieved', gap: { value: -4_985 } });
    expect(corrected.summary).toContain('85,001 vehicles in 2025, against a goal of 80,016');
    expect(corrected.missing).toContain('The words said 90,000; by what 2024 comes to now it is 80,016.');
  });

  it('of a level that was reached and not held says both', () => {
    const progress = asked(TODAY, [
      goal(
        { measure: 'overseas-stores', threshold: 100, unit: 'stores', deadline: '2026-06-30' },
        '2024-01-10',
      ),
      level('overseas-stores', 105, '2025-06-30'),
      level('overseas-stores', 70, '2026-06-30'),
    ]);
    expect(progress.status).toBe('missed');
    expect(progress.missing).toContain('It was reached by 30 Jun 2025 and not held until the deadline.');
  });

  it('of a level of which only the least is told on the deadline says that', () => {
    const progress = asked(TODAY, [
      goal(
        { measure: 'overseas-stores', threshold: 100, unit: 'stores', deadline: '2025-12-31' },
        '2025-01-10',
      ),
      level('overseas-stores', 90, '2025-12-31', { qualifier: 'more-than' }),
    ]);
    expect(progress.status).toBe('not-enough-evidence');
    expect(progress.missing).toContain('Only the least is told; whether there were more is not.');
  });

  it('of markets that were entered and left again before the deadline is not reached by them', () => {
    const events = [
      goal(
        { measure: 'overseas-markets', threshold: 3, unit: 'markets', deadline: '2025-12-31' },
        '2024-01-10',
      ),
      ...['NO', 'DE', 'SE'].map((market) =>
        proposal('MarketEntered', '2024-05-01', { market, entryMode: 'distributor' }),
      ),
    ];
    const left = (on: string) => proposal('MarketExited', on, { market: 'SE', reason: 'no demand' });
    const progress = asked(TODAY, [...events, left('2025-03-01')]);
    expect(progress).toMatchObject({ status: 'not-enough-evidence', value: { lo: 2 } });
    expect(progress.missing).toContain(
      'It was reached by 1 May 2024, by what is logged one by one, and not held: 2 are logged on 1 Mar 2025.',
    );
    const one = goal(
      { measure: 'overseas-markets', threshold: 1, unit: 'markets', deadline: '2025-12-31' },
      '2024-01-10',
    );
    const [, , , entered] = events;
    expect(entered && asked(TODAY, [one, entered, left('2025-03-01')]).status).toBe('not-enough-evidence');
    // A market that was left only after the deadline still counted at the deadline.
    expect(asked(TODAY, [...events, left('2026-03-01')]).status).toBe('achieved');
  });

  it('tells where more is logged one by one than a figure says', () => {
    const progress = asked(TODAY, [
      goal({ measure: 'overseas-markets', threshold: 10, unit: 'markets', deadline: '2027' }, '2024-01-10'),
      level('overseas-markets', 1, '2025-06-30'),
      ...['NO', 'DE'].map((market) =>
        proposal('MarketEntered', '2024-05-01', { market, entryMode: 'distributor' }),
      ),
    ]);
    expect(progress.missing).toContain('2 were logged one by one by then, more than the figure says.');
    expect(progress.logged?.notLogged).toBeUndefined();
  });

  it('of a plant that ran and ended before the deadline did not start late', () => {
    const events = [
      goal(
        { measure: 'production-sites', threshold: 1, unit: 'sites', market: 'TH', deadline: '2026-06' },
        '2024-01-10',
      ),
      proposal('ProductionStarted', '2025-01-10', { site: 'a', market: 'TH', process: 'ckd' }),
      proposal('ProductionEnded', '2025-09-10', { site: 'a' }),
    ];
    const progress = asked(TODAY, events);
    expect(progress.status).toBe('not-enough-evidence');
    expect(progress.missing.join(' ')).toContain(
      'It was reached by 10 Jan 2025, by what is logged one by one, and not held: 0 are logged on 10 Sept 2025.',
    );
    const again = proposal('ProductionStarted', '2026-08-10', { site: 'b', market: 'TH', process: 'ckd' });
    expect(asked(TODAY, [...events, again])).toMatchObject({ status: 'missed', late: { on: '2026-08-10' } });
  });

  it('of two plants is missed where the second started after the deadline', () => {
    const started = (site: string, on: string) => proposal('ProductionStarted', on, { site, market: 'TH' });
    const progress = asked(TODAY, [
      goal(
        { measure: 'production-sites', threshold: 2, unit: 'sites', market: 'TH', deadline: '2025' },
        '2024-06-26',
      ),
      started('a', '2025-01'),
      started('b', '2026-03'),
    ]);
    expect(progress).toMatchObject({ status: 'missed', late: { on: '2026-03' } });
    expect(progress.missing).toContain(
      'One was logged as running by the deadline; the last that was needed started in Mar 2026.',
    );
  });

  it('tells that sources disagree on the year before', () => {
    const share = (value: number, period: string) =>
      figure({ measure: 'overseas-sales-share', value, period });
    const progress = asked(TODAY, [
      goal(
        { measure: 'overseas-sales-share', threshold: 50, unit: 'percent', deadline: '2036' },
        '2025-01-10',
      ),
      share(10, '2024'),
      share(13, '2024'),
      share(12, '2025'),
    ]);
    expect(progress.status).toBe('between-bands');
    expect(progress.missing).toContain(
      'Sources disagree on the value a year earlier: the pace spans what they say.',
    );
  });

  it('is of a quarter where the goal is for that quarter, printed or worked out', () => {
    const share = goal({
      measure: 'overseas-sales-share',
      threshold: 20,
      unit: 'percent',
      period: '2026-01/2026-03',
      deadline: '2026-03',
    });
    const printed = figure({ measure: 'overseas-sales-share', value: 24, period: '2026-01/2026-03' });
    expect(asked(TODAY, [share, printed])).toMatchObject({
      status: 'achieved',
      value: { lo: 23.5, hi: 24.5 },
      summary: 'About 24 % from 1 Jan 2026 to 31 Mar 2026, against a goal of 20 %. Achieved by 31 Mar 2026.',
    });
    const units3 = [
      units(15_001, '2026-01/2026-03'),
      figure({ measure: 'total-units', value: 100_001, period: '2026-01/2026-03' }),
    ];
    expect(asked(TODAY, [share, ...units3])).toMatchObject({ status: 'missed' });
    const ofTheYear = figure({ measure: 'overseas-sales-share', value: 24, period: '2025-04/2026-03' });
    expect(asked(TODAY, [share, ofTheYear])).toMatchObject({
      status: 'not-enough-evidence',
      missing: expect.arrayContaining([
        'No share of 1 Jan 2026 to 31 Mar 2026 is recorded, and that of another time says nothing of it.',
      ]),
    });
  });

  it('shows the units of part of a year that count something else, and does not compare them', () => {
    expect(asked(TODAY, [of2026(), units(91_001, '2026-01/2026-09', { basis: 'production' })])).toMatchObject(
      {
        status: 'not-comparable',
        value: { value: 91_001, isProxy: true, last: '2026-09-30' },
      },
    );
  });

  it.each([
    ['more than 15 %', { value: 15, qualifier: 'more-than' }, 15, 'At least 15 %'],
    ['less than 15 %', { value: 15, qualifier: 'less-than' }, 15, 'At most 15 %'],
    ['14 to 16 %', { qualifier: 'between', from: 14, to: 16 }, 15, '14 to 16 %'],
  ])('shows the end that a source gives, and no middle that nobody said: %s', (_, said, value, words) => {
    const share = goal({ measure: 'overseas-sales-share', threshold: 50, unit: 'percent', deadline: '2033' });
    const progress = asked(TODAY, [
      share,
      figure({ measure: 'overseas-sales-share', period: '2025', ...said }),
    ]);
    expect(progress.value?.value).toBe(value);
    expect(progress.summary).toContain(`${words} in 2025, against a goal of 50 %.`);
  });

  it('holds a share that is said to be less than the goal for short of it', () => {
    const share = goal(
      { measure: 'overseas-sales-share', threshold: 50, unit: 'percent', period: '2025', deadline: '2025' },
      '2024-01-10',
    );
    const told = (said: object) =>
      asked(TODAY, [share, figure({ measure: 'overseas-sales-share', period: '2025', ...said })]);
    expect(told({ value: 50, qualifier: 'less-than' })).toMatchObject({
      status: 'missed',
      heldAtDeadline: false,
    });
    expect(told({ value: 51, qualifier: 'less-than' })).toMatchObject({ status: 'not-enough-evidence' });
    expect(told({ qualifier: 'between', from: 40, to: 50 })).toMatchObject({ status: 'not-enough-evidence' });
  });

  it('does not blame rounding where "about" was reached', () => {
    const about = of2025({ threshold: 350_000, qualifier: 'about' });
    expect(asked(TODAY, [about, units(350_000, '2025')])).toMatchObject({ status: 'achieved', missing: [] });
  });

  it('of a rate goes by a year of which only the least is told', () => {
    const rate = goal({ kind: 'rate', threshold: 50_000, deadline: '2026' }, '2025-01-10');
    const more = (value: number, period: string) => units(value, period, { qualifier: 'more-than' });
    expect(asked(TODAY, [rate, more(50_000, '2025')])).toMatchObject({
      status: 'achieved',
      reachedOn: '2025-12-31',
      summary: 'More than 50,000 vehicles in 2025, against a goal of 50,000 a year. Achieved by 31 Dec 2025.',
    });
    expect(asked(TODAY, [rate, units(40_001, '2024'), more(50_000, '2025')])).toMatchObject({
      status: 'achieved',
      value: { lo: 50_001, last: '2025-12-31' },
    });
    expect(asked(TODAY, [rate, more(40_000, '2025')])).toMatchObject({
      status: 'not-enough-evidence',
      summary: 'More than 40,000 of 50,000 vehicles in 2025.',
    });
    expect(asked(TODAY, [rate, more(60_000, '2024')])).toMatchObject({ status: 'met-when-set' });
  });

  it('blames no rounding where a source states a narrow range', () => {
    const share = goal(
      { measure: 'overseas-sales-share', threshold: 50, unit: 'percent', deadline: '2025' },
      '2024-01-10',
    );
    const told = (said: object) =>
      asked(TODAY, [share, figure({ measure: 'overseas-sales-share', period: '2025', ...said })]).missing;
    expect(told({ qualifier: 'between', from: 48, to: 52 })).toEqual([
      'The threshold lies within what the figures allow.',
    ]);
    expect(told({ value: 50 })).toEqual(['The threshold lies inside the rounding of the figure.']);
  });

  it('says of what a figure is missing, where there are figures of something else', () => {
    const missing = (over: object, figureOver: object) =>
      asked(TODAY, [of2025(over), units(95_001, '2025', figureOver)]).missing;
    const OTHER = 'No figure for 2025 is recorded of what the goal counts.';
    const PARTS =
      'No figure for 2025 is recorded of all that the goal counts; what is recorded is of parts of it.';
    expect(missing({ vehicles: 'new-energy' }, {})).toContain(OTHER);
    expect(missing({ entity: 'mona' }, {})).toContain(OTHER);
    expect(missing({}, { entity: 'mona' })).toContain(PARTS);
    expect(missing({ threshold: 900_000 }, { vehicles: 'new-energy' })).not.toContain(OTHER);
    expect(asked(TODAY, [of2025()]).missing).toContain('No figure for 2025 is recorded.');
  });

  it('says of a share of one year what is missing, though there is one of another year', () => {
    const share = (period: string, over: object = {}) =>
      figure({ measure: 'overseas-sales-share', value: 25, period, ...over });
    const missing = (...told: Parameters<typeof asked>[1]) =>
      asked(TODAY, [
        goal({
          measure: 'overseas-sales-share',
          threshold: 20,
          unit: 'percent',
          period: '2026',
          deadline: '2026',
        }),
        ...told,
      ]).missing;
    expect(missing(share('2025'))).toContain(
      'No share of 2026 is recorded, and that of another time says nothing of it.',
    );
    expect(missing(share('2026-01/2026-09'))).toContain(
      'The figures cover less than twelve months, and a part of a year is not a year.',
    );
  });
});
