const SOURCE = {
  url: 'https://example.com/a',
  publisher: 'Example News',
  publishedOn: '2025-02',
  grade: 'confirmed',
};
const MORE = {
  url: 'https://example.com/b',
  publisher: 'Пример 例',
  grade: 'reported',
  quote: 'said "so", twice',
};
const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

interface Line {
  readonly stream?: string;
  readonly id?: string;
  readonly type: string;
  readonly occurredOn?: string;
  readonly data: object;
  readonly evidence?: readonly object[];
  readonly note?: string;
  readonly duplicateOf?: 'none';
}

const line = ({ stream = 'automaker-nova', ...rest }: Line) => ({ stream, evidence: [SOURCE], ...rest });

const target = (type: string, occurredOn: string, data: object) =>
  line({ type, occurredOn, data: { target: 'half', ...data } });
const TERMS = {
  measure: 'overseas-sales-share',
  threshold: 50,
  unit: 'percent',
  deadline: '2030/2033',
  wording: 'half of our sales by the early 2030s',
  basis: 'deliveries',
  firmness: 'planned',
  restatedEveryMonths: 12,
};
const figure = (measure: string, value: number, period: string, rest: object = {}) =>
  line({ type: 'FigureReported', occurredOn: '2026-01-15', data: { measure, value, period, ...rest } });

/**
 * Lines of an import with every event type of their time, with every field used somewhere, and everything
 * that can be recorded about an event: corrections, evidence, retractions, a retracted correction, notes,
 * warnings, and a confirmed non-duplicate. Some lines have an id; the others get one derived from their
 * content.
 */
