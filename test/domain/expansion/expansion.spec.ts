import { automakerFrom } from '../../../src/domain/state/automaker.js';
import type { ExpansionReadingName } from '../../../src/domain/expansion/expansion-reading.js';
import { herfindahl } from '../../../src/domain/expansion/partner-dependence.js';
import { readExpansion } from '../../../src/domain/expansion/read-expansion.js';
import { CompanyDirectory } from '../../../src/domain/state/company-directory.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { given, givenIn, proposal, registered } from '../given-when-then.js';

const ON = '2026-11-01';

const entered = (market: string, over: object = {}, occurredOn = '2022-01-01') =>
  proposal('MarketEntered', occurredOn, { market, ...over });
const running = (site: string, market: string, over: object = {}, occurredOn = '2024-06-30') =>
  proposal('ProductionStarted', occurredOn, { site, market, ...over });
const announced = (site: string, market: string, occurredOn: string) =>
  proposal('ProductionAnnounced', occurredOn, { site, name: site, market });
const units = (measure: string, value: number, over: object = {}) =>
  proposal('FigureReported', '2026-01-10', { measure, value, plusMinus: 0, period: '2025', ...over });

function read(
  name: ExpansionReadingName,
  proposals: readonly Proposal[],
  conditions: readonly Proposal[] = [],
  companies = new CompanyDirectory([]),
) {
  const automaker = automakerFrom('xpeng', given(registered, ...proposals).state);
  if (!automaker) throw new Error('the automaker is not registered');
  const market = givenIn('market-EU', ...conditions).state;
  const reading = readExpansion(name, {
    automaker,
    conditions: [...market.entries('condition')].map(([, record]) => record),
    companies,
    on: ON,
  });
  const number = (of: string) => {
    const found = reading.numbers.find((each) => each.name === of);
    return found && [found.lo, found.hi];
  };
  return { ...reading, number };
}

describe('asset-light', () => {
  it('is the part of running capacity abroad that partners run', () => {
    // Partner-run 30,000 + 10,000, own 60,000: 40 %. Two of three sites: 66.7 %.
    const reading = read('asset-light', [
      running('a', 'ID', { mode: 'ckd', partner: 'Handal', annualCapacity: 30_000 }),
      running('b', 'AT', { mode: 'contract', annualCapacity: 10_000 }),
      running('c', 'TH', { mode: 'owned-plant', annualCapacity: 60_000 }),
    ]);
    expect(reading.number('partner-run-capacity')).toEqual([40, 40]);
    expect(reading.number('partner-run-sites')?.[0]).toBeCloseTo(66.67, 2);
  });

  it('is anything between where nobody states a capacity or who runs it', () => {
    const reading = read('asset-light', [
      running('a', 'ID', { mode: 'contract' }),
      running('c', 'TH', { mode: 'owned-plant', annualCapacity: 60_000 }),
      running('d', 'MY', {}),
    ]);
    expect(reading.number('partner-run-capacity')).toEqual([0, 100]);
    // One of three for certain; two if the partner runs the third.
    expect(reading.number('partner-run-sites')?.map((value) => Math.round(value ?? 0))).toEqual([33, 67]);
  });

  it('tells what a unit of capacity cost where both are stated', () => {
    const reading = read('asset-light', [
      running('a', 'ID', {
        mode: 'owned-plant',
        annualCapacity: 50_000,
        investment: { amount: 200_000_000, currency: 'USD' },
      }),
    ]);
    expect(reading.number('capital-per-unit.a.USD')).toEqual([4000, 4000]);
  });

  it('says nothing without a site abroad', () => {
    expect(read('asset-light', [running('home', 'CN', { mode: 'owned-plant' })]).numbers).toEqual([]);
  });
});

