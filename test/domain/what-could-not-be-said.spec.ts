import { bestGrade } from '../../src/domain/ledger/evidence.js';
import { problemsOfProposal, type Proposal } from '../../src/domain/ledger/proposal.js';
import { partnerDependence } from '../../src/domain/expansion/partner-dependence.js';
import { readingsOfGoal } from '../../src/domain/goals/kinds.js';
import { thresholdOf } from '../../src/domain/goals/threshold.js';
import { loggedCount } from '../../src/domain/measures/logged-count.js';
import { reportBounds } from '../../src/domain/measures/report-bounds.js';
import { withinWholes } from '../../src/domain/measures/parts-of-a-whole.js';
import { automakerOf, type Automaker } from '../../src/domain/state/automaker.js';
import { CompanyDirectory } from '../../src/domain/state/company-directory.js';
import type { FigureRecord, TargetTerms } from '../../src/domain/state/records.js';
import { given, givenIn, proposal, recordIn, registered } from './given-when-then.js';

const after = (...events: Proposal[]): Automaker => {
  const found = automakerOf('xpeng', given(registered, ...events).state);
  if (!found) throw new Error('no automaker');
  return found;
};
const figure = (data: object, over: Partial<Proposal> = {}): Proposal =>
  proposal('FigureReported', '2026-01', { measure: 'overseas-units', ...data }, over);
const only = (...events: Proposal[]): FigureRecord => {
  const [found, ...more] = after(...events).figures;
  if (!found || more.length > 0) throw new Error('not one figure');
  return found;
};
const claimOf = (data: object) => {
  const record = only(figure({ period: '2025', ...data }));
  const report = [...record.reports][0];
  return report && reportBounds(record, report);
};
const goal = (data: object): TargetTerms => {
  const terms = { target: 't', measure: 'overseas-units', unit: 'units', threshold: 90_000, wording: 'w' };
  const [record] = after(proposal('TargetSet', '2025-01-10', { ...terms, ...data })).targets;
  const said = record?.versions[0]?.terms;
  if (!said) throw new Error('no goal');
  return said;
};
const kindOf = (terms: TargetTerms) => readingsOfGoal(terms, '2025-01-10').readings.map(({ kind }) => kind);

const leastOf = (terms: TargetTerms, { figures }: Automaker) => thresholdOf(terms, figures, {}).least;

describe('a plan of a plant that changes', () => {
  const szeged = proposal('ProductionAnnounced', '2023-12', {
    site: 'szeged',
    name: 'Szeged',
    market: 'HU',
    annualCapacity: 150_000,
    startsOn: '2025',
  });
  const revised = (on: string, data: object) =>
    proposal('ProductionPlanRevised', on, { site: 'szeged', ...data });
  it.each<[string, object, object]>([
    ['its capacity', { annualCapacity: 300_000, change: 'enlarged' }, { annualCapacity: 300_000 }],
    ['its start', { startsOn: '2026' }, { startsOn: '2026' }],
    ['its name', { name: 'Szeged East' }, { name: 'Szeged East' }],
    [
      'that it is put off',
      { change: 'put-off', startsOn: '2027' },
      { startsOn: '2027', status: 'announced' },
    ],
    ['that it is denied', { change: 'denied' }, { status: 'denied' }],
  ])('says %s', (_, change, expected) => {
    const { state } = given(registered, szeged, revised('2024-06', change));
    expect(recordIn(state, 'site', 'szeged')).toMatchObject(expected);
  });
  it('shows the current plan, with all that came before: 150,000, 300,000, 200,000', () => {
    const { state } = given(
      registered,
      szeged,
      revised('2024-06', { annualCapacity: 300_000 }),
      revised('2025-06', { annualCapacity: 200_000 }),
    );
    const site = recordIn(state, 'site', 'szeged');
    expect([site?.annualCapacity, site?.revisions?.map((each) => each.annualCapacity)]).toEqual([
      200_000,
      [300_000, 200_000],
    ]);
  });
});

describe('more than, fewer than, nearly, between', () => {
  it.each<[string, object, object]>([
    ['more than', { value: 40_000, qualifier: 'more-than' }, { lo: 40_001, hi: Infinity }],
    ['fewer than', { value: 40_000, qualifier: 'less-than' }, { lo: 0, hi: 39_999 }],
    ['nearly', { value: 40_000, qualifier: 'about' }, { lo: 39_000, hi: 41_000 }],
    ['between', { qualifier: 'between', from: 40_000, to: 50_000 }, { lo: 40_000, hi: 50_000 }],
  ])('%s is what it bounds, and no more', (_, data, bounds) => {
    expect(claimOf(data)).toEqual(bounds);
  });
});

