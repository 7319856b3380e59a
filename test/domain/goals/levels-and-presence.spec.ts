import { proposal } from '../given-when-then.js';
import { asked, figure, goal } from './goal.js';

const TODAY = '2026-11-29';
const level = (measure: string, value: number, asOf: string, grade: 'confirmed' | 'reported' = 'reported') =>
  figure({ measure, value, asOf }, grade);
const storesGoal = (market: string, threshold: number, deadline: string, setOn: string) =>
  goal({ measure: 'overseas-stores', threshold, unit: 'stores', market, deadline }, setOn);
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

  it('that nothing bears on counts none that was opened after its deadline', () => {
    const opened = (on: string) => proposal('ServiceCenterOpened', on, { market: 'NO', city: on });
    const progress = asked(TODAY, [
      goal(
        {
          measure: 'overseas-service-centers',
          threshold: 4,
          unit: 'service-centers',
          market: 'NO',
          deadline: '2023-06',
        },
        '2022-03-01',
      ),
      opened('2026-10-02'),
    ]);
    expect([progress.status, progress.logged?.count ?? 0]).toEqual(['not-enough-evidence', 0]);
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

  it('is not reached by what only rumours tell, until a better source does', () => {
    const stores = goal({ measure: 'overseas-stores', threshold: 8, unit: 'stores' }, '2026-01-10');
    const opened = (...grades: readonly string[]) =>
      proposal(
        'StoreOpened',
        '2026-02-01',
        { market: 'AT', count: 8 },
        {
          evidence: grades.map((grade) => ({
            url: `https://example.com/${grade}`,
            publisher: 'Example',
            grade,
          })) as never,
        },
      );
    expect(asked(TODAY, [stores, opened('rumoured')])).toMatchObject({
      status: 'not-enough-evidence',
      logged: { count: 0 },
    });
    expect(asked(TODAY, [stores, opened('rumoured', 'reported')]).status).toBe('achieved');
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

  it('is at least what is logged, where more is logged by a later day than was last told (GAC, stores in Brazil)', () => {
    const progress = asked(TODAY, [
      storesGoal('BR', 120, '2025-12-31', '2025-06-10'),
      figure({ measure: 'overseas-stores', value: 33, asOf: '2025-05-26', market: 'BR' }),
      proposal('StoreOpened', '2025-05', { market: 'BR', count: 83 }),
    ]);
    expect(progress).toMatchObject({
      status: 'not-enough-evidence',
      statusAsOf: '2025-05-31',
      value: { lo: 83 },
    });
    expect(progress.value?.hi).toBeUndefined();
    expect(progress.summary).toContain('83 of 120 stores by 31 May 2025');
  });

  it('has no band by a later report that tells fewer than were logged before it: sources disagree', () => {
    const progress = asked(TODAY, [
      storesGoal('BR', 120, '2027', '2025-01-10'),
      figure({ measure: 'overseas-stores', value: 30, asOf: '2025-01-05', market: 'BR' }),
      proposal('StoreOpened', '2025-05-02', { market: 'BR', count: 83 }),
      figure({ measure: 'overseas-stores', value: 33, asOf: '2025-05-26', market: 'BR' }),
    ]);
    expect(progress.value).toMatchObject({ lo: 33, hi: 83 });
    expect(progress.value?.conflicts).toHaveLength(1);
    expect(progress.status).toBe('between-bands');
  });

  it('has no band by a figure that is no newer than the goal (Great Wall, dealers in South Africa)', () => {
    const dealers = (value: number, asOf: string) =>
      figure({ measure: 'overseas-stores', value, asOf, market: 'ZA' });
    const events = [
      storesGoal('ZA', 110, '2026-12-31', '2025-12-13'),
      dealers(95, '2022-07-08'),
      dealers(90, '2024-12-20'),
      dealers(96, '2025-12-13'),
    ];
    const progress = asked(TODAY, events);
    expect(progress).toMatchObject({ status: 'not-enough-evidence', value: { value: 96 } });
    expect(progress.pace?.sinceSet).toBeUndefined();
    expect(progress.pace?.lastYear).toBeUndefined();
    expect(progress.missing.join(' ')).toContain('No figure is newer than the goal');
    expect(asked(TODAY, [...events, dealers(104, '2026-07-01')]).status).toBe('on-track');
  });

  it('has grown since it was set only from a figure of about then', () => {
    const progress = asked(TODAY, [
      storesGoal('ZA', 110, '2026-12-31', '2025-12-13'),
      figure({ measure: 'overseas-stores', value: 60, asOf: '2019-07-08', market: 'ZA' }),
      figure({ measure: 'overseas-stores', value: 96, asOf: '2026-05-13', market: 'ZA' }),
    ]);
    expect(progress.pace?.sinceSet).toBeUndefined();
    expect(progress.status).toBe('not-enough-evidence');
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
    expect(progress.summary).toContain('Jan 2025');
  });

  it('says of a start that is dated by its year alone that it may have been in time', () => {
    const progress = asked(TODAY, [
      goal(
        { measure: 'production-sites', threshold: 1, unit: 'sites', market: 'EG', deadline: '2023-08' },
        '2022-06-26',
      ),
      proposal('ProductionStarted', '2023', { site: 'cairo', market: 'EG' }),
    ]);
    expect(progress).toMatchObject({
      status: 'not-enough-evidence',
      missing: ['What is dated 2023 may have come in time or late: whether it was in time is not known.'],
    });
  });

  it('of a market that was left again says that too', () => {
    const progress = asked(TODAY, [
      goal(
        { measure: 'market-presence', threshold: 1, unit: 'markets', market: 'CH', deadline: '2025-12' },
        '2025-01-10',
      ),
      proposal('MarketEntered', '2025-03', { market: 'CH' }),
      proposal('MarketExited', '2025-09', { market: 'CH', reason: 'no demand' }),
    ]);
    expect(progress).toMatchObject({
      status: 'achieved',
      missing: ['The market was left again in Sept 2025.'],
    });
  });

  it('was not missed where another site, dated by its year alone, may have started or gone on in time', () => {
    const plants = (threshold: number) =>
      goal(
        {
          measure: 'production-sites',
          threshold,
          unit: 'sites',
          market: 'EUROPE',
          deadline: '2025-06',
        },
        '2023-03-11',
      );
    const started = (site: string, on: string) =>
      proposal('ProductionStarted', on, { site, market: 'ES', mode: 'ckd' });
    const [late, thatYear] = [started('graz', '2025-09-01'), started('zaragoza', '2025')];
    expect(asked(TODAY, [plants(1), late]).status).toBe('missed');
    expect(asked(TODAY, [plants(1), late, thatYear]).status).toBe('not-enough-evidence');
    const two = [plants(2), started('porto', '2024-01'), late, started('vigo', '2025-10-01')];
    expect(asked(TODAY, two).status).toBe('missed');
    const ended = proposal('ProductionEnded', '2025', { site: 'porto', reason: 'ended' });
    expect(asked(TODAY, [...two, thatYear, ended]).status).toBe('not-enough-evidence');
  });
});

describe('a level of a region, or of all markets abroad', () => {
  const inEurope = (over: object) => goal({ market: 'EUROPE', deadline: '2026', ...over }, '2025-01-10');

  it('counts the stores of its countries, and none elsewhere', () => {
    const progress = asked(TODAY, [
      inEurope({ measure: 'overseas-stores', threshold: 30, unit: 'stores' }),
      proposal('StoreOpened', '2025-03-01', { market: 'DE', count: 20 }),
      proposal('StoreOpened', '2025-06-01', { market: 'GB', count: 12 }),
      proposal('StoreOpened', '2025-07-01', { market: 'AU', count: 90 }),
    ]);
    expect(progress).toMatchObject({ status: 'achieved', value: { lo: 32 }, reachedOn: '2025-06-01' });
  });

  it('counts the markets of a region', () => {
    const progress = asked(TODAY, [
      inEurope({ measure: 'overseas-markets', threshold: 2, unit: 'markets' }),
      entered('NO', '2025-02-01'),
      entered('TH', '2025-03-01'),
      entered('CH', '2025-04-01'),
    ]);
    expect(progress).toMatchObject({ status: 'achieved', reachedOn: '2025-04-01' });
  });

  it('is reached by a plant in one of its countries', () => {
    const progress = asked(TODAY, [
      inEurope({ measure: 'production-sites', threshold: 1, unit: 'sites' }),
      proposal('ProductionStarted', '2026-01-15', { site: 'graz', market: 'AT' }),
    ]);
    expect(progress).toMatchObject({ status: 'achieved', reachedOn: '2026-01-15' });
  });

  it('is not reached by a plant that ran before it was set: a goal of one plant is another one', () => {
    const events = [
      inEurope({ measure: 'production-sites', threshold: 1, unit: 'sites' }),
      proposal('ProductionStarted', '2024-09-15', { site: 'graz', market: 'AT' }),
    ];
    const progress = asked(TODAY, events);
    expect(progress).toMatchObject({
      status: 'not-enough-evidence',
      summary: 'No figure bears on the goal of 1 plant by 2026.',
    });
    expect(progress.missing).toContain(
      'A plant ran there before the goal was set, and none that started since is logged.',
    );
    const own = proposal('ProductionStarted', '2026-05-02', { site: 'zaragoza', market: 'ES' });
    expect(asked(TODAY, [...events, own])).toMatchObject({ status: 'achieved', reachedOn: '2026-05-02' });
  });

  it('abroad counts nothing at home', () => {
    const progress = asked(TODAY, [
      goal({ measure: 'overseas-stores', threshold: 30, unit: 'stores', deadline: '2026' }, '2025-01-10'),
      proposal('StoreOpened', '2025-03-01', { market: 'CN', count: 500 }),
      proposal('StoreOpened', '2025-03-01', { market: 'DE', count: 3 }),
    ]);
    expect(progress.logged?.count).toBe(3);
    expect(progress.status).not.toBe('achieved');
  });
});

describe('a goal by capacity', () => {
  const capacity = (over: object = {}) =>
    goal(
      { measure: 'production-capacity', threshold: 300_000, unit: 'units-a-year', deadline: '2026', ...over },
      '2023-01-10',
    );
  const built = (site: string, market: string, on: string, annualCapacity?: number) =>
    proposal('ProductionStarted', on, {
      site,
      market,
      ...(annualCapacity !== undefined && { annualCapacity }),
    });

  it('counts the sites abroad that run by the deadline, by what is told of them', () => {
    const events = [
      capacity(),
      built('rayong', 'TH', '2024-07-04', 150_000),
      built('home', 'CN', '2024', 900_000),
    ];
    expect(asked(TODAY, events)).toMatchObject({ logged: { count: 150_000 }, value: { lo: 150_000 } });
    const more = [...events, built('camacari', 'BR', '2025-07-01', 150_000)];
    expect(asked(TODAY, more)).toMatchObject({ status: 'achieved', reachedOn: '2025-07-01' });
  });

  it('counts no plan, and a site without capacity for nothing', () => {
    const progress = asked(TODAY, [
      capacity(),
      proposal('ProductionAnnounced', '2024-01-01', {
        site: 'bursa',
        name: 'Bursa',
        market: 'TR',
        annualCapacity: 400_000,
        startsOn: '2026',
      }),
      built('cairo', 'EG', '2025-01-01'),
    ]);
    expect(progress.status).toBe('not-enough-evidence');
    expect(progress.value).toBeUndefined();
  });

  it('takes away what ended', () => {
    const progress = asked(TODAY, [
      capacity(),
      built('rayong', 'TH', '2023-07-04', 200_000),
      proposal('ProductionEnded', '2025-01-01', { site: 'rayong', reason: 'ended' }),
      built('camacari', 'BR', '2025-07-01', 150_000),
    ]);
    expect(progress.status).not.toBe('achieved');
    expect(progress.logged?.count).toBe(150_000);
  });

  it('goes by what a source tells of all of it', () => {
    const progress = asked(TODAY, [
      capacity(),
      built('rayong', 'TH', '2024-07-04', 150_000),
      figure({ measure: 'production-capacity', value: 310_000, asOf: '2026-06-30' }),
    ]);
    expect(progress).toMatchObject({ status: 'achieved', value: { value: 310_000, unit: 'units-a-year' } });
    expect(progress.logged).toMatchObject({ count: 150_000, notLogged: 160_000 });
  });
});

describe('presence in a market', () => {
  const enter = (deadline: string, saidOn = '2025-03-11') =>
    goal({ measure: 'market-presence', threshold: 1, unit: 'markets', market: 'CH', deadline }, saidOn);

  it('after the deadline was missed, and entered late (M7)', () => {
    const progress = asked(TODAY, [enter('2025-06'), entered('CH', '2025-09-26')]);
    expect(progress).toMatchObject({ status: 'missed', late: { on: '2025-09-26' } });
    expect(progress.summary).toContain('26 Sept 2025');
  });

  it('by the deadline was achieved, before the goal was set met when set, and unknown where nobody logged it', () => {
    expect(asked(TODAY, [enter('2025-06'), entered('CH', '2025-05')]).status).toBe('achieved');
    expect(asked(TODAY, [enter('2025-06'), entered('CH', '2024')]).status).toBe('met-when-set');
    const unknown = asked(TODAY, [enter('2025-06')]);
    expect(unknown.status).toBe('not-enough-evidence');
    expect(unknown.value).toBeUndefined();
  });

  it('of a region begins with its first country', () => {
    const enterEurope = goal(
      { measure: 'market-presence', threshold: 1, unit: 'markets', market: 'EUROPE', deadline: '2025' },
      '2024-03-11',
    );
    expect(asked(TODAY, [enterEurope, entered('NO', '2025-05-02')])).toMatchObject({
      status: 'achieved',
      reachedOn: '2025-05-02',
    });
    expect(asked(TODAY, [enterEurope, entered('TH', '2025-05-02')]).status).toBe('not-enough-evidence');
  });

  it('of a region was not missed where another country, dated by its year alone, may have been in time', () => {
    const enterEurope = goal(
      { measure: 'market-presence', threshold: 1, unit: 'markets', market: 'EUROPE', deadline: '2025-06' },
      '2024-03-11',
    );
    const late = entered('NO', '2025-09-26');
    expect(asked(TODAY, [enterEurope, late]).status).toBe('missed');
    expect(asked(TODAY, [enterEurope, late, entered('DE', '2025')]).status).toBe('not-enough-evidence');
    expect(asked(TODAY, [enterEurope, late, entered('DE', '2025'), entered('CH', '2025-06')]).status).toBe(
      'achieved',
    );
  });

  it('of a year that holds the deadline may have been in time', () => {
    expect(asked(TODAY, [enter('2025-06', '2024-03-11'), entered('CH', '2025')]).status).toBe(
      'not-enough-evidence',
    );
  });
});