describe('partner dependence', () => {
  it('is the largest part of the markets that one partner carries alone', () => {
    // Of five markets, two depend on RSA alone and one has an unknown mode: 40 to 60 %.
    const reading = read('partner-dependence', [
      entered('NO', { entryMode: 'distributor', partner: 'RSA' }),
      entered('SE', { entryMode: 'distributor', partner: 'RSA' }),
      entered('DE', { entryMode: 'own-subsidiary' }),
      entered('FR', { entryMode: 'distributor', partner: 'Emil Frey' }),
      entered('IT'),
    ]);
    expect(reading.number('largest-loss-of-markets')).toEqual([40, 60]);
    // RSA 2 of 3, Emil Frey 1 of 3: 10,000 × (4/9 + 1/9) = 5,556.
    expect(reading.number('partner-hhi')?.[0]).toBeCloseTo(5555.56, 2);
  });

  it('counts two partners of one market as none that carries it alone', () => {
    const reading = read('partner-dependence', [
      entered('NO', { entryMode: 'distributor', partner: 'RSA' }),
      proposal('PartnerSigned', '2023', {
        partnership: 'second',
        partner: 'Bertel O. Steen',
        roles: ['distributor'],
        markets: ['NO'],
      }),
    ]);
    expect(reading.number('largest-loss-of-markets')).toEqual([0, 0]);
  });

  it('takes a joint venture and the partner that it is named after for one (A6)', () => {
    const reading = read('partner-dependence', [
      ...['NO', 'DE', 'IT', 'FR', 'ES', 'SE', 'DK', 'NL', 'BE', 'PL'].map((market, index) =>
        entered(market, { partner: index < 8 ? 'Leapmotor International (Stellantis)' : 'Stellantis' }),
      ),
      entered('IL', { partner: 'Other' }),
    ]);
    expect(reading.number('largest-loss-of-markets')?.map((value) => Math.round(value ?? 0))).toEqual([
      91, 91,
    ]);
  });

  describe('with companies that are logged by themselves', () => {
    const owner = (parent: string, share: number) => ({ parent, share, event: 'e', occurredOn: '2024' });
    const companies = new CompanyDirectory([
      ['caetano', { names: ['Salvador Caetano'], kind: 'group', owners: [] }],
      ['caetano-wallis', { names: ['AutoWallis Caetano'], kind: 'dealer', owners: [owner('caetano', 60)] }],
      [
        'xpeng-thai',
        {
          names: ['XPeng Thailand'],
          aliases: ['XPT'],
          kind: 'joint-venture',
          owners: [owner('XPeng', 51), owner('caetano', 30), owner('Somebody', 19)],
        },
      ],
      [
        'equals',
        {
          names: ['Equals'],
          kind: 'joint-venture',
          owners: [owner('XPeng', 40), owner('A', 30), owner('B', 30)],
        },
      ],
    ]);
    const carriedBy = (...partners: string[]) =>
      read(
        'partner-dependence',
        partners.map((partner, index) =>
          entered(['AT', 'BE', 'CH', 'DE'][index] ?? '', { entryMode: 'distributor', partner }),
        ),
        [],
        companies,
      );

    it('counts a company as the one at the top of its group, by any of its names', () => {
      const reading = carriedBy('AutoWallis Caetano', 'SALVADOR CAETANO', 'caetano', 'Other');
      expect(reading.number('largest-loss-of-markets')).toEqual([75, 75]);
      expect(reading.inputs.map(({ partners }) => partners)).toEqual([
        ['Salvador Caetano'],
        ['Salvador Caetano'],
        ['Salvador Caetano'],
        ['Other'],
      ]);
    });

    it('counts a joint venture as its other owner, the one with the most', () => {
      const reading = carriedBy('XPT', 'Salvador Caetano', 'Somebody', 'XPeng Thailand');
      expect(reading.number('largest-loss-of-markets')).toEqual([75, 75]);
    });

    it('counts a joint venture whose other owners are equals as itself', () => {
      expect(carriedBy('Equals', 'A', 'B').inputs.map(({ partners }) => partners)).toEqual([
        ['Equals'],
        ['A'],
        ['B'],
      ]);
    });
  });

  it('has the HHI of the Horizontal Merger Guidelines: 30, 30, 20 and 20 % make 2,600', () => {
    expect(herfindahl([30, 30, 20, 20])).toBeCloseTo(2600, 9);
    expect(herfindahl([7])).toBe(10_000);
  });
});