describe('which vehicles', () => {
  it.each(['new-energy', 'passenger', 'commercial', 'plug-in-hybrid'])(
    '%s is a perimeter of its own',
    (vehicles) => {
      const { figures } = after(
        figure({ value: 101, period: '2025' }),
        figure({ value: 99, period: '2025', vehicles }),
      );
      expect(figures.map((each) => each.vehicles)).toEqual(expect.arrayContaining([undefined, vehicles]));
    },
  );
  it('is kept apart: a passenger year says nothing of an all-vehicle December', () => {
    const { figures } = after(
      figure({ measure: 'total-units', value: 4_013_000, period: '2025', vehicles: 'passenger' }),
      figure({ measure: 'total-units', value: 3_645_002, period: '2025-01/2025-11' }),
    );
    const december = withinWholes({ figures, homeMarket: 'CN' }, '2025-12-01', '2025-12-31').counted;
    expect(december.find(({ perimeter }) => perimeter.vehicles === undefined)?.hi).toBeUndefined();
  });
});

describe('Europe, not the EU', () => {
  it('is another market, so that 80,807 and 120,342 contradict nothing', () => {
    const units = (market: string, value: number) =>
      figure({ measure: 'market-units', market, value, period: '2025' });
    const { figures } = after(units('EU', 80_807), units('EUROPE', 120_342));
    expect(figures.map(({ market }) => market).sort()).toEqual(['EU', 'EUROPE']);
    expect(withinWholes({ figures, homeMarket: 'CN' }, '2025-01-01', '2025-12-31').contradicted).toEqual([]);
  });
});

describe('a planned entry', () => {
  it('keeps its mode, partner and models, and is no goal', () => {
    const how = { entryMode: 'distributor', partner: 'Inchcape', models: ['G6'], startsOn: '2026' };
    const automaker = after(proposal('MarketEntryAnnounced', '2025-06', { market: 'CL', ...how }));
    expect(automaker.markets).toMatchObject([{ market: 'CL', present: false, planned: [how] }]);
    expect(automaker.targets).toEqual([]);
  });
});

describe('goals of other kinds', () => {
  it('of capacity', () => {
    const terms = goal({ measure: 'production-capacity', unit: 'units-a-year', deadline: '2027' });
    expect(kindOf(terms)).toEqual(['level']);
  });
  it('of a range', () => {
    const terms = goal({ threshold: 80_000, thresholdTo: 100_000, qualifier: 'between', period: '2026' });
    expect(terms).toMatchObject({ threshold: 80_000, thresholdTo: 100_000 });
    expect(leastOf(terms, after())).toEqual({ lo: 80_000, hi: 80_000 });
  });
  it('cumulative', () => {
    expect(kindOf(goal({ kind: 'cumulative', period: '2025/2029' }))).toEqual(['cumulative']);
  });
  it('"double", which moves with what it is of', () => {
    const terms = goal({ relativeTo: { factor: 2, period: '2025' }, period: '2026' });
    const sold = (value: number) => after(figure({ value, period: '2025' }));
    expect(leastOf(terms, sold(45_008))).toEqual({ lo: 90_016, hi: 90_016 });
    expect(leastOf(terms, sold(45_011))).toEqual({ lo: 90_022, hi: 90_022 });
  });
});

describe('who said it, and of whom', () => {
  it('who counted is a perimeter of its own', () => {
    const { figures } = after(
      figure({ value: 101, period: '2025' }),
      figure({ value: 99, period: '2025', countedBy: 'CPCA' }),
    );
    expect(figures).toHaveLength(2);
  });
  it('two brands together are an entity', () => {
    expect(only(figure({ value: 101, period: '2025', entity: 'brand-galaxy+brand-lynkco' })).entity).toBe(
      'brand-galaxy+brand-lynkco',
    );
  });
  it('what the researcher worked out says so', () => {
    const record = only(figure({ value: 22_963, period: '2024', derivation: '45,008 / 1.96' }));
    expect([...record.reports][0]?.derivation).toBe('45,008 / 1.96');
  });
  it('what an analyst expects is no goal of the company', () => {
    const terms = { target: 't', measure: 'overseas-units', unit: 'units', threshold: 9, wording: 'w' };
    const forecast = proposal('TargetSet', '2025', { ...terms, saidBy: 'analyst' });
    expect(problemsOfProposal(forecast).map(({ field }) => field)).toEqual(['data.saidBy']);
  });
});

