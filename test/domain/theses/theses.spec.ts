import { automakerFrom } from '../../../src/domain/state/automaker.js';
import type { ExpansionContext } from '../../../src/domain/expansion/expansion-reading.js';
import { CompanyDirectory } from '../../../src/domain/state/company-directory.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { THESES } from '../../../src/domain/theses/catalogue.js';
import { binomialTest, logRankTest, permutationTest } from '../../../src/domain/theses/significance.js';
import { findingOf, verdictOf } from '../../../src/domain/theses/thesis.js';
import { givenIn, proposal } from '../given-when-then.js';

type World = Readonly<Record<string, readonly Proposal[]>>;

function find(id: string, world: World, conditions: readonly Proposal[] = []) {
  const market = [...givenIn('market-EU', ...conditions).state.entries('condition')].map(([, each]) => each);
  const contexts = Object.entries(world).map(([name, proposals]): ExpansionContext => {
    const registered = proposal('AutomakerRegistered', '1997', { name, homeMarket: 'CN' });
    const automaker = automakerFrom(name, givenIn(`automaker-${name}`, registered, ...proposals).state);
    if (!automaker) throw new Error('the automaker is not registered');
    return { automaker, conditions: market, companies: new CompanyDirectory([]), on: '2026-11-01' };
  });
  const thesis = THESES.find((each) => each.id === id);
  if (!thesis) throw new Error(`there is no thesis ${id}`);
  const finding = findingOf(thesis, contexts);
  return { ...finding, found: Object.fromEntries(finding.cases.map((each) => [each.name, each.finding])) };
}

const running = (site: string, over: object = {}, occurredOn = '2024-06-30') =>
  proposal('ProductionStarted', occurredOn, { site, market: 'ID', ...over });
const announced = (site: string, occurredOn: string, over: object = {}) =>
  proposal('ProductionAnnounced', occurredOn, { site, name: site, market: 'ID', ...over });
const entered = (market: string, over: object = {}) =>
  proposal('MarketEntered', '2022-01-01', { market, ...over });
const dollars = (amount: number) => ({ investment: { amount, currency: 'USD' } });

describe('a verdict', () => {
  it.each([
    // Two-sided: 2 × Σ C(n, k) / 2ⁿ over the k at or above the observed number.
    [6, 0, 2 / 64, 'supported'],
    [5, 0, 2 / 32, 'could-be-chance'],
    [9, 1, (2 * 11) / 1024, 'supported'],
    [3, 1, (2 * 5) / 16, 'could-be-chance'],
    [0, 8, 2 / 256, 'contradicted'],
    [2, 2, 1, 'could-be-chance'],
    [2, 0, 2 / 4, 'not-enough-evidence'],
  ] as const)('of %d for and %d against has p = %d: %s', (supporting, contradicting, p, verdict) => {
    const test = binomialTest(supporting, contradicting);
    expect(test.p).toBeCloseTo(p, 12);
    expect(verdictOf(supporting + contradicting, test)).toBe(verdict);
  });

  it('by permutation is the part of all orders in which two numbers go together as much', () => {
    // Four subjects in the same order by both numbers: of 24 orders, that one and its reverse are as extreme.
    const score = (order: readonly number[]) =>
      order.reduce(
        (sum, value, index) =>
          sum + order.slice(index + 1).reduce((all, next) => all + Math.sign(next - value), 0),
        0,
      );
    expect(permutationTest(4, score)).toEqual({ method: 'exact permutation', p: 2 / 24, leans: 'for' });
  });

  it('by permutation of many subjects is drawn, and the same each time', () => {
    const score = (order: readonly number[]) => (order[0] === 0 ? 2 : -1);
    const [first, again] = [permutationTest(20, score), permutationTest(20, score)];
    expect(first).toEqual(again);
    expect(first.method).toBe('sampled permutation');
    // One particular subject of twenty is first in one twentieth of the orders.
    expect(Math.abs(first.p - 1 / 20)).toBeLessThan(0.01);
  });

  it('by log-rank is that of the leukaemia trial of Freireich et al. 1963: χ² = 16.79, p below 0.0001', () => {
    const treated: [number, boolean][] = [
      [6, true],
      [6, true],
      [6, true],
      [6, false],
      [7, true],
      [9, false],
      [10, true],
      [10, false],
      [11, false],
      [13, true],
      [16, true],
      [17, false],
      [19, false],
      [20, false],
      [22, true],
      [23, true],
      [25, false],
      [32, false],
      [32, false],
      [34, false],
      [35, false],
    ];
    const placebo = [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23];
    const test = logRankTest([
      ...treated.map(([days, happened]) => ({ days, happened, isQuicker: false })),
      ...placebo.map((days) => ({ days, happened: true, isQuicker: true })),
    ]);
    expect(test).toMatchObject({ method: 'log-rank', leans: 'for' });
    // z = 4.098: p = 0.0000417.
    expect(Math.abs((test?.p ?? 1) - 0.0000417)).toBeLessThan(0.000001);
  });
});