describe('market concentration', () => {
  it('bounds the HHI by what nobody tells apart', () => {
    // 50 % and 30 % are reported: 2,500 + 900 = 3,400. The other 20 % in one market: + 400; in 246 others: +
    // 400 / 246.
    const reading = read('market-concentration', [
      units('overseas-units', 10_000),
      units('market-units', 5000, { market: 'NO' }),
      units('market-units', 3000, { market: 'DE' }),
    ]);
    const [least = 0, most = 0] = reading.number('hhi') ?? [];
    expect(least).toBeCloseTo(3400 + 400 / 246, 9);
    expect(most).toBeCloseTo(3800, 9);
    const [lo = 0, hi = 0] = reading.number('effective-markets') ?? [];
    expect([lo, hi].map((value) => value.toFixed(2))).toEqual(['2.63', '2.94']);
  });

  it('cannot be told where nearly all units went to markets that nobody tells apart', () => {
    const reading = read('market-concentration', [
      units('overseas-units', 10_000),
      units('market-units', 300, { market: 'NO' }),
    ]);
    // 10,000 / (97² + 3²), and 10,000 / (97² / 247 + 3²).
    expect(reading.numbers).toEqual([]);
    expect(reading.missing.join(' ')).toMatch(/^The ledger cannot tell .*1\.1 to 212\.3 effective markets/);
  });

  it('divides no units of different bases', () => {
    const reading = read('market-concentration', [
      units('overseas-units', 10_000, { basis: 'deliveries' }),
      units('market-units', 5000, { market: 'NO', basis: 'registrations' }),
    ]);
    expect(reading.numbers).toEqual([]);
    expect(reading.missing[0]).toMatch(/one basis/);
  });
});

describe('localisation depth', () => {
  const reading = read('localisation-depth', [
    entered('NO', { entryMode: 'distributor' }),
    entered('DE', { entryMode: 'own-subsidiary' }),
    entered('IT'),
    entered('ID', { entryMode: 'distributor' }),
    running('a', 'ID', { mode: 'ckd', partner: 'Handal' }),
    announced('b', 'MY', '2025'),
    entered('IL', { entryMode: 'distributor' }),
    proposal('MarketExited', '2024-05', { market: 'IL', reason: 'weak demand' }),
    // A planned market is not entered, so it is on no rung.
    proposal('MarketEntryAnnounced', '2025', { market: 'PL' }),
  ]);
  it('counts the markets on each rung, and never averages them', () => {
    expect(reading.numbers.map(({ name, lo, hi }) => [name, lo, hi])).toEqual([
      ['rung-5', 1, 1],
      // Germany for certain, Italy possibly.
      ['rung-3', 1, 2],
      ['rung-2', 1, 2],
      ['rung-1', 1, 1],
      ['rung-0', 1, 1],
    ]);
  });
});

describe('exposure to market conditions', () => {
  const duty = (over: object) =>
    proposal('MarketConditionChanged', '2024-10-29', {
      market: 'EU',
      kind: 'countervailing-duty',
      appliesTo: 'XPeng',
      rate: 20,
      automakers: ['xpeng'],
      effectiveOn: '2024-10-30',
      ...over,
    });
  const sales = [
    entered('NO'),
    entered('DE'),
    units('overseas-units', 10_000),
    units('market-units', 5000, { market: 'NO' }),
    units('market-units', 5000, { market: 'DE' }),
  ];

  it('weighs a duty of the Union by the units of its members', () => {
    // Half of the units are in Germany, where a duty of 20 points applies: 10.
    expect(read('exposure', sales, [duty({})]).number('duty')).toEqual([10, 10]);
  });

  it('may be nothing where the duty is on some powertrains', () => {
    expect(read('exposure', sales, [duty({ powertrains: ['bev'] })]).number('duty')).toEqual([0, 10]);
  });

  it('may be nothing where cars are built in the market', () => {
    const local = [...sales, running('a', 'DE', { mode: 'contract' })];
    expect(read('exposure', local, [duty({})]).number('duty')).toEqual([0, 10]);
  });

  it('is that in force, not a draft of a higher one (G3)', () => {
    const draft = duty({ appliesTo: 'XPeng (proposed)', rate: 50, effectiveOn: '2025-01-01' });
    expect(read('exposure', sales, [duty({ rate: 10 }), draft]).number('duty')).toEqual([5, 5]);
  });

  it('is not the rate of one other company that the ledger does not follow', () => {
    const { automakers: _, ...rest } = duty({}).data as { automakers: unknown };
    const tesla = { ...duty({}), data: { ...rest, appliesTo: 'Tesla: China-built BEVs', rate: 7.8 } };
    expect(read('exposure', sales, [tesla]).number('duty')).toEqual([0, 0]);
  });

  it('may be any of those that others meet where none names it', () => {
    const others = duty({
      automakers: ['saic'],
      appliesTo: 'SAIC and non-cooperating makers: BEVs',
      rate: 35.3,
    });
    expect(read('exposure', sales, [others]).number('duty')).toEqual([0, 17.65]);
  });

  it('may be the highest in the world where nobody tells the market', () => {
    // A tenth of the units is reported by market; Germany, where the duty applies, is not among these
    // markets.
    const few = [units('overseas-units', 10_000), units('market-units', 1000, { market: 'NO' })];
    expect(read('exposure', few, [duty({})]).number('duty')).toEqual([0, 18]);
  });

  it('counts of other conditions those that are law, and no proposal, nothing that ended, no demand', () => {
    const rule = (appliesTo: string, over: object = {}) =>
      duty({ kind: 'subsidy', appliesTo, rate: undefined, automakers: undefined, ...over });
    const read4 = (...conditions: ReturnType<typeof duty>[]) =>
      read('exposure', [entered('DE')], conditions).number('other-conditions');
    expect(read4(rule('Cars built in the EU'))).toEqual([1, 1]);
    expect(
      read4(
        rule('A grant', { stage: 'proposed' }),
        rule('Another', { effectiveOn: '2030-01-01' }),
        rule('A third'),
        rule('A third', { stage: 'ended', effectiveOn: '2025-01-01' }),
        rule('Sales of electric cars', { kind: 'demand' }),
      ),
    ).toEqual([0, 0]);
  });

  it('counts no markets with duties where no market is logged: that is absence, and no finding', () => {
    const { numbers, missing } = read('exposure', [], [duty({})]);
    expect(numbers).toEqual([]);
    expect(missing).toContain('No market abroad is logged.');
  });

  it('is not that of another automaker, nor of a day to come', () => {
    expect(
      read('exposure', sales, [duty({ automakers: ['saic'], appliesTo: 'SAIC: BEVs' })]).number('duty'),
    ).toEqual([0, 0]);
    expect(read('exposure', sales, [duty({ effectiveOn: '2026-12-01' })]).number('duty')).toEqual([0, 0]);
  });
});