describe('partnerships and presence', () => {
  const signed = (on: string, over: object) =>
    proposal('PartnerSigned', on, { partnership: 'p', partner: 'Magna', roles: ['technology'], ...over });
  it('a partnership can be worldwide', () => {
    const { state } = given(registered, signed('2024', { scope: 'worldwide' }));
    expect(recordIn(state, 'partnership', 'p')).toMatchObject({ scope: 'worldwide', markets: [] });
  });
  it('an end without a start is warned of', () => {
    const { decision } = given(registered).when(
      proposal('PartnershipEnded', '2025', { partnership: 'p', partner: 'Magna' }),
    );
    expect(decision).toMatchObject({ events: [{ warnings: [{ code: 'end-without-start' }] }] });
  });
  it('a memorandum is none yet', () => {
    const { state } = given(registered, signed('2024', { stage: 'memorandum', markets: ['AT'] }));
    expect(recordIn(state, 'partnership', 'p')).toMatchObject({ stage: 'memorandum' });
  });
  it('a new importer is a change, and no second entry', () => {
    const { state } = given(
      registered,
      proposal('MarketEntered', '2021', { market: 'NO', entryMode: 'export-importer', partner: 'RSA' }),
      proposal('MarketEntryChanged', '2024', { market: 'NO', partner: 'Bilia' }),
    );
    expect(recordIn(state, 'market', 'NO')?.stays).toMatchObject([{ partner: 'Bilia', changes: [{}] }]);
  });
  it('an exit can be staged, disputed, or of an entry that nobody logged', () => {
    const left = { market: 'RU', reason: 'sanctions', until: '2025-06' };
    const evidence = [
      { url: 'https://example.com/a', publisher: 'A', grade: 'reported' as const },
      {
        url: 'https://example.com/b',
        publisher: 'B',
        grade: 'confirmed' as const,
        stance: 'denies' as const,
      },
    ];
    const { decision } = given(registered).when(proposal('MarketExited', '2024-01', left, { evidence }));
    if (decision.kind !== 'accepted') throw new Error(decision.kind);
    expect(decision.events).toMatchObject([
      { evidence: [{}, { stance: 'denies' }], warnings: [{ code: 'exit-without-entry' }] },
    ]);
    expect(recordIn(decision.state, 'market', 'RU')).toMatchObject({
      present: false,
      stays: [{ exited: { until: '2025-06' } }],
    });
  });
  it('a trial run does not run yet, and a milestone is what was built since', () => {
    const { state } = given(
      registered,
      proposal('ProductionStarted', '2025', { site: 'graz', market: 'AT', stage: 'trial' }),
    );
    expect(recordIn(state, 'site', 'graz')?.status).toBe('trial');
    const built = figure({
      measure: 'local-production-units',
      value: 100_000,
      period: '2017/2025',
      market: 'MX',
    });
    expect(only(built)).toMatchObject({ first: '2017-01-01', last: '2025-12-31' });
  });
  it('a start can be open: in March 2023 at the latest', () => {
    const { state } = given(registered, proposal('MarketEntered', '../2023-03', { market: 'NO' }));
    expect(recordIn(state, 'market', 'NO')).toMatchObject({
      present: true,
      stays: [{ entered: { occurredOn: '../2023-03' } }],
    });
  });
});

describe('a joint venture and its parent', () => {
  it('are one partner that all depends on, and no two of a half each', () => {
    const owned = (parent: string, share: number) => proposal('OwnershipChanged', '2024', { parent, share });
    const records = [
      [
        'horse',
        proposal('CompanyRegistered', '2023', { names: ['Horse'], kind: 'joint-venture' }),
        owned('renault', 50),
        owned('xpeng', 50),
      ],
      ['renault', proposal('CompanyRegistered', '1898', { names: ['Renault Group'], kind: 'group' })],
    ] as const;
    const companies = new CompanyDirectory(
      records.flatMap(([id, ...events]) => {
        const record = recordIn(givenIn(`company-${id}`, ...events).state, 'company', '');
        return record ? [[id, record] as const] : [];
      }),
    );
    const entered = (market: string, partner: string) =>
      proposal('MarketEntered', '2024', { market, entryMode: 'distributor', partner });
    const automaker = after(entered('FR', 'Horse'), entered('ES', 'Renault Group'));
    const read = (known: CompanyDirectory) =>
      partnerDependence({ automaker, companies: known, conditions: [], on: '2026-01-01' }).numbers;
    expect(read(companies)).not.toEqual(read(new CompanyDirectory([])));
    expect(read(companies)).toContainEqual(expect.objectContaining({ unit: 'hhi', lo: 10_000 }));
  });
});

describe('outlets', () => {
  it('are of a brand, and one that sells and services is one point', () => {
    const opened = (data: object) =>
      proposal('StoreOpened', '2025', { market: 'DE', ...data }, { duplicateOf: 'none' });
    const automaker = after(
      opened({ entity: 'zeekr', functions: ['sales', 'service'] }),
      opened({ functions: ['sales'] }),
    );
    const count = (
      measure: 'overseas-stores' | 'overseas-service-centers' | 'overseas-sales-and-service-points',
      over = {},
    ) => loggedCount(automaker, { measure, ...over }, '2026-01-01')?.count;
    expect([count('overseas-stores'), count('overseas-service-centers')]).toEqual([2, 1]);
    expect(count('overseas-sales-and-service-points')).toBe(2);
    expect(count('overseas-stores', { entity: 'zeekr' })).toBe(1);
  });
});

describe('a source that denies', () => {
  it('does not count as support', () => {
    const denial = {
      url: 'https://example.com/d',
      publisher: 'D',
      grade: 'confirmed',
      stance: 'denies',
    } as const;
    const rumour = { url: 'https://example.com/r', publisher: 'R', grade: 'rumoured' } as const;
    expect(bestGrade([denial, rumour])).toBe('rumoured');
  });
});
