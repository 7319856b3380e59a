import { bestGrade } from '../../src/domain/ledger/evidence.js';
import { levelSteps } from '../../src/domain/measures/levels.js';
import { loggedCount } from '../../src/domain/measures/logged-count.js';
import type { Measure } from '../../src/domain/measures/measures.js';
import { automakerOf } from '../../src/domain/state/automaker.js';
import { lawOn } from '../../src/domain/state/conditions.js';
import { given, givenIn, idOf, proposal, recordIn, registered } from './given-when-then.js';
import { correct, tariff } from './sample-events.js';

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

describe('two brands together', () => {
  const told = (entity: string, value: number) =>
    proposal('FigureReported', '2026-01', { measure: 'overseas-units', value, period: '2025', entity });
  it('are an entity of their own, apart from each of them, however they are ordered', () => {
    const { state } = given(
      registered,
      told('brand-lynkco', 60_001),
      told('brand-lynkco + brand-galaxy', 90_001),
      told('brand-galaxy+brand-lynkco', 90_002),
    );
    const figures = automakerOf('xpeng', state)?.figures ?? [];
    expect(figures.map(({ entity, reports }) => [entity, reports.length])).toEqual([
      ['brand-galaxy+brand-lynkco', 2],
      ['brand-lynkco', 1],
    ]);
  });
  it('are known as the brands that they are', () => {
    const history = given(registered, told('brand-galaxy+brand-lynkco', 90_001));
    history.when(told('brand-lynkco', 60_001)).accepted();
    expect(history.when(told('brand-galaxi+brand-lynkco', 90_001)).decision).toMatchObject({
      kind: 'unconfirmed',
      doubts: [{ message: 'is brand-galaxi, and brand-galaxy is known' }],
    });
  });
  it('are said in one order where a correction names them', () => {
    const figure = { measure: 'overseas-units', value: 90_001, period: '2025' };
    given(registered, told('brand-lynkco', 90_001))
      .when(correct(1, '2026-01', { ...figure, entity: 'brand-lynkco+brand-galaxy' }))
      .invalid('data.data.entity');
  });
});

describe('what whoever logs it worked out', () => {
  const level = (value: number, over: object = {}) =>
    proposal(
      'FigureReported',
      '2026-01',
      { measure: 'overseas-markets', value, asOf: '2025-12-31', ...over },
      { duplicateOf: 'none' },
    );
  const workedOut = level(61, { derivation: '60 markets and the one entered since' });
  it('counts where nobody states it, says how it came about, and stands below what anybody states', () => {
    const valueIn = (...events: ReturnType<typeof level>[]) => {
      const automaker = automakerOf('xpeng', given(registered, ...events).state);
      return levelSteps(automaker?.figures ?? [], 'overseas-markets', {}).map(({ bounds }) => bounds.lo);
    };
    expect(valueIn(workedOut)).toEqual([61]);
    const rumour = {
      ...level(59),
      evidence: [{ url: 'https://example.com/r', publisher: 'A blog', grade: 'rumoured' as const }],
    };
    expect(valueIn(workedOut, rumour)).toEqual([59]);
    const [figure] = automakerOf('xpeng', given(registered, workedOut).state)?.figures ?? [];
    expect(figure?.reports[0]?.derivation).toBe('60 markets and the one entered since');
  });
});

function* figureKeys(state: ReturnType<typeof given>['state']): Generator<string> {
  for (const [key] of state.entries('figure')) yield key;
}
