import { automakerFrom } from '../../../src/domain/state/automaker.js';
import type { ExpansionContext } from '../../../src/domain/expansion/expansion-reading.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { THESES } from '../../../src/domain/theses/catalogue.js';
import { findingOf, verdictOf } from '../../../src/domain/theses/thesis.js';
import { givenIn, proposal } from '../given-when-then.js';

type World = Readonly<Record<string, readonly Proposal[]>>;

function find(id: string, world: World, conditions: readonly Proposal[] = []) {
  const market = [...givenIn('market-EU', ...conditions).state.entries('condition')].map(([, each]) => each);
  const contexts = Object.entries(world).map(([name, proposals]): ExpansionContext => {
    const registered = proposal('AutomakerRegistered', '1997', { name, homeMarket: 'CN' });
    const automaker = automakerFrom(name, givenIn(`automaker-${name}`, registered, ...proposals).state);
    if (!automaker) throw new Error('the automaker is not registered');
    return { automaker, conditions: market, on: '2026-11-01' };
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
    [3, 0, 'supported'],
    [3, 1, 'supported'],
    [2, 1, 'mixed'],
    [1, 1, 'not-enough-evidence'],
    [2, 0, 'not-enough-evidence'],
    [1, 3, 'contradicted'],
    [0, 0, 'not-enough-evidence'],
  ] as const)('of %d for and %d against is %s', (supporting, contradicting, verdict) => {
    expect(verdictOf(supporting, contradicting)).toBe(verdict);
  });
});

describe('the theses', () => {
  it('each state a question, a claim, a measure and a rule, under an id of its own', () => {
    expect(new Set(THESES.map(({ id }) => id)).size).toBe(10);
    for (const { question, claim, measure, rule } of THESES)
      for (const text of [question, claim, measure, rule]) expect(text.length).toBeGreaterThan(20);
  });

  it('find nothing in an empty ledger', () => {
    for (const { id } of THESES) expect(find(id, {}).verdict).toBe('not-enough-evidence');
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

  it('established-blend: exports, sites and partnerships together', () => {
    const partner = proposal('PartnerSigned', '2023', {
      partnership: 'p',
      partner: 'P',
      roles: ['importer'],
      markets: ['NO'],
    });
    const { found } = find('established-blend', {
      saic: [entered('NO'), running('a'), partner],
      gac: [entered('NO')],
      changan: [],
    });
    expect(found).toEqual({ saic: 'supports', gac: 'contradicts', changan: 'undecided' });
  });

  it('export-not-enough: a site behind the duty that names the automaker', () => {
    const duty = (automaker: string, occurredOn: string) =>
      proposal('MarketConditionChanged', occurredOn, {
        market: 'EU',
        kind: 'countervailing-duty',
        appliesTo: automaker,
        rate: 20,
        automakers: [automaker],
      });
    const { found } = find(
      'export-not-enough',
      {
        xpeng: [announced('graz', '2025-09', { market: 'AT' })],
        saic: [announced('before', '2023-07', { market: 'ES' })],
        nio: [],
      },
      [duty('xpeng', '2024-10-29'), duty('saic', '2024-10-29'), duty('nio', '2026-06-01')],
    );
    expect(found).toEqual({
      'xpeng in EU': 'supports',
      'saic in EU': 'contradicts',
      'nio in EU': 'undecided',
    });
  });

  it('less-capital: partner-run sites against the median of own plants', () => {
    const { found } = find('less-capital', {
      gwm: [
        running('own-1', { mode: 'owned-plant', ...dollars(400) }),
        running('own-2', { mode: 'owned-plant', ...dollars(600) }),
      ],
      geely: [
        running('small', { mode: 'contract', ...dollars(499) }),
        running('large', { mode: 'contract', ...dollars(501) }),
      ],
    });
    expect(found).toEqual({ 'geely: small': 'supports', 'geely: large': 'contradicts' });
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

  it('resilience: markets left, with and without a site', () => {
    const left = (market: string) => proposal('MarketExited', '2024', { market, reason: 'weak demand' });
    const { found } = find('resilience', {
      saic: [entered('NO'), entered('ID'), running('a'), left('NO')],
      gac: [entered('NO'), entered('ID'), running('a'), left('ID')],
      nio: [entered('NO')],
    });
    expect(found).toEqual({ saic: 'supports', gac: 'contradicts', nio: 'undecided' });
  });

  it('partner-limits: what one partner carries alone', () => {
    const { found } = find('partner-limits', {
      saic: [entered('NO', { partner: 'RSA' }), entered('SE', { entryMode: 'own-subsidiary' })],
      gac: [entered('NO', { entryMode: 'own-subsidiary' })],
      nio: [entered('NO')],
    });
    expect(found).toEqual({ saic: 'supports', gac: 'contradicts', nio: 'undecided' });
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
