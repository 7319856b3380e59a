import { decide } from '../../src/domain/ledger/decide.js';
import { problemsOfProposal, type Proposal } from '../../src/domain/ledger/proposal.js';
import { readSuggestion } from '../../src/domain/suggestions/suggestion.js';
import { given, idOf, NOW, proposal, registered } from './given-when-then.js';

const SOURCE = { url: 'https://example.com/source', publisher: 'Example', grade: 'reported' as const };
const ANOTHER = { url: 'https://example.org/other', publisher: 'Other', grade: 'reported' as const };

const figure = (measure: string, when: object, value: number, over: object = {}) =>
  proposal('FigureReported', '2026-01-05', { measure, value, ...when, ...over });
const sold = (period: string, value: number, over: object = {}) =>
  figure('overseas-units', { period }, value, over);
const total = (period: string, value: number) => figure('total-units', { period }, value);
const soldIn = (market: string, value: number, over: object = {}) =>
  figure('market-units', { period: '2025-08', market }, value, over);
const share = (period: string, value: number) => figure('overseas-sales-share', { period }, value);
const entered = (partner: string, market = 'DK') => proposal('MarketEntered', '2025-08', { market, partner });
const plant = (site: string, name: string, market = 'ID') =>
  proposal('ProductionAnnounced', '2025-08', { site, name, market });
const sourcedAt = (url: string): Proposal => ({
  ...sold('2025-11', 8011),
  evidence: [{ ...SOURCE, url }],
});

const known = given(
  registered,
  sold('2024-07/2024-09', 18_017),
  sold('2025-05', 5_017),
  total('2025-06', 20_017),
  sold('2025-07', 6_017),
  soldIn('NO', 1_234),
  soldIn('BR', 1_500),
  share('2024', 21),
  plant('purwakarta', 'Purwakarta Plant'),
);

const MISTAKES: readonly (readonly [string, Proposal, string])[] = [
  ['the number of a quarter as that of a month', sold('2024-08', 18_017), 'repeated-value'],
  ['the number of a month as that of a quarter', sold('2025-04/2025-06', 5_017), 'more-than-whole'],
  ['less in a quarter than in a month of it', sold('2025-04/2025-06', 4_017), 'more-than-whole'],
  ['the number of another market', soldIn('SE', 1_234), 'repeated-value'],
  ['all that was sold, as sold abroad', sold('2025-06', 20_017), 'repeated-value'],
  ['what was sold abroad, as all', total('2025-07', 6_017), 'repeated-value'],
  ['a share that leaps', share('2025', 50), 'far-off'],
  ['sales in one market as sales abroad', sold('2025-08', 1_117, { market: 'NO' }), 'other-measure'],
  ['a market as a partner', entered('Germany'), 'partner-resembles'],
  ['the code of a market as a partner', entered('DK'), 'partner-resembles'],
  ['a market in its own language as a partner', entered('Deutschland'), 'partner-resembles'],
  ['a known site under another id', plant('indonesia-plant', 'Purwakarta plant'), 'unknown-site'],
  [
    'a known site that starts under another id',
    proposal('ProductionStarted', '2025-09', { site: 'indonesia', name: 'PURWAKARTA PLANT', market: 'ID' }),
    'unknown-site',
  ],
  [
    'how exact a bound is',
    sold('2025-11', 8000, { qualifier: 'more-than', plusMinus: 500 }),
    'unlikely-amount',
  ],
  [
    'how exact an upper bound is',
    sold('2025-11', 8000, { qualifier: 'less-than', plusMinus: 500 }),
    'unlikely-amount',
  ],
];

describe(`${MISTAKES.length} mistakes of what is copied to the wrong place`, () => {
  it.each(MISTAKES)('%s', (_, written, expected) => {
    const tell = (over: object) =>
      decide(known.state, [{ ...written, ...over }], { now: NOW, author: 'a' }, () => idOf(99));
    expect(tell({})).toMatchObject({ kind: 'unconfirmed', doubts: [{ code: expected }] });
    expect(tell({ confirm: [expected] })).toMatchObject({ kind: 'accepted' });
  });
});

describe('what may well be the same needs no confirmation', () => {
  it.each<[string, Proposal]>([
    ['a month of the quarter', sold('2024-08', 6_117)],
    ['a quarter of the month', sold('2025-04/2025-06', 15_017)],
    ['the same number of another source', { ...soldIn('SE', 1_234), evidence: [ANOTHER] }],
    ['a round number of another market', soldIn('SE', 1_500)],
    ['the number of another market in another month', soldIn('SE', 1_234, { period: '2025-09' })],
    ['a share that grows', share('2025', 42)],
    ['sales in a region of the home market', sold('2025-08', 1_117, { market: 'ASIA' })],
    ['a partner named like a code', entered('GM')],
    ['a partner named after a market', entered('Volvo Cars Germany')],
    [
      'the site by its own id',
      proposal('ProductionStarted', '2025-09', { site: 'purwakarta', market: 'ID' }),
    ],
    ['another site', plant('bekasi', 'Bekasi Plant')],
    ['how exact a figure is', sold('2025-11', 8000, { qualifier: 'about', plusMinus: 500 })],
    ['an at sign in a path', sourcedAt('https://example.com/@writer/1')],
    ['an at sign in a query', sourcedAt('https://example.com?by=a@b.com')],
  ])('%s', (_, written) => {
    expect(problemsOfProposal(written)).toEqual([]);
    expect(known.when(written).decision.kind).toBe('accepted');
  });
});

describe('a name and a password in an address are never recorded', () => {
  const message = expect.stringMatching(/^holds a name or a password .* leave them out$/);
  it.each([
    ['https://anna:secret@example.com/page'],
    ['http://token@example.com/page'],
    ['HTTPS://anna:secret@example.com'],
  ])('%s', (url) => {
    expect(problemsOfProposal(sourcedAt(url))).toEqual([{ field: 'evidence[0].url', message }]);
    const copied = { ...SOURCE, archived: { url }, note: `see ${url}` };
    expect(problemsOfProposal({ ...sourcedAt(SOURCE.url), evidence: [copied] })).toEqual([
      { field: 'evidence[0].archived.url', message },
      { field: 'evidence[0].note', message },
    ]);
    const added = { type: 'EvidenceAdded', data: { event: idOf(1), evidence: [{ ...SOURCE, url }] } };
    expect(problemsOfProposal(added)).toEqual([{ field: 'data.evidence[0].url', message }]);
    expect(readSuggestion({ kind: 'source', about: idOf(1), url })).toEqual({
      problems: [{ field: 'url', message }],
    });
  });
});
