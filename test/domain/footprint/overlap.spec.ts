import { overlapOf, tallyOfFirst } from '../../../src/domain/footprint/overlap.js';
import type { Automaker } from '../../../src/domain/state/automaker.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { proposal } from '../given-when-then.js';
import { automakerWith } from '../goals/goal.js';

const entered = (market: string, on: string, over: object = {}): Proposal =>
  proposal('MarketEntered', on, { market, ...over });
const left = (market: string, on: string): Proposal =>
  proposal('MarketExited', on, { market, reason: 'weak sales' });

const named = (id: string, ...events: Proposal[]): Automaker => ({ ...automakerWith(...events), id });

describe('where two automakers both sell', () => {
  it('names who came first, where the dates tell', () => {
    const a = named('a', entered('NO', '2021-05'), entered('DE', '2023'), entered('TH', '2024-03-01'));
    const b = named('b', entered('NO', '2022-09-14'), entered('DE', '2023-06'), entered('FR', '2020'));
    const { both, onlyA, onlyB } = overlapOf(a, b);
    expect(both.map(({ market, first }) => [market, first])).toEqual([
      ['DE', 'not known'],
      ['NO', 'a'],
    ]);
    expect(both[1]?.leadDays).toEqual({ lo: 471, hi: 501 });
    expect(both[0]?.leadDays).toBeUndefined();
    expect([onlyA, onlyB]).toEqual([['TH'], ['FR']]);
    expect(tallyOfFirst(both)).toEqual({ a: 1, b: 0, unknown: 1 });
  });

  it('counts no entry that only rumours tell of, and says so', () => {
    const rumoured = (market: string, on: string): Proposal => {
      const entry = entered(market, on);
      return {
        ...entry,
        evidence: entry.evidence?.map((each) => ({ ...each, grade: 'rumoured' as const })) ?? [],
      };
    };
    const a = named('a', rumoured('DE', '2020'), entered('NO', '2021'), rumoured('RU', '2024-01'));
    const b = named('b', entered('DE', '2022-10-07'), entered('NO', '2022'));
    const { both, onlyA, onlyB, rumouredOfA, rumouredOfB } = overlapOf(a, b);
    expect(both.map(({ market }) => market)).toEqual(['NO']);
    expect([onlyA, onlyB]).toEqual([[], ['DE']]);
    expect([rumouredOfA, rumouredOfB]).toEqual([['DE', 'RU'], []]);
  });

  it('is the same from both sides', () => {
    const a = named('a', entered('NO', '2021-05'));
    const b = named('b', entered('NO', '2020'));
    expect(overlapOf(a, b).both[0]?.first).toBe('b');
    expect(overlapOf(b, a).both[0]?.first).toBe('a');
    expect(overlapOf(b, a).both[0]?.leadDays).toEqual(overlapOf(a, b).both[0]?.leadDays);
  });

  it('goes by the first entry of whichever brand, and tells who has left', () => {
    const a = named(
      'a',
      entered('NO', '2021-05', { entity: 'zeekr', partner: 'Bilia' }),
      entered('NO', '2022'),
      entered('SE', '2019'),
      left('SE', '2022'),
    );
    const b = named('b', entered('NO', '2023'), entered('SE', '2021'));
    const { both } = overlapOf(a, b);
    expect(both.find(({ market }) => market === 'NO')).toMatchObject({
      a: { entity: 'zeekr', partner: 'Bilia', present: true },
      bothNow: true,
    });
    expect(both.find(({ market }) => market === 'SE')).toMatchObject({
      a: { present: false, leftOn: '2022' },
      b: { present: true },
      bothNow: false,
    });
  });

  it('leaves out home markets, and entries that are only announced', () => {
    const a = named('a', proposal('MarketEntryAnnounced', '2024', { market: 'NO' }));
    const b = named('b', entered('NO', '2023'));
    expect(overlapOf(a, b)).toEqual({
      both: [],
      onlyA: [],
      onlyB: ['NO'],
      figuresOfA: [],
      rumouredOfA: [],
      rumouredOfB: [],
      figuresOfB: [],
    });

    const atHome = { ...b, profile: { ...b.profile, homeMarket: 'NO' } };
    expect(overlapOf(a, atHome).onlyB).toEqual([]);
  });

  it('tells where figures say that both sell, although an entry of one is not logged', () => {
    const sold = (market: string, value: number): Proposal =>
      proposal('FigureReported', '2026-01', { measure: 'market-units', market, period: '2026-01', value });
    const a = named('a', entered('DE', '2023'), entered('NO', '2021'), sold('FR', 5));
    const b = named('b', entered('FR', '2020'), sold('DE', 35), sold('NO', 0));
    expect(overlapOf(a, b)).toMatchObject({
      onlyA: ['DE', 'NO'],
      onlyB: ['FR'],
      figuresOfB: ['DE'],
      figuresOfA: ['FR'],
      rumouredOfA: [],
      rumouredOfB: [],
    });
  });
});
