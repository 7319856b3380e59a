import { promisedBy, promisedThenAndNow } from '../../../src/domain/goals/promised-sums.js';
import type { Automaker } from '../../../src/domain/state/automaker.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { proposal } from '../given-when-then.js';
import { automakerWith, goal } from './goal.js';

const of2030 = (threshold: number, saidOn: string, over: object = {}): Proposal =>
  goal({ threshold, deadline: '2030', wording: `${threshold} cars a year by 2030`, ...over }, saidOn);

function named(id: string, group: string | undefined, ...proposals: readonly Proposal[]): Automaker {
  const automaker = automakerWith(...proposals);
  return {
    ...automaker,
    id,
    profile: { ...automaker.profile, name: id, ...(group !== undefined && { group }) },
  };
}

const raisedTo = (threshold: number, saidOn: string): Proposal =>
  proposal('TargetRevised', saidOn, { ...of2030(threshold, saidOn).data });

describe('what was promised for a year, then and now', () => {
  const sums = (...automakers: readonly Automaker[]) =>
    promisedThenAndNow(
      automakers.map((automaker) => ({
        ...automaker.profile,
        id: automaker.id,
        promised: promisedBy(automaker),
      })),
      '2024-12-31',
      '2026-11-23',
    );

  it('adds up the goals that stood on each of two days', () => {
    const [found, ...others] = sums(
      named('a', undefined, of2030(100_000, '2023-01-01'), raisedTo(150_000, '2025-06-01')),
      named('b', undefined, of2030(50_000, '2024-03-01')),
    );
    expect(others).toEqual([]);
    expect([found?.year, found?.measure]).toEqual(['2030', 'overseas-units']);
    expect([found?.from.sum, found?.to.sum]).toEqual([
      { lo: 150_000, hi: 150_000 },
      { lo: 200_000, hi: 200_000 },
    ]);
  });

  it('tells who joined apart from who promised more', () => {
    const [found] = sums(
      named('a', undefined, of2030(100_000, '2023-01-01')),
      named('b', undefined, of2030(900_000, '2025-03-01')),
    );
    expect([found?.from.sum.lo, found?.to.sum.lo]).toEqual([100_000, 1_000_000]);
    expect(found?.ofBoth).toEqual({
      automakers: 1,
      from: { lo: 100_000, hi: 100_000 },
      to: { lo: 100_000, hi: 100_000 },
    });
  });

  it('does not add the goal of a brand to that of its group', () => {
    const [found] = sums(
      named('group', undefined, of2030(100_000, '2023-01-01')),
      named('brand', 'group', of2030(30_000, '2023-01-01')),
    );
    expect(found?.to.sum.lo).toBe(100_000);
    expect(found?.to.goals.map(({ automaker, within }) => [automaker, within])).toEqual([
      ['group', undefined],
      ['brand', 'group'],
    ]);
  });

  it.each([
    ['another basis', { basis: 'exports' }],
    ['another market', { market: 'DE', measure: 'market-units' }],
    ['another year', { deadline: '2029' }],
  ])('keeps goals of %s apart', (_, over) => {
    const found = sums(
      named('a', undefined, of2030(1000, '2023-01-01')),
      named('b', undefined, of2030(2000, '2023-01-01', over)),
    );
    expect(found.map(({ to }) => to.sum.lo).sort()).toEqual([1000, 2000]);
  });

  it('leaves out what cannot be added: shares, goals of one brand only, of several years, of no date', () => {
    const share = { measure: 'overseas-sales-share', unit: 'percent', threshold: 50 };
    const found = sums(
      named('a', undefined, of2030(50, '2023-01-01', share)),
      named('b', undefined, of2030(1000, '2023-01-01', { entity: 'brand-x' })),
      named('c', undefined, of2030(1000, '2023-01-01', { deadline: '2029/2031' })),
      named('d', undefined, of2030(1000, '2023-01-01', { deadline: undefined })),
    );
    expect(found).toEqual([]);
  });

  it('drops what was withdrawn by then', () => {
    const [found] = sums(
      named(
        'a',
        undefined,
        of2030(1000, '2023-01-01'),
        proposal('TargetWithdrawn', '2025-01-01', { target: 'goal', reason: 'x' }),
      ),
    );
    expect([found?.from.goals.length, found?.to.goals.length]).toEqual([1, 0]);
  });
});
