import { choiceMeant } from '../../src/domain/events/everyday-words.js';
import { decide } from '../../src/domain/ledger/decide.js';
import { dateFromWords } from '../../src/domain/ledger/dates-in-words.js';
import { marketFromWords, marketMeant } from '../../src/domain/ledger/peoples-words.js';
import { problemsOfProposal, type Proposal } from '../../src/domain/ledger/proposal.js';
import { given, givenIn, idOf, NOW, proposal, registered } from './given-when-then.js';
import { moreEvidence } from './sample-events.js';

const figure = (period: string, value: number, over: object = {}) =>
  proposal('FigureReported', '2026-01-05', { measure: 'overseas-units', period, value, ...over });
const szeged = {
  site: 'szeged',
  name: 'Szeged',
  market: 'HU',
  partner: 'Uzavtosanoat',
  annualCapacity: 150_000,
};

/** A ledger with enough context to detect a typing mistake. */
const known = given(
  registered,
  figure('2023', 1_046_083),
  figure('2024', 1_100_000),
  figure('2025-01', 90_000),
  figure('2025-02', 95_000),
  figure('2025-03', 92_000, { entity: 'zeekr' }),
  proposal('ProductionAnnounced', '2024-01-01', szeged),
  proposal('FigureReported', '2025-01-05', {
    measure: 'overseas-service-centers',
    asOf: '2024-12-31',
    value: 300,
  }),
);

const share = (value: number) => ({ measure: 'overseas-sales-share', period: '2025', value });
const goal = (over: object) =>
  proposal('TargetSet', '2026-01-05', {
    target: 'goal',
    measure: 'overseas-units',
    threshold: 2_000_000,
    unit: 'units',
    deadline: '2027',
    wording: 'w',
    ...over,
  });
const started = (over: object) =>
  proposal('ProductionStarted', '2026-01-05', { site: 'szeged', market: 'HU', ...over });
const entered = (over: object, on = '2026-01-05') => proposal('MarketEntered', on, { market: 'NO', ...over });

const opened = (over: object) => proposal('StoreOpened', '2026-01-05', { market: 'NO', ...over });
const capacity = (annualCapacity: number) =>
  proposal('ProductionPlanRevised', '2026-01-05', { site: 'szeged', annualCapacity });
const holding = (equityShare: number) =>
  proposal('PartnerSigned', '2026-01-05', {
    partnership: 'volkswagen',
    partner: 'Volkswagen',
    roles: ['equity-investor'],
    markets: ['DE'],
    equityShare,
  });
const level = (measure: string, value: number) =>
  proposal('FigureReported', '2026-01-05', { measure, asOf: '2025-12-31', value });
const markets = (value: number) => level('overseas-markets', value);
const centers = (value: number) => level('overseas-service-centers', value);

/**
 * For each mistake: a description, the proposal as written, and the result: the code to confirm, or the wrong
 * field.
 */
