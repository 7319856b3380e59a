import { numberMeant } from '../../src/domain/events/number-meant.js';
import { decide } from '../../src/domain/ledger/decide.js';
import { problemsOfProposal, type Proposal } from '../../src/domain/ledger/proposal.js';
import { given, idOf, NOW, proposal, registered } from './given-when-then.js';

const figure = (measure: string, when: object, value: number, over: object = {}) =>
  proposal('FigureReported', '2026-01-05', { measure, value, ...when, ...over });
const sold = (period: string, value: number, over: object = {}) =>
  figure('overseas-units', { period }, value, over);
const share = (period: string, value: number) => figure('overseas-sales-share', { period }, value);
const level = (measure: string, value: number, over: object = {}) =>
  figure(measure, { asOf: '2025-12-31' }, value, over);
const goal = (over: object, type: 'TargetSet' | 'TargetRevised' = 'TargetSet') =>
  proposal(type, '2026-02-05', {
    target: 'new',
    measure: 'overseas-units',
    threshold: 120_000,
    unit: 'units',
    deadline: '2028',
    wording: 'w',
    ...over,
  });
const store = (on: string, over: object) => proposal('StoreOpened', on, over);
const invested = (amount: number, currency: string) =>
  proposal('ProductionAnnounced', '2025-08', {
    site: 'valencia',
    name: 'Valencia',
    market: 'ES',
    investment: { amount, currency },
  });

const known = given(
  registered,
  sold('2024', 40_011),
  sold('2025-01', 5_011),
  sold('2025-02', 6_011),
  figure('total-units', { period: '2024' }, 190_068),
  share('2024', 21),
  level('overseas-stores', 310),
  level('overseas-markets', 60),
  store('2022-02-01', { market: 'NO', city: 'Oslo', operator: 'own' }),
  goal({ target: 'half', measure: 'overseas-sales-share', unit: 'percent', threshold: 50 }),
);
const restating = (index: number, over: object = {}) =>
  sold('2024', 41_011, { restates: [idOf(index)], ...over });

const MISTAKES: readonly (readonly [string, Proposal, string])[] = [
  ['a store at home', store('2025-03', { market: 'CN', city: 'Shanghai' }), 'home-market'],
  [
    'a plant at home',
    proposal('ProductionStarted', '2025-03', { site: 'zhaoqing', market: 'CN' }),
    'home-market',
  ],
  ['sales at home as sales abroad', sold('2024', 150_011, { market: 'CN' }), 'home-market'],
  [
    'the presence at home as a goal',
    goal({ measure: 'market-presence', market: 'CN', threshold: 1, unit: 'markets' }),
    'home-market',
  ],
  ['a city of another country', store('2025-03', { market: 'DE', city: 'Oslo' }), 'other-market'],
  ['a city in other letters', store('2025-03', { market: 'DE', city: 'KØBENHAVN' }), 'other-market'],
  ['the same store of another source', store('2022-02-05', { market: 'NO', city: 'oslo' }), 'same-outlet'],
  [
    'the number of all stores as those opened',
    store('2025-03', { market: 'NO', count: 310 }),
    'unlikely-amount',
  ],
  ['a share without its last digit', share('2025', 2.1), 'far-off'],
  [
    'a market with more than all abroad',
    figure('market-units', { period: '2024', market: 'DE' }, 50_011),
    'more-than-whole',
  ],
  ['more electric cars than cars', sold('2024', 45_011, { vehicles: 'battery-electric' }), 'more-than-whole'],
  [
    'stores of one market above those of all',
    level('overseas-stores', 400, { market: 'NO' }),
    'more-than-whole',
  ],
  ['a year as a month', sold('2025-04', 40_011), 'far-off'],
  ['a month as a year', sold('2025', 5_511), 'more-than-whole'],
  ['a goal below what was reached', goal({ threshold: 30_000 }), 'reached-already'],
  [
    'a share below what was reached',
    goal({ measure: 'overseas-sales-share', unit: 'percent', threshold: 15 }),
    'reached-already',
  ],
  [
    'a level below what was reached',
    goal({ measure: 'overseas-markets', unit: 'markets', threshold: 50 }),
    'reached-already',
  ],
  ['another goal revised', goal({ target: 'half' }, 'TargetRevised'), 'other-measure'],
  ['a store restated', restating(8), 'restates-other'],
  ['nothing restated', restating(77), 'restates-other'],
  ['the figure of another time restated', restating(2), 'restates-other'],
  [
    'plants for cars, as a goal',
    goal({ measure: 'production-sites', unit: 'sites', threshold: 90_000 }),
    'unlikely-amount',
  ],
  [
    'cars for stores, as a goal',
    goal({ measure: 'overseas-stores', unit: 'stores', threshold: 90_000 }),
    'unlikely-amount',
  ],
  ['millions of yuan as ones', invested(500, 'CNY'), 'unlikely-amount'],
  ['yuan as thousands of yuan', invested(700_000_000_000, 'CNY'), 'unlikely-amount'],
  ['no currency', invested(50_000_000, 'XXX'), 'data.investment.currency'],
  [
    'a start before its announcement',
    proposal('MarketEntryAnnounced', '2025-08', { market: 'FR', startsOn: '2024' }),
    'order-unclear',
  ],
  [
    'an exit that ends before it begins',
    proposal('MarketExited', '2025-08', { market: 'NO', reason: 'x', until: '2024' }),
    'order-unclear',
  ],
];

