import { bestGrade } from '../../src/domain/ledger/evidence.js';
import { loggedCount } from '../../src/domain/measures/logged-count.js';
import type { Measure } from '../../src/domain/measures/measures.js';
import { automakerOf } from '../../src/domain/state/automaker.js';
import { lawOn } from '../../src/domain/state/conditions.js';
import { given, givenIn, idOf, proposal, recordIn, registered } from './given-when-then.js';
import { tariff } from './sample-events.js';

describe('an outlet that does several things counts once', () => {
  const outlet = (type: 'StoreOpened' | 'ServiceCenterOpened', functions?: string[]) =>
    proposal(type, '2025', { market: 'DE', ...(functions && { functions }) }, { duplicateOf: 'none' });
  const state = given(
    registered,
    outlet('StoreOpened', ['sales', 'service', 'delivery']),
    outlet('StoreOpened'),
    outlet('ServiceCenterOpened'),
    outlet('StoreOpened', ['delivery']),
  ).state;
  const automaker = automakerOf('xpeng', state);
  it.each<[Measure, number]>([
    ['overseas-service-centers', 2],
    ['overseas-stores', 2],
    ['overseas-sales-and-service-points', 3],
  ])('%s: %d', (measure, count) => {
    expect(automaker && loggedCount(automaker, { measure }, '2026-01-01')?.count).toBe(count);
  });
});

describe('only what is in force is law', () => {
  const steps = [
    tariff('2024-06-12', { rate: 30, stage: 'proposed' }),
    tariff('2024-07-04', { rate: 25, stage: 'provisional', effectiveOn: '2024-07-05' }),
    tariff('2024-10-29', { rate: 20.7, stage: 'in-force', effectiveOn: '2024-10-30' }),
    tariff('2026-01-12', { stage: 'ended', effectiveOn: '2026-02-01' }),
  ];
  it.each([
    ['in the order of the days', steps],
    ['the newest first', steps.toReversed()],
  ])('whatever was recorded first: %s', (_, order) => {
    const state = givenIn('market-EU', ...order).state;
    const condition = recordIn(state, 'condition', 'tariff/bevs made in china');
    const rateOn = (day: string) => condition && lawOn(condition, day)?.rate;
    expect(['2024-07-01', '2024-10-29', '2024-10-30', '2026-01-15', '2026-02-01'].map(rateOn)).toEqual([
      undefined,
      undefined,
      20.7,
      20.7,
      undefined,
    ]);
  });
  it('holds what was written before stages as in force', () => {
    const state = givenIn('market-EU', { ...tariff('2024-10-29', { rate: 20.7 }), version: 1 }).state;
    const condition = recordIn(state, 'condition', 'tariff/bevs made in china');
    expect(condition && lawOn(condition, '2025-01-01')?.rate).toBe(20.7);
  });
});

describe('how often an automaker reports', () => {
  const monthly = proposal('ReportingChanged', '2021', { measure: 'overseas-units', interval: 'monthly' });
  const none = proposal('ReportingChanged', '2025-01', { measure: 'overseas-units', interval: 'none' });
  it.each([
    ['in the order of the days', [monthly, none]],
    ['the later first', [none, monthly]],
  ])('is what it said last, recorded %s', (_, events) => {
    const { state } = given(registered, ...events);
    expect(recordIn(state, 'reporting', 'overseas-units')?.changes.map(({ interval }) => interval)).toEqual([
      'monthly',
      'none',
    ]);
  });
});

describe('a source that denies does not support', () => {
  const denial = {
    url: 'https://example.com/denied',
    publisher: 'The company',
    grade: 'confirmed' as const,
    stance: 'denies' as const,
    quote: '不属实',
    language: 'zh',
    archived: { url: 'https://archive.example.com/1', sha256: 'a'.repeat(64) },
  };
  const rumour = { url: 'https://example.com/rumour', publisher: 'A blog', grade: 'rumoured' as const };
  it('grades an event by what speaks for it', () => {
    expect(bestGrade([rumour, denial])).toBe('rumoured');
  });
  it('is no report of a figure', () => {
    const figure = { measure: 'overseas-units', value: 90_000, period: '2025' };
    const { state } = given(
      registered,
      proposal('FigureReported', '2026', figure, { evidence: [rumour, denial] }),
    );
    const [report] = recordIn(state, 'figure', [...figureKeys(state)][0] ?? '')?.reports ?? [];
    expect([report?.event, report?.grade, report?.publishers]).toEqual([idOf(1), 'rumoured', ['A blog']]);
  });
});

function* figureKeys(state: ReturnType<typeof given>['state']): Generator<string> {
  for (const [key] of state.entries('figure')) yield key;
}