const MISTAKES: readonly (readonly [string, Proposal, string])[] = [
  ['67,052 cars with a point', figure('2025', 67.052), 'decimals-in-count'],
  ['half a car', figure('2025', 1_050_000.5), 'decimals-in-count'],
  ['a month ten times the year', figure('2023-05', 9_000_000), 'more-than-whole'],
  ['a nought too many', figure('2025', 11_000_000), 'far-off'],
  ['a nought too few', figure('2025', 90_000), 'far-off'],
  ['a month with a nought too many', figure('2025-03', 950_000), 'far-off'],
  ['a share as a part of one', proposal('FigureReported', '2026-01-05', share(0.501)), 'share-below-one'],
  ['a share above all', proposal('FigureReported', '2026-01-05', share(501)), 'data.value'],
  ['a goal with a point', goal({ threshold: 90.5 }), 'decimals-in-count'],
  [
    'a goal as a part of one',
    goal({ measure: 'overseas-sales-share', unit: 'percent', threshold: 0.5 }),
    'share-below-one',
  ],
  ['a goal in another unit', goal({ unit: 'percent' }), 'data.unit'],
  ['a deadline that is no date', goal({ deadline: 'soon' }), 'data.deadline'],
  ['a brand with a slip', figure('2025-04', 93_000, { entity: 'zeekrr' }), 'unknown-entity'],
  ['a partner by another name', entered({ partner: 'UzAuto' }), 'partner-resembles'],
  ['a partner with a slip', entered({ partner: 'Uzavtosanoot' }), 'partner-resembles'],
  ['a site with a slip', started({ site: 'szegedd' }), 'unknown-site'],
  ['a site in another country', started({ market: 'DE' }), 'other-market'],
  [
    'dollars for baht',
    started({ investment: { amount: 35_000_000_000, currency: 'USD' } }),
    'unlikely-amount',
  ],
  [
    'a currency that is none',
    started({ investment: { amount: 1, currency: 'EURO' } }),
    'data.investment.currency',
  ],
  ['the same source twice', moreEvidenceAt('https://example.com/source'), 'same-evidence'],
  ['a year of the far past', entered({}, '0202'), 'unlikely-year'],
  ['a year of the far future', goal({ deadline: '20300' }), 'data.deadline'],
  ['a day that there is not', entered({}, '2025-02-30'), 'occurredOn'],
  ['a day to come', entered({}, '2027-01-01'), 'occurredOn'],
  ['a country that is none', entered({ market: 'Norwai' }), 'data.market'],
  ['a country in small letters', entered({ market: 'no' }), 'data.market'],
  ['a region to enter', entered({ market: 'EUROPE' }), 'data.market'],
  ['a mode that is none', entered({ entryMode: 'distributer' }), 'data.entryMode'],
  ['a field with a slip', entered({ entrymode: 'distributor' }), 'data.entrymode'],
  ['a number as a text', figure('2025', '90000' as unknown as number), 'data.value'],
  ['a negative figure', figure('2025', -1), 'data.value'],
  ['a date with two meanings', entered({}, '03/04/2025'), 'occurredOn'],
  [
    'all cars fewer than those abroad',
    figure('2024', 500_000, { measure: 'total-units' }),
    'more-than-whole',
  ],
  ['a rounding beyond the figure', figure('2025', 1_200_000, { plusMinus: 2_000_000 }), 'unlikely-amount'],
  ['a source of the future', publishedOn('2027-05'), 'evidence[0].publishedOn'],
  ['a goal for a time that has passed', goal({ deadline: '2020' }), 'deadline-passed'],
  ['the automaker as its own partner', entered({ partner: 'XPENG' }), 'partner-resembles'],
  ['the automaker as its own brand', figure('2025-04', 93_000, { entity: 'xpeng' }), 'unknown-entity'],
  ['all stores as one opening', opened({ count: 5000 }), 'unlikely-amount'],
  ['a capacity in thousands', capacity(150), 'far-off'],
  ['a capacity with three noughts too many', capacity(150_000_000), 'unlikely-amount'],
  ['a holding as a part of one', holding(0.05), 'share-below-one'],
  ['more markets than there are', markets(600), 'unlikely-amount'],
  ['service centers with a nought too many', centers(3000), 'far-off'],
  ['a goal with three noughts too many', goal({ threshold: 90_000_000 }), 'unlikely-amount'],
  ['billions as ones', started({ investment: { amount: 5, currency: 'EUR' } }), 'unlikely-amount'],
  ['no source', { ...entered({}), evidence: [] }, 'evidence'],
  ['only a source that denies it', denied(), 'evidence'],
  [
    'the automaker as its own partner, by a longer name',
    entered({ partner: 'XPeng Motors Co., Ltd.' }),
    'partner-resembles',
  ],
  ['the front page of a newspaper', withUrl('https://www.example.com/'), 'unlikely-source'],
  ['an address without http', withUrl('example.com/source'), 'evidence[0].url'],
  ['a grade that is none', withGrade('sure'), 'evidence[0].grade'],
];