describe('the theses', () => {
  it('each state a question, a claim, a measure and a rule, under an id of its own', () => {
    expect(new Set(THESES.map(({ id }) => id)).size).toBe(10);
    for (const { question, claim, measure, rule } of THESES)
      for (const text of [question, claim, measure, rule]) expect(text.length).toBeGreaterThan(20);
  });

  it('find nothing in an empty ledger', () => {
    for (const { id, notTested } of THESES)
      expect(find(id, {}).verdict).toBe(notTested === undefined ? 'not-enough-evidence' : 'not-tested');
  });

  it('say of each what would make another verdict of it', () => {
    for (const { id } of THESES) expect(find(id, {}).whatWouldChange.length).toBeGreaterThan(20);
    const { whatWouldChange } = find('asset-light-leads', {
      geely: [running('a', { mode: 'contract' })],
      saic: [running('b', { mode: 'contract' })],
      gac: [running('c', { mode: 'contract' })],
    });
    expect(whatWouldChange).toBe(
      '3 more cases for it and none against would support it; 12 more cases against it and none for would contradict it.',
    );
  });
});

describe('what the ledger shows', () => {
  it('asset-light-leads: whether partners run most sites', () => {
    const { found } = find('asset-light-leads', {
      geely: [running('a', { mode: 'contract' }), running('b', { mode: 'contract' })],
      gwm: [running('c', { mode: 'owned-plant' })],
      gac: [running('d')],
    });
    expect(found).toEqual({ geely: 'supports', gwm: 'contradicts', gac: 'undecided' });
  });

  it('half-abroad: the status of targets of half of all sales, not of a brand', () => {
    const share = (target: string, over: object = {}) =>
      proposal('TargetSet', '2024', {
        target,
        measure: 'overseas-sales-share',
        threshold: 50,
        unit: 'percent',
        deadline: '2025',
        wording: 'half of sales abroad',
        ...over,
      });
    const reported = proposal('FigureReported', '2026-01-05', {
      measure: 'overseas-sales-share',
      value: 55,
      period: '2025',
    });
    const { found } = find('half-abroad', {
      saic: [share('half'), share('brand-half', { entity: 'brand-mg' }), reported],
      geely: [share('half')],
    });
    expect(found).toEqual({ 'saic: half': 'supports', 'geely: half': 'undecided' });
  });

  it('established-blend: exports, sites and partnerships together; what nobody logged contradicts nothing (G5)', () => {
    const partner = proposal('PartnerSigned', '2023', {
      partnership: 'p',
      partner: 'P',
      roles: ['importer'],
      markets: ['NO'],
    });
    const { found, verdict } = find('established-blend', {
      saic: [entered('NO'), running('a'), partner],
      gwm: ['a', 'b', 'c', 'd'].map((site) => running(site)),
      gac: [entered('NO')],
      changan: [],
    });
    expect(found).toEqual({ saic: 'supports', gwm: 'undecided', gac: 'undecided', changan: 'undecided' });
    expect(verdict).toBe('not-tested');
  });

  it('export-not-enough: a site behind the duty that names the automaker, and nothing where none is logged', () => {
    const duty = (automaker: string, occurredOn: string, over: object = {}) =>
      proposal('MarketConditionChanged', occurredOn, {
        market: 'EU',
        kind: 'countervailing-duty',
        appliesTo: automaker,
        rate: 20,
        automakers: [automaker],
        ...over,
      });
    const { found, verdict, cases } = find(
      'export-not-enough',
      {
        xpeng: [announced('graz', '2025-09', { market: 'AT' })],
        saic: [announced('before', '2023-07', { market: 'ES' })],
        nio: [],
      },
      [
        duty('xpeng', '2024-10-29'),
        duty('saic', '2023-06-12', { stage: 'proposed', effectiveOn: '2023-06-13' }),
        duty('saic', '2023-07-04', { stage: 'provisional' }),
        duty('saic', '2024-10-29'),
        duty('nio', '2026-06-01'),
        // A draft measure names no automaker.
        {
          ...duty('nio', '2022-01-01'),
          data: { ...duty('nio', '2022-01-01').data, appliesTo: 'NIO (proposed)' },
        },
      ],
    );
    expect(found).toEqual({
      'xpeng in EU': 'supports',
      'saic in EU': 'undecided',
      'nio in EU': 'undecided',
    });
    expect(cases.map(({ shows }) => shows)).toContain(
      'Named by a duty on 2024-10-29; no site there is logged since.',
    );
    expect(verdict).toBe('not-tested');
  });

  it('less-capital: what a unit of capacity took, not what a site took', () => {
    const site = (mode: string, amount: number, annualCapacity?: number) => ({
      mode,
      ...dollars(amount),
      ...(annualCapacity !== undefined && { annualCapacity }),
    });
    const { found } = find('less-capital', {
      // 4,000 and 6,000 per unit: the median is 5,000.
      gwm: [
        running('own-1', site('owned-plant', 400_000, 100)),
        running('own-2', site('owned-plant', 600_000, 100)),
      ],
      geely: [
        // The smaller site needed more capital per unit, the larger one less.
        running('small', site('contract', 100_000, 10)),
        running('large', site('contract', 900_000, 300)),
        running('untold', site('contract', 1)),
      ],
    });
    expect(found).toEqual({ 'geely: small': 'contradicts', 'geely: large': 'supports' });
  });

  it('less-capital: money of one plan and units of another do not go together', () => {
    const { cases } = find('less-capital', {
      saic: [
        announced('a', '2024-01-01', { mode: 'contract', ...dollars(135_000_000), annualCapacity: 50_000 }),
        proposal('ProductionPlanRevised', '2024-12-29', {
          site: 'a',
          change: 'enlarged',
          annualCapacity: 100_000,
        }),
      ],
      gac: [
        announced('b', '2016-08', { mode: 'contract', ...dollars(870_000_000), annualCapacity: 200_000 }),
        running('b', { mode: 'contract', annualCapacity: 100_000 }, '2017-06-01'),
      ],
      geely: [
        announced('c', '2018-08', { mode: 'contract', annualCapacity: 50_000 }),
        running('c', { mode: 'contract', ...dollars(600_000_000) }, '2024-03-01'),
      ],
    });
    expect(cases.map(({ shows }) => /: ([\d,]+) USD/.exec(shows)?.[1])).toEqual(['2,700', '4,350']);
  });

  it('less-capital: one own plant is no yardstick', () => {
    const { cases } = find('less-capital', {
      gwm: [running('own', { mode: 'owned-plant', ...dollars(400_000), annualCapacity: 100 })],
      geely: [running('a', { mode: 'contract', ...dollars(100_000), annualCapacity: 10 })],
    });
    expect(cases).toMatchObject([
      {
        finding: 'undecided',
        shows:
          'Stated for a unit of its annual capacity: 10,000 USD; of own plants only one states that in this currency.',
      },
    ]);
  });

  it('global-brand: sets no year beside another one', () => {
    const abroad = (value: number, period: string) =>
      proposal('FigureReported', '2026-01-10', { measure: 'overseas-units', value, plusMinus: 0, period });
    const { cases } = find('global-brand', {
      saic: [running('a', { mode: 'ckd' }), abroad(1000, '2025')],
      gac: [abroad(500, '2017')],
    });
    expect(cases).toMatchObject([
      {
        finding: 'undecided',
        shows:
          'saic: built in 1 market, 1,000 units abroad in the twelve months to 2025-12-31; gac: built in 0 markets, 500 units abroad in the twelve months to 2017-12-31.',
      },
    ]);
  });

  it('faster-to-market: an open wait beyond the median of own plants counts against', () => {
    const { found } = find('faster-to-market', {
      gwm: [
        announced('own', '2020-01-01', { mode: 'owned-plant' }),
        running('own', { mode: 'owned-plant' }, '2021-01-01'),
      ],
      geely: [
        announced('quick', '2024-01-01', { mode: 'contract' }),
        running('quick', { mode: 'contract' }, '2024-03-01'),
        announced('slow', '2022-01-01', { mode: 'contract' }),
        announced('young', '2026-10-01', { mode: 'contract' }),
      ],
    });
    expect(found).toEqual({
      'geely: quick': 'supports',
      'geely: slow': 'contradicts',
      'geely: young': 'undecided',
    });
  });

  it('faster-to-market: capacity announced for a site that runs is no site that was waited for', () => {
    const { found } = find('faster-to-market', {
      saic: [
        running('lahore', { mode: 'contract' }, '2021-05'),
        announced('lahore', '2026-03-06', { mode: 'contract' }),
      ],
    });
    expect(found).toEqual({});
  });

  it('resilience: an exit counts, whoever came back later (G4)', () => {
    const { cases } = find('resilience', {
      geely: [
        entered('NO'),
        proposal('MarketExited', '2023-01-01', { market: 'NO', reason: 'weak demand' }),
        proposal('MarketEntered', '2025-01-01', { market: 'NO' }),
        entered('ID'),
        running('a'),
      ],
    });
    expect(cases.map(({ shows }) => shows)).toEqual([
      'The one logged market without a site was left; the one logged market with one is not logged as left.',
    ]);
  });

  it('resilience: markets left, with and without a site', () => {
    const left = (market: string) => proposal('MarketExited', '2024', { market, reason: 'weak demand' });
    const { found } = find('resilience', {
      saic: [entered('NO'), entered('ID'), running('a'), left('NO')],
      gac: [entered('NO'), entered('ID'), running('a'), left('ID')],
      nio: [entered('NO')],
    });
    expect(found).toEqual({ saic: 'supports', gac: 'contradicts', nio: 'undecided' });
  });

  it('resilience: a site that started after the exit kept nobody there', () => {
    const { cases } = find('resilience', {
      geely: [
        entered('ID'),
        proposal('MarketExited', '2023', { market: 'ID', reason: 'weak demand' }),
        running('a', {}, '2024-06-30'),
      ],
    });
    expect(cases.map(({ finding, shows }) => [finding, shows])).toEqual([
      ['undecided', 'The one logged market without a site was left; none counts as one with a site.'],
    ]);
  });

  it('partner-limits: what one partner carries alone', () => {
    const { found, verdict } = find('partner-limits', {
      saic: ['NO', 'SE', 'DK', 'FI'].map((market) => entered(market, { partner: 'RSA' })),
      gac: ['NO', 'SE', 'DK', 'FI'].map((market) => entered(market, { entryMode: 'own-subsidiary' })),
      nio: ['NO', 'SE', 'DK', 'FI'].map((market) => entered(market)),
      // Of fewer than four markets each is more than a quarter, whoever carries it.
      xpeng: [entered('NO', { partner: 'RSA' }), entered('SE', { entryMode: 'own-subsidiary' })],
    });
    expect(found).toEqual({
      saic: 'supports',
      gac: 'contradicts',
      nio: 'undecided',
      xpeng: 'undecided',
    });
    expect(verdict).toBe('not-tested');
  });

  it('global-brand and less-exposed: pairs whose bounds do not overlap', () => {
    const abroad = (value: number) =>
      proposal('FigureReported', '2026-01-10', {
        measure: 'overseas-units',
        value,
        plusMinus: 0,
        period: '2025',
      });
    const { found } = find('global-brand', {
      saic: [running('a', { mode: 'ckd' }), abroad(1000)],
      gac: [abroad(500)],
      nio: [abroad(2000)],
    });
    expect(found).toEqual({
      'saic and gac': 'supports',
      'saic and nio': 'contradicts',
      'gac and nio': 'undecided',
    });
  });
});