describe('speed', () => {
  it('takes the days from announcement to production, open cases censored', () => {
    const reading = read('speed', [
      announced('a', 'ID', '2024-01-01'),
      running('a', 'ID', {}, '2024-04-10'),
      announced('b', 'MY', '2025-01-01'),
      running('b', 'MY', {}, '2025-07-20'),
      announced('c', 'TH', '2026-10-01'),
    ]);
    // 100 and 200 days; the third is still open after 31 days: S(100) = 1/2.
    expect(reading.number('median-days.announcement-to-production')).toEqual([100, 100]);
    expect(reading.number('announced-sites-started')?.map((value) => Math.round(value ?? 0))).toEqual([
      67, 100,
    ]);
  });

  it('waits until production began first, not until it began again', () => {
    const reading = read('speed', [
      announced('a', 'BY', '2024-01-01'),
      running('a', 'BY', {}, '2024-04-10'),
      proposal('ProductionEnded', '2025-03-01', { site: 'a', reason: 'supplies broke off' }),
      running('a', 'BY', {}, '2025-09-01'),
      announced('b', 'KZ', '2024-01-01'),
      running('b', 'KZ', {}, '2024-04-10'),
    ]);
    expect(reading.number('median-days.announcement-to-production')).toEqual([100, 100]);
  });

  it('is no median of a single case that happened', () => {
    const reading = read('speed', [
      announced('a', 'BY', '2024-01-01'),
      running('a', 'BY', {}, '2024-04-10'),
      announced('b', 'KZ', '2024-01-01'),
    ]);
    expect(reading.numbers.map(({ name }) => name)).toEqual(['announced-sites-started']);
    expect(reading.missing).toContain(
      'From announcement to production: only one case is logged as having happened.',
    );
  });

  it('waits for no site that ran before it was announced', () => {
    const reading = read('speed', [running('a', 'PK', {}, '2021-05'), announced('a', 'PK', '2026-03-06')]);
    expect(reading.numbers).toEqual([]);
  });

  it('takes the days from entry to the first service center', () => {
    const reading = read('speed', [
      entered('NO', {}, '2021-01-01'),
      proposal('ServiceCenterOpened', '2021-03-02', { market: 'NO' }),
      proposal('ServiceCenterOpened', '2021-09-02', { market: 'NO' }),
      entered('SE', {}, '2022-01-01'),
      proposal('ServiceCenterOpened', '2022-03-02', { market: 'SE' }),
    ]);
    expect(reading.number('median-days.entry-to-first-service-center')).toEqual([60, 60]);
  });
});
