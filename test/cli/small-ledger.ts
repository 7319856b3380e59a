const SOURCE = [
  { url: 'https://example.com/a', publisher: 'Example', publishedOn: '2025-02', grade: 'confirmed' },
];
const id = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;

/** Ids of events that tests refer to. */
export const ENTERED_NO = id(2);
export const ENTERED_SE = id(3);
export const STORES = id(9);

const event = (
  number: number,
  type: string,
  occurredOn: string,
  data: object,
  stream = 'automaker-xpeng',
) => ({
  id: id(number),
  stream,
  type,
  occurredOn,
  data,
  evidence: type === 'AutomakerRegistered' ? [] : SOURCE,
});
const figure = (number: number, measure: string, value: number, period: string) =>
  event(number, 'FigureReported', period.slice(-10), { measure, value, period, basis: 'deliveries' });

/** Two automakers and a market, so that every question has an answer. */
export const SMALL_LEDGER: readonly object[] = [
  event(1, 'AutomakerRegistered', '2014', { name: 'XPeng', homeMarket: 'CN' }),
  event(2, 'MarketEntered', '2020-12-21', { market: 'NO', entryMode: 'distributor', partner: 'ZEM' }),
  event(3, 'MarketEntered', '2022-03', { market: 'SE' }),
  event(4, 'PartnerSigned', '2022-02-10', {
    partnership: 'bilia-sweden',
    partner: 'Bilia "AB", Göteborg',
    roles: ['distributor', 'after-sales'],
    markets: ['SE'],
  }),
  event(5, 'StrategyDeclared', '2023', {
    approach: 'export-led',
    elements: ['dealers first'],
    rationale: 'Fast,\nand light',
  }),
  event(6, 'StrategyRevised', '2025', {
    approach: 'localised-manufacturing',
    elements: ['built in Graz'],
    rationale: 'Tariffs',
  }),
  event(7, 'TargetSet', '2024-10', {
    target: 'half-overseas',
    measure: 'overseas-sales-share',
    threshold: 50,
    unit: 'percent',
    deadline: '2034-10',
    wording: 'Half of sales from abroad within a decade',
  }),
  event(8, 'TargetRevised', '2025-02-22', {
    target: 'half-overseas',
    measure: 'overseas-sales-share',
    threshold: 50,
    unit: 'percent',
    deadline: '2033',
    wording: 'Half of sales from abroad by 2033',
  }),
  event(9, 'StoreOpened', '2022-05', { market: 'SE', city: 'Malmö', count: 3 }),
  event(10, 'ProductionStarted', '2025-09-15', {
    site: 'graz-at',
    market: 'AT',
    mode: 'skd',
    annualCapacity: 9600,
  }),
  figure(11, 'overseas-units', 23_000, '2024-01-01/2024-12-31'),
  figure(12, 'total-units', 190_000, '2024-01-01/2024-12-31'),
  figure(13, 'overseas-units', 45_008, '2025-01-01/2025-12-31'),
  figure(14, 'total-units', 429_445, '2025-01-01/2025-12-31'),
  event(20, 'AutomakerRegistered', '1986', { name: 'Geely', homeMarket: 'CN' }, 'automaker-geely'),
  event(21, 'MarketEntered', '2021', { market: 'NO' }, 'automaker-geely'),
  event(
    30,
    'MarketConditionChanged',
    '2024-10-29',
    { market: 'NO', kind: 'tariff', rate: 17.8, appliesTo: 'battery cars', effectiveOn: '2024-10-30' },
    'market-NO',
  ),
];

export const jsonLines = (events: readonly object[]): string =>
  events.map((each) => `${JSON.stringify(each)}\n`).join('');
