import { decide } from '../../src/domain/ledger/decide.js';
import { problemsOfProposal, type Proposal } from '../../src/domain/ledger/proposal.js';
import { given, givenIn, idOf, NOW, proposal, registered, type Given } from './given-when-then.js';
import { correct, moreEvidence, tariff } from './sample-events.js';

const figure = (measure: string, period: string, value: number, over: object = {}) =>
  proposal('FigureReported', '2026-01-05', { measure, period, value, ...over });
const overseas = (period: string, value: number, over: object = {}) =>
  figure('overseas-units', period, value, over);
const total = (period: string, value: number, over: object = {}) =>
  figure('total-units', period, value, over);
const share = (period: string, value: number, over: object = {}) =>
  figure('overseas-sales-share', period, value, over);
const grown = (percent: number) => overseas('2025', 200_011, { growth: { percent, on: '2024' } });
const terms = {
  target: 'abroad',
  measure: 'overseas-units',
  threshold: 300_000,
  unit: 'units',
  deadline: '2027',
  wording: '300,000 abroad in 2027',
};
const goal = (over: object, type: 'TargetSet' | 'TargetRevised' = 'TargetSet') =>
  proposal(type, '2026-02-05', { ...terms, ...over });
const ended = (type: Proposal['type'], on: string, data: object) => proposal(type, on, data);
const inNorway = { market: 'NO' };
const left = { market: 'NO', reason: 'weak sales' };
const signed = {
  partnership: 'bilia-sweden',
  partner: 'Bilia',
  roles: ['importer'],
  markets: ['SE'],
};
const quoted = (quote: string, over: object = {}): Proposal => ({
  ...proposal('StoreOpened', '2025-06-01', { market: 'DK' }),
  evidence: [{ url: 'https://example.com/q', publisher: 'Q', grade: 'reported', quote, ...over }],
});
const LONG =
  'XPeng said on Monday that it had opened its first store in Denmark, which is to be followed by five more in the course of the year, and that it expects to sell two thousand cars there';
const LONG_IN_CHINESE =
  '小鹏汽车周一表示，公司已在丹麦开设首家门店，年内还将陆续开设五家门店，预计全年在当地销售两千辆汽车，并计划在明年进一步扩大在北欧市场的销售和服务网络';

/** A ledger with enough context to detect a typing mistake. */
const known = given(
  registered,
  overseas('2024', 100_011),
  total('2024', 400_011),
  overseas('2024-01', 8_011, { basis: 'deliveries' }),
  overseas('2024-02', 6_012, { basis: 'deliveries' }),
  overseas('2024-03', 9_013, { basis: 'deliveries' }),
  total('2024-01', 20_011, { basis: 'deliveries' }),
  total('2024-02', 16_012, { basis: 'deliveries' }),
  total('2024-03', 21_013, { basis: 'deliveries' }),
  share('2023', 12.5),
  total('2023', 400_017),
  goal({}),
  proposal('FigureReported', '2026-01-04', { measure: 'overseas-markets', asOf: '2025-11-30', value: 60 }),
  proposal('MarketEntered', '2025', inNorway),
  proposal('PartnerSigned', '2025', signed),
  proposal('ProductionStarted', '2025', { site: 'graz', name: 'Graz', market: 'AT' }),
  proposal('MarketExited', '2025-06', { market: 'FI', reason: 'weak sales' }),
);

/**
 * For each mistake: a description, the proposal as written, and the result: the code to confirm, or the wrong
 * field.
 */