/** Everyday wordings that are understood. */
const UNDERSTOOD: readonly (readonly [string, Proposal, object])[] = [
  ['a country by its name', entered({ market: 'Germany' }), { data: { market: 'DE' } }],
  ['a country by its letters', entered({ market: 'UK' }), { data: { market: 'GB' } }],
  ['a day with points', entered({}, '14.09.2022'), { occurredOn: '2022-09-14' }],
  ['a day with the name of its month', entered({}, '12 November 2025'), { occurredOn: '2025-11-12' }],
  ['a quarter as reports name it', figure('Q1 2025', 277_000), { data: { period: '2025-01/2025-03' } }],
  ['a month by its name', figure('March 2025', 92_000), { data: { period: '2025-03' } }],
];

describe(`${MISTAKES.length + UNDERSTOOD.length} mistakes that people make: none is recorded in silence`, () => {
  it.each(MISTAKES)('%s', (_, written, expected) => {
    const problems = problemsOfProposal(written).map(({ field }) => field);
    if (problems.length > 0) {
      expect(problems).toContain(expected);
      return;
    }
    const tell = (over: object) =>
      decide(known.state, [{ ...written, ...over }], { now: NOW, author: 'a' }, () => idOf(99));
    const decision = tell({});
    if (decision.kind === 'invalid') {
      expect(decision.problems.map(({ field }) => field)).toContain(expected);
      return;
    }
    expect(decision).toMatchObject({ kind: 'unconfirmed', doubts: [{ code: expected }] });
    // A confirmed proposal is recorded, with the doubt as its warning.
    expect(tell({ confirm: [expected] })).toMatchObject({
      kind: 'accepted',
      events: [{ warnings: expect.arrayContaining([expect.objectContaining({ code: expected })]) }],
    });
  });
  it.each(UNDERSTOOD)('%s is understood', (_, written, said) => {
    expect(known.when(written).decision).toMatchObject({ kind: 'accepted', events: [said] });
  });
  it('tells what to write for a number with a point, and the nearest of what there is', () => {
    expect(known.when(figure('2025', 67.052)).decision).toMatchObject({
      doubts: [{ message: expect.stringContaining('write 67052') }],
    });
    expect(problemsOfProposal(entered({ entryMode: 'distributer' }))).toMatchObject([
      { message: expect.stringContaining('the nearest is distributor') },
    ]);
  });
});

describe('what is plausible needs no confirmation', () => {
  it.each([
    ['a figure beside its neighbours', figure('2025', 1_400_000)],
    ['another brand', figure('2025-04', 3000, { entity: 'lynk-co' })],
    ['the first figures of a young brand', figure('2023', 21, { entity: 'zeekr' })],
    ['the partner that is known', entered({ partner: 'UZAVTOSANOAT' })],
    ['a start at the known site', started({})],
  ])('%s', (_, written) => {
    expect(known.when(written).decision.kind).toBe('accepted');
  });
  it('holds no market to what happens elsewhere', () => {
    givenIn('market-EU')
      .when(
        proposal('MarketConditionChanged', '2025', {
          market: 'EU',
          kind: 'tariff',
          rate: 20.7,
          appliesTo: 'x',
        }),
      )
      .accepted();
  });
});