describe(`${MISTAKES.length} mistakes of places, parts and references`, () => {
  it.each(MISTAKES)('%s', (_, written, expected) => {
    const problems = problemsOfProposal(written).map(({ field }) => field);
    if (problems.length > 0) {
      expect(problems).toContain(expected);
      return;
    }
    const tell = (over: object) =>
      decide(known.state, [{ ...written, ...over }], { now: NOW, author: 'a' }, () => idOf(99));
    expect(tell({})).toMatchObject({ kind: 'unconfirmed', doubts: [{ code: expected }] });
    expect(tell({ confirm: [expected] })).toMatchObject({ kind: 'accepted' });
  });
});

describe('what goes with places, parts and references needs no confirmation', () => {
  it.each<[string, Proposal]>([
    ['a city of its country', store('2025-03', { market: 'NO', city: 'Bergen' })],
    ['a city that no list knows', store('2025-03', { market: 'NO', city: 'Lillehammer' })],
    ['another store in the city, a year later', store('2023-03', { market: 'NO', city: 'Oslo' })],
    ['the store of a brand', store('2022-02-01', { market: 'NO', city: 'Oslo', entity: 'mona' })],
    ['sales at home', figure('market-units', { period: '2024', market: 'CN' }, 150_011)],
    ['a market within all abroad', figure('market-units', { period: '2024', market: 'DE' }, 9_011)],
    ['a share that grows', share('2025', 35)],
    ['a goal of no more than so much', goal({ threshold: 30_000, qualifier: 'up-to' })],
    ['a figure of the same time restated', restating(1)],
    [
      'revised terms of one kind',
      goal(
        { target: 'half', measure: 'overseas-sales-share', unit: 'percent', threshold: 60 },
        'TargetRevised',
      ),
    ],
    ['an investment in yuan', invested(1_500_000_000, 'CNY')],
  ])('%s', (_, written) => {
    expect(known.when(written).decision.kind).toBe('accepted');
  });
});

describe('a number that is written as a text', () => {
  it.each([
    ['40,011', 40_011],
    ['40.011', 40_011],
    ['40 011', 40_011],
    ['40\u202f011', 40_011],
    ["1'040'011", 1_040_011],
    ['4万', 40_000],
    ['4.5万', 45_000],
    ['４００１１', 40_011],
    ['40k', 40_000],
    ['50 %', 50],
    ['12.5%', 12.5],
    ['40011 units', undefined],
    ['4 0011', undefined],
    ['', undefined],
    [40_011, undefined],
  ])('%j stands for %s', (text, meant) => {
    expect(numberMeant(text)).toBe(meant);
  });
  it('is refused with the number to write', () => {
    expect(problemsOfProposal(sold('2025', '45,008' as unknown as number))).toEqual([
      { field: 'data.value', message: expect.stringMatching(/write 45008 without marks/) },
    ]);
  });
});