const MISTAKES: readonly (readonly [string, Proposal, string])[] = [
  ['the share of another year', share('2024', 12.5), 'far-off'],
  ['a share of a quarter far from its months', share('2024-01/2024-03', 14), 'far-off'],
  ['units far from the share that is told of their year', overseas('2023', 90_011), 'far-off'],
  ['a growth with a point', grown(9.9), 'far-off'],
  ['a growth with the wrong sign', grown(-50), 'far-off'],
  ['the figure of the month before', overseas('2024-04', 9_013, { basis: 'deliveries' }), 'repeated-value'],
  ['a year that is not over', overseas('2026', 150_011), 'not-over-yet'],
  ['a plan as a figure', overseas('2027', 300_011), 'not-over-yet'],
  ['a count of a day to come', level('2027-01-01'), 'not-over-yet'],
  ['a goal in thousands', goal({ target: 'other', threshold: 300 }), 'far-off'],
  ['a goal by another name', goal({ target: 'three-hundred' }), 'same-goal'],
  ['a revision that changes nothing', goal({}, 'TargetRevised'), 'nothing-changed'],
  [
    'a correction that changes nothing',
    correct(1, '2026-01-05', { measure: 'overseas-units', period: '2024', value: 100_011 }),
    'nothing-changed',
  ],
  [
    'twice as two hundred',
    goal({ target: 'x', deadline: '2028', relativeTo: { factor: 200, period: '2025' } }),
    'unlikely-amount',
  ],
  ['an exit before the entry by its year', ended('MarketExited', '2025-06', left), 'order-unclear'],
  ['an entry after the exit by its year', ended('MarketEntered', '2025', { market: 'FI' }), 'order-unclear'],
  ['a paragraph as a quote', quoted(LONG), 'long-quote'],
  ['a paragraph in Chinese as a quote', quoted(LONG_IN_CHINESE, { language: 'zh' }), 'long-quote'],
  ['a paragraph as the quote of more evidence', moreQuoted(LONG), 'long-quote'],
  ['a source of years before', sourced({ publishedOn: '2015-06-02' }), 'published-early'],
  ['an address as a publisher', sourced({ publisher: 'https://www.example.com' }), 'unlikely-source'],
  ['a search as a source', sourced({ url: 'https://www.google.com/search?q=xpeng' }), 'unlikely-source'],
  [
    'a goal in thousands, of deliveries',
    goal({ target: 'y', basis: 'deliveries', threshold: 30 }),
    'far-off',
  ],
  [
    'a growth with a point, of deliveries',
    overseas('2024-03', 9_017, { growth: { percent: 5, on: '2024-02' } }),
    'far-off',
  ],
  ['a goal by another name, of deliveries', goal({ target: 'y', basis: 'deliveries' }), 'same-goal'],
  ['a figure again, without how it is counted', overseas('2024-02', 6_012), 'repeated-value'],
  [
    'markets without their last digit',
    proposal('FigureReported', '2026-01-05', { measure: 'overseas-markets', asOf: '2025-12-31', value: 6 }),
    'far-off',
  ],
  [
    'a goal of markets without its last digit',
    goal({ target: 'y', measure: 'overseas-markets', unit: 'markets', threshold: 6 }),
    'far-off',
  ],
  [
    'a capacity in thousands, as a figure',
    proposal('FigureReported', '2026-01-05', {
      measure: 'production-capacity',
      asOf: '2025-12-31',
      value: 50,
    }),
    'unlikely-amount',
  ],
  [
    'a capacity in thousands, as a goal',
    goal({ target: 'y', measure: 'production-capacity', unit: 'units-a-year', threshold: 50 }),
    'unlikely-amount',
  ],
  ['no date of an interval', overseas('2024-13/2025', 9_001), 'data.period'],
];

function level(asOf: string): Proposal {
  return proposal('FigureReported', '2026-01-05', { measure: 'overseas-markets', asOf, value: 60 });
}

describe(`${MISTAKES.length} mistakes that what is recorded gives away`, () => {
  it.each(MISTAKES)('%s', (_, written, expected) => {
    expectAsked(known, written, expected);
  });
  it('a tariff without its point', () => {
    expectAsked(
      givenIn('market-EU', tariff('2024-06-12', { rate: 17.4 })),
      tariff('2024-10-29', { rate: 207 }),
      'unlikely-amount',
    );
  });
});