describe('what people write', () => {
  it.each([
    ['November 12, 2026', '2026-11-12'],
    ['1st Sept 2025', '2025-09-01'],
    ['Nov 2026', '2026-11'],
    ['3.4.2025', '2025-04-03'],
    ['Q4 2025', '2025-10/2025-12'],
    ['2025-Q1', '2025-01/2025-03'],
    ['H2 2026', '2026-07/2026-12'],
    ['H3 2026', undefined],
    ['Q5 2026', undefined],
    ['sometime 2026', undefined],
    ['13.2026', undefined],
    ['2025/11/12', '2025-11-12'],
    ['2025-9-1', '2025-09-01'],
    ['13/11/2025', '2025-11-13'],
    ['11/13/2025', '2025-11-13'],
    ['11/11/2025', '2025-11-11'],
    ['11/12/2025', undefined],
    ['about May 2025', '2025-05~'],
    ['circa 2025', '2025~'],
    ['about Q3 2025', undefined],
    ['2025年11月12日', '2025-11-12'],
    ['2025年11月', '2025-11'],
    ['2025年', '2025'],
    ['Apr 2025 to Jun 2025', '2025-04/2025-06'],
    ['between 1 Apr 2025 and Jun 2025', '2025-04-01/2025-06'],
    ['2030 to 2033', '2030/2033'],
    ['Q1 2025 – Q2 2025', '2025-01/2025-06'],
    ['Jun 2025 or earlier', '../2025-06'],
    ['Jun 2025 to Apr 2025', undefined],
    ['about Apr 2025 to Jun 2025', undefined],
    ['Apr 2025 to whenever', undefined],
  ])('the date %s is %s', (text, date) => {
    expect(dateFromWords(text)).toBe(date);
  });
  it.each([
    ['germany', 'DE'],
    ['United Kingdom', 'GB'],
    ['USA', 'US'],
    ['South Korea', 'KR'],
    ['Türkiye', 'TR'],
    ['Turkey', 'TR'],
    ['the European Union', 'EU'],
    ['Europe', 'EUROPE'],
    ['Atlantis', undefined],
  ])('the market %s is %s', (text, code) => {
    expect(marketFromWords(text)).toBe(code);
  });
  it.each([
    ['Norwey', 'Norway (NO)'],
    ['Norge', 'Norway (NO)'],
    ['挪威', 'Norway (NO)'],
    ['Deutschland', 'Germany (DE)'],
    ['Oslo', undefined],
  ])('for the market %s, %s may be meant', (text, meant) => {
    expect(marketMeant(text)).toBe(meant);
  });
  it('a refusal says which market may be meant', () => {
    expect(problemsOfProposal(entered({ market: 'Norwegen' }))).toEqual([
      { field: 'data.market', message: expect.stringMatching(/; the nearest is Norway \(NO\)$/) },
    ]);
  });
});

describe('words that the ledger has another one for', () => {
  it.each([
    ['postponed', ['enlarged', 'put-off'], 'put-off'],
    ['more than', ['at-least', 'about'], 'at-least'],
    ['more than', ['exact', 'more-than'], 'more-than'],
    ['Battery-electric', ['bev', 'phev'], 'bev'],
    ['EV', ['all', 'battery-electric'], 'battery-electric'],
    ['dealer', ['importer', 'distributor'], 'distributor'],
    ['MoU', ['memorandum', 'signed'], 'memorandum'],
    ['distributer', ['importer', 'distributor'], 'distributor'],
    ['charging', ['importer', 'distributor'], undefined],
  ])('for %s of %j, %s is meant', (word, choices, meant) => {
    expect(choiceMeant(word, choices)).toBe(meant);
  });
  it('a refusal says which one is meant', () => {
    expect(problemsOfProposal(entered({ entryMode: 'subsidiary' }))).toEqual([
      { field: 'data.entryMode', message: expect.stringMatching(/; the nearest is own-subsidiary$/) },
    ]);
  });
  it('of a figure since the beginning, a refusal says how its start is written', () => {
    expect(problemsOfProposal(figure('../2025-09', 5_000_000))).toEqual([
      {
        field: 'data.period',
        message: expect.stringContaining('1997/2025-09 where it is counted since 1997'),
      },
    ]);
  });
});

function moreEvidenceAt(url: string): Proposal {
  const { data, ...rest } = moreEvidence(1);
  const evidence = [{ url, publisher: 'Example', grade: 'reported' }];
  return { ...rest, data: { ...data, evidence } };
}

function denied(): Proposal {
  const { evidence = [], ...rest } = entered({});
  return { ...rest, evidence: evidence.map((each) => ({ ...each, stance: 'denies' as const })) };
}

function withUrl(url: string): Proposal {
  return { ...entered({}), evidence: [{ url, publisher: 'Example', grade: 'reported' }] };
}

function publishedOn(day: string): Proposal {
  const evidence = [
    { url: 'https://example.com/a', publisher: 'Example', grade: 'reported' as const, publishedOn: day },
  ];
  return { ...entered({}), evidence };
}

function withGrade(grade: string): Proposal {
  return {
    ...entered({}),
    evidence: [{ url: 'https://example.com/a', publisher: 'Example', grade: grade as 'reported' }],
  };
}
