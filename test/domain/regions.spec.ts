import { isMarket } from '../../src/domain/events/fields.js';
import { liesIn, REGIONS } from '../../src/domain/ledger/regions.js';
import { problemsOfProposal } from '../../src/domain/ledger/proposal.js';
import { isCountry } from '../../src/domain/events/fields.js';
import { proposal } from './given-when-then.js';

describe('regions are a table with members and a source', () => {
  it.each([...REGIONS])('%s has a name, countries as members, each once, and a source', (_, region) => {
    expect([region.name, region.source].every((text) => text.length > 2)).toBe(true);
    expect([...region.members].filter((code) => !isCountry(code))).toEqual([]);
  });
  it.each([
    ['EU', 27],
    ['EEA', 30],
    ['ASEAN', 11],
    ['GCC', 6],
    ['AFRICA', 60],
    ['LATAM', 52],
    ['CIS', 9],
  ])('%s has %d members', (code, count) => {
    expect(REGIONS.get(code)?.members.size).toBe(count);
  });
  it.each([
    ['DE', 'EU', true],
    ['NO', 'EU', false],
    ['NO', 'EUROPE', true],
    ['EU', 'EUROPE', true],
    ['EU', 'EEA', true],
    ['GCC', 'MENA', true],
    ['EUROPE', 'EU', false],
    ['TH', 'ASEAN', true],
    ['EU', 'EU', true],
  ])('%s lies in %s: %s', (market, area, is) => {
    expect(liesIn(market, area)).toBe(is);
  });
});

describe('a region stands wherever a market of a figure, goal or condition does', () => {
  const figure = { measure: 'market-units', value: 80_807, period: '2025', market: 'EUROPE' };
  const goal = {
    target: 'gulf',
    measure: 'market-units',
    threshold: 10_000,
    unit: 'units',
    deadline: '2027',
    wording: 'ten thousand in the Gulf',
    market: 'GCC',
  };
  it.each([
    ['FigureReported', figure],
    ['TargetSet', goal],
    ['MarketConditionChanged', { market: 'ASEAN', kind: 'tariff', appliesTo: 'cars', rate: 0 }],
  ] as const)('%s takes it', (type, data) => {
    expect(problemsOfProposal(proposal(type, '2026-01-05', data))).toEqual([]);
  });
  it('is no place to enter, and none is invented', () => {
    expect(problemsOfProposal(proposal('MarketEntered', '2025', { market: 'EUROPE' }))).toHaveLength(1);
    expect(isMarket('ATLANTIS')).toBe(false);
  });
  it('is not understood in what was written before there were regions', () => {
    expect(problemsOfProposal(proposal('FigureReported', '2026', figure, { version: 1 }))).toMatchObject([
      { field: 'data.market', message: expect.stringContaining('or EU') },
    ]);
  });
});