describe('what is said of them', () => {
  it.each([
    [share('2024', 12.5), 'is 12.5 %, and the figures of its own period come to 25 %'],
    [grown(9.9), 'is 9.9, and the figures of the two periods come to 100'],
    [
      ended('MarketExited', '2025-06', left),
      'is 2025-06, and the MarketEntered of 2025 counts as its last day, 2025-12-31: correct that to 2025-01/2025-06',
    ],
    [quoted(LONG), 'is 37 words long; a dozen is a quotation'],
  ])('%j', (written, message) => {
    expect(known.when(written).decision).toMatchObject({
      kind: 'unconfirmed',
      doubts: [{ message: expect.stringContaining(message) }],
    });
  });
  it('a year counts as its last day, where a day is held against it', () => {
    expect(given(registered).when(goal({ deadline: '2025' })).decision).toMatchObject({
      doubts: [
        {
          code: 'deadline-passed',
          message:
            'ends on 2025-12-31, before the goal was announced (2026-02-05; 2025 counts as its last day)',
        },
      ],
    });
    const ended = proposal('PartnershipEnded', '2025-06', { partnership: 'bilia-sweden' });
    expect(known.when(ended).decision).toMatchObject({
      violations: [{ message: expect.stringMatching(/; 2025 counts as its last day, 2025-12-31$/) }],
    });
    // The message also explains a violated rule: the goal was not yet set in June.
    const revised = proposal('TargetRevised', '2025-06', { ...terms, threshold: 400_000 });
    expect(given(registered, proposal('TargetSet', '2025', terms)).when(revised).decision).toMatchObject({
      kind: 'contradiction',
      violations: [
        {
          message:
            'the target abroad was not set by then; the TargetSet of 2025 counts as its last day, 2025-12-31',
        },
      ],
    });
  });
});

describe('what goes with what is recorded needs no confirmation', () => {
  it.each<[string, Proposal]>([
    ['the share that the figures come to', share('2024', 25)],
    ['a share that is hedged', share('2024', 24, { qualifier: 'more-than' })],
    ['the share of the months', share('2024-01/2024-03', 40)],
    ['the share of another brand', share('2024', 12.5, { entity: 'zeekr' })],
    ['units that the share goes with', overseas('2023', 50_011)],
    ['a growth that the figures go with', grown(100)],
    ['a round figure twice', overseas('2025', 100_000)],
    ['a goal that is higher', goal({ target: 'x', threshold: 1_000_000 })],
    ['a goal for another year', goal({ target: 'x', deadline: '2028' })],
    ['a revision that raises', goal({ threshold: 350_000 }, 'TargetRevised')],
    ['an exit after the year', ended('MarketExited', '2026-01', left)],
    ['a dozen words', quoted('XPeng said on Monday that it had opened its first store in Denmark')],
  ])('%s', (_, written) => {
    expect(known.when(written).decision.kind).toBe('accepted');
  });
});

describe('what is written as people write it', () => {
  it.each<[string, Proposal, object]>([
    [
      'money of China',
      started({ amount: 2_000_000_000, currency: 'RMB' }),
      { data: { investment: { currency: 'CNY' } } },
    ],
    [
      'a day in Chinese',
      ended('MarketEntered', '2025年6月2日', { market: 'DK' }),
      { occurredOn: '2025-06-02' },
    ],
    ['a month in Chinese', overseas('2025年6月', 9_017), { data: { period: '2025-06' } }],
  ])('%s', (_, written, said) => {
    expect(known.when(written).decision).toMatchObject({ kind: 'accepted', events: [said] });
  });
});

/**
 * Expects a refusal of the field, or a question with the code, so that the mistake is never recorded
 * unnoticed.
 */
function expectAsked(history: Given, written: Proposal, expected: string): void {
  const problems = problemsOfProposal(written).map(({ field }) => field);
  if (problems.length > 0) {
    expect(problems).toContain(expected);
    return;
  }
  const tell = (over: object) =>
    decide(history.state, [{ ...written, ...over }], { now: NOW, author: 'a' }, () => idOf(99));
  expect(tell({})).toMatchObject({ kind: 'unconfirmed', doubts: [{ code: expected }] });
  expect(tell({ confirm: [expected] })).toMatchObject({
    kind: 'accepted',
    events: [{ warnings: expect.arrayContaining([expect.objectContaining({ code: expected })]) }],
  });
}

function moreQuoted(quote: string): Proposal {
  const { data, ...rest } = moreEvidence(1);
  const evidence = [{ url: 'https://example.com/q', publisher: 'Q', grade: 'reported', quote }];
  return { ...rest, data: { ...data, evidence } };
}
function sourced(over: object): Proposal {
  const event = proposal('MarketEntered', '2025-06-02', { market: 'DK' });
  return { ...event, evidence: (event.evidence ?? []).map((each) => ({ ...each, ...over })) };
}
function started(investment: object): Proposal {
  return proposal('ProductionStarted', '2025-06-02', { site: 'rayong', market: 'TH', investment });
}
