import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { proposal } from '../given-when-then.js';
import { asked, goal } from './goal.js';

const TODAY = '2026-11-29';
const ALONE = 'a rumour alone achieves nothing.';

const source = (grade: 'reported' | 'rumoured', stance?: 'denies') => [
  { url: `https://example.com/${grade}`, publisher: grade, grade, ...(stance && { stance }) },
];
const rumoured = (type: Proposal['type'], on: string, data: object): Proposal =>
  proposal(type, on, data, { evidence: source('rumoured') });
const goalOf = (measure: string, unit: string, over: object = {}) =>
  goal({ measure, unit, threshold: 1, deadline: '2025-12', ...over }, '2025-01-10');
const inSwitzerland = goalOf('market-presence', 'markets', { market: 'CH' });
const enteredByRumour = rumoured('MarketEntered', '2025-06', { market: 'CH' });

describe('what is logged by rumour alone', () => {
  it.each<[string, Proposal, Proposal]>([
    ['an entry', inSwitzerland, enteredByRumour],
    [
      'one more market',
      goalOf('overseas-markets', 'markets'),
      rumoured('MarketEntered', '2025-06', { market: 'CH' }),
    ],
    [
      'a plant',
      goalOf('production-sites', 'sites', { market: 'EG' }),
      rumoured('ProductionStarted', '2025-06', { site: 'cairo', market: 'EG' }),
    ],
    [
      'capacity',
      goalOf('production-capacity', 'units-a-year', { threshold: 50_000 }),
      rumoured('ProductionStarted', '2025-06', { site: 'cairo', market: 'EG', annualCapacity: 60_000 }),
    ],
    ['stores', goalOf('overseas-stores', 'stores'), rumoured('StoreOpened', '2025-06', { market: 'CH' })],
  ])('achieves nothing: %s', (_, set, event) => {
    const progress = asked(TODAY, [set, event]);
    expect(progress.status).toBe('not-enough-evidence');
    expect(progress.missing.join(' ')).toContain(ALONE);
  });

  it('is no late start, and does not hide one that is told', () => {
    const late = rumoured('MarketEntered', '2026-02', { market: 'CH' });
    expect(asked(TODAY, [inSwitzerland, late]).status).toBe('not-enough-evidence');
    const told = proposal('MarketEntered', '2026-03', { market: 'CH' });
    const left = proposal('MarketExited', '2025-08', { market: 'CH', reason: 'no demand' });
    expect(asked(TODAY, [inSwitzerland, enteredByRumour, left, told])).toMatchObject({
      status: 'missed',
      late: { on: '2026-03' },
    });
  });

  it('says so in its summary', () => {
    const progress = asked(TODAY, [inSwitzerland, enteredByRumour]);
    expect(progress.summary).toMatch(/^An entry is logged by rumour alone\./);
    expect(progress.missing).toEqual([`A rumour says that the market was entered by 30 Jun 2025; ${ALONE}`]);
  });

  it('counts once somebody reports it, and no longer where the only report turns out to deny it', () => {
    const added = (stance?: 'denies') =>
      proposal('EvidenceAdded', undefined, {
        event: '00000000-0000-4000-8000-000000000002',
        evidence: source('reported', stance),
      });
    expect(asked(TODAY, [inSwitzerland, enteredByRumour, added()]).status).toBe('achieved');
    expect(asked(TODAY, [inSwitzerland, enteredByRumour, added('denies')]).status).toBe(
      'not-enough-evidence',
    );
  });
});