export const LINES: readonly object[] = [
  line({
    id: id(1),
    type: 'AutomakerRegistered',
    occurredOn: '2014',
    data: { name: 'Nova Motors 新星', homeMarket: 'CN', group: 'nova-group' },
    evidence: [],
  }),
  line({
    type: 'AutomakerRegistered',
    occurredOn: '1986',
    data: { homeMarket: 'CN', name: 'Orion' },
    stream: 'automaker-orion',
  }),
  line({
    type: 'StrategyDeclared',
    occurredOn: '2023~',
    data: {
      rationale: 'Fast,\nand light',
      approach: 'asset-light',
      elements: ['local partners', 'no new plants'],
    },
    note: 'Told at the\nspring show',
  }),
  line({
    type: 'StrategyRevised',
    occurredOn: '2025-03',
    data: { approach: 'localised-manufacturing', elements: ['own plants'], rationale: 'tariffs' },
  }),
  line({
    id: id(2),
    type: 'MarketEntered',
    occurredOn: '2020-12-21',
    data: { market: 'NO', entryMode: 'distributor', partner: 'Electric Way', models: ['G3', 'P7'] },
    evidence: [SOURCE, MORE],
  }),
  line({ id: id(3), type: 'MarketEntered', occurredOn: '2021-06', data: { market: 'SE' } }),
  line({
    type: 'MarketEntered',
    occurredOn: '2022-03/2022-05',
    data: { models: ['X'], market: 'DE', entryMode: 'own-subsidiary' },
  }),
  line({
    type: 'MarketExited',
    occurredOn: '2024-08',
    data: { market: 'DE', reason: '=weak sales, "for now"' },
  }),
  line({
    id: id(4),
    type: 'PartnerSigned',
    occurredOn: '2022-02-10',
    data: {
      partnership: 'magna-graz',
      partner: 'Magna Steyr',
      roles: ['contract-manufacturer', 'assembler'],
      markets: ['AT', 'EU'],
      equityShare: 4.99,
      investment: { currency: 'USD', amount: 700_000_000 },
    },
  }),
  line({
    type: 'PartnerSigned',
    occurredOn: '2023-02-10',
    data: { partnership: 'magna-two', partner: 'Magna Steyr', roles: ['importer'], markets: ['CH'] },
  }),
  line({
    type: 'PartnershipEnded',
    occurredOn: '2025-02-10',
    data: { partnership: 'magna-two', reason: 'the contract ran out' },
  }),
  line({
    id: id(5),
    type: 'ServiceCenterOpened',
    occurredOn: '2022-05',
    data: { market: 'NO', city: 'Oslo', count: 3, operator: 'partner' },
  }),
  line({
    type: 'ServiceCenterOpened',
    occurredOn: '2022-05',
    data: { market: 'NO', city: 'Oslo', count: 3, operator: 'partner' },
    duplicateOf: 'none',
  }),
  line({
    type: 'ServiceCenterClosed',
    occurredOn: '2023-05',
    data: { market: 'NO', city: 'Oslo', operator: 'partner' },
  }),
  line({
    type: 'StoreOpened',
    occurredOn: '2022-06-01',
    data: { market: 'SE', city: 'Malmö', count: 2, operator: 'own' },
  }),
  line({
    type: 'StoreClosed',
    occurredOn: '2023-06-01',
    data: { market: 'SE', city: 'Malmö', count: 1, operator: 'own' },
  }),
  line({
    type: 'ProductionAnnounced',
    occurredOn: '2024-11',
    data: {
      site: 'graz',
      name: 'Magna, Graz',
      market: 'AT',
      mode: 'contract',
      partner: 'Magna Steyr',
      annualCapacity: 20_000,
      startsOn: '2025-07~',
      investment: { amount: 1.5, currency: 'EUR' },
    },
  }),
  line({
    type: 'ProductionStarted',
    occurredOn: '2025-09-15',
    data: { site: 'graz', market: 'AT', mode: 'skd', partner: 'Magna Steyr', annualCapacity: 20_000 },
  }),
  line({ type: 'ProductionEnded', occurredOn: '2026-02', data: { site: 'graz', reason: 'the line moved' } }),
  target('TargetSet', '2024-10-14', { ...TERMS, market: 'EU', entity: 'nova' }),
  target('TargetRevised', '2025-02-22', {
    ...TERMS,
    deadline: '2033',
    reason: 'a slower start',
    firmness: 'committed',
  }),
  target('TargetRestated', '2025-04', { wording: 'half, as we said' }),
  line({
    type: 'TargetSet',
    occurredOn: '2024-01',
    data: {
      target: 'sixty',
      measure: 'overseas-markets',
      threshold: 60,
      unit: 'markets',
      wording: 'sixty markets',
    },
  }),
  line({
    type: 'TargetWithdrawn',
    occurredOn: '2025-12',
    data: { target: 'sixty', reason: 'a price war at home' },
  }),
  figure('overseas-units', 23_000, '2024-01-01/2024-12-31', { basis: 'deliveries' }),
  figure('total-units', 190_000, '2024', { basis: 'deliveries' }),
  figure('overseas-units', 45_008, '2025', { basis: 'deliveries', entity: 'nova' }),
  {
    ...figure('overseas-units', 45_100, '2025', { basis: 'deliveries', entity: 'nova', plusMinus: 50 }),
    id: id(6),
  },
  figure('total-units', 429_445, '2025', { basis: 'deliveries', market: 'EU' }),
  line({
    type: 'FigureReported',
    occurredOn: '2025-12-31',
    data: { measure: 'overseas-markets', value: 60, asOf: '2025-12' },
  }),
  line({
    id: id(7),
    type: 'MarketConditionChanged',
    occurredOn: '2024-10-29',
    stream: 'market-EU',
    data: {
      market: 'EU',
      kind: 'countervailing-duty',
      rate: 20.7,
      appliesTo: 'battery electric cars made in China',
      automakers: ['nova'],
      powertrains: ['bev'],
      effectiveOn: '2024-10-30',
    },
  }),
  line({
    type: 'EvidenceAdded',
    data: { event: id(2), evidence: [{ ...MORE, publishedOn: '2025-09', note: 'says August' }] },
    evidence: [],
  }),
  line({
    id: id(8),
    type: 'EventCorrected',
    data: {
      event: id(3),
      data: { market: 'FI', entryMode: 'direct-sales' },
      occurredOn: '2021-08',
      reason: 'it was Finland',
    },
  }),
  line({
    id: id(9),
    type: 'EventCorrected',
    data: { event: id(5), data: { market: 'NO', city: 'Bergen' }, occurredOn: '2022-05', reason: 'misread' },
    evidence: [],
  }),
  line({ type: 'EventRetracted', data: { event: id(9), reason: 'it was right at first' }, evidence: [] }),
  line({
    type: 'EventRetracted',
    data: { event: id(6), reason: 'a typing error of the source' },
    note: 'by letter',
  }),
  line({
    type: 'EventCorrected',
    stream: 'market-EU',
    data: {
      event: id(7),
      data: {
        market: 'EU',
        kind: 'countervailing-duty',
        rate: 18.8,
        appliesTo: 'battery electric cars made in China',
      },
      occurredOn: '2024-10-29',
      reason: 'the rate of another maker',
    },
  }),
];
