import { given, givenIn, proposal, registered, recordIn } from './given-when-then.js';
import {
  blended,
  correct,
  declared,
  entered,
  retract,
  strategyRevised,
  tariff,
  targetSet,
} from './sample-events.js';

const asXpeng = (homeMarket: string) => ({ name: 'XPeng', homeMarket });
const registeredOn = (on: string) => ({ ...registered, occurredOn: on, duplicateOf: 'none' as const });

describe('an automaker is registered once, first in its stream', () => {
  it('refuses any other event before it', () => {
    given().when(entered('2021')).refused('not-registered');
    given().when(entered('2021'), registered).refused('not-registered');
  });
  it('accepts events that happened before the day of the registration', () => {
    given(registeredOn('2020-01-01')).when(entered('2019-01-01')).accepted();
  });
  it('refuses a second registration, in both orders', () => {
    given(registeredOn('2014')).when(registeredOn('2015')).refused('already-registered', 0);
    given(registeredOn('2014')).when(registeredOn('2013')).refused('already-registered', 0);
  });
  it('refuses to retract it while others stand on it, and names each of them', () => {
    given(registered, entered('2021'), targetSet('2022')).when(retract(0)).refused('not-registered', 2, 1);
  });
  it('accepts to retract it once nothing stands on it, and another one after that', () => {
    given(registered, entered('2021'), retract(1)).when(retract(0), registered, entered('2022')).accepted();
  });
  it('refuses to correct its home market to one that it entered', () => {
    given(registered, entered('2021'), entered('2022', 'SE'))
      .when(correct(0, '2014', asXpeng('NO')))
      .refused('home-market', 1);
  });
  it('accepts to correct its home market, which then may be entered no more', () => {
    const history = given(registered, correct(0, '2014', asXpeng('SE')));
    history.when(entered('2021', 'SE')).refused('home-market', 0);
    history.when(entered('2021', 'CN')).accepted();
  });
  it('refuses to void the correction of its home market once the first one was entered', () => {
    given(registered, correct(0, '2014', asXpeng('SE')), entered('2021', 'CN'))
      .when(retract(1))
      .refused('home-market', 2);
  });
});

describe('a strategy is revised only after a declaration', () => {
  it('refuses a revision without one', () => {
    given(registered).when(strategyRevised('2021')).refused('no-strategy');
  });
  it('refuses a revision before it', () => {
    given(registered, declared('2022-01-01')).when(strategyRevised('2021-01-01')).refused('no-strategy', 1);
  });
  it('accepts a revision after it, and a declaration recorded later that came before', () => {
    const history = given(registered, declared('2021-01-01'));
    history.when(strategyRevised('2022-01-01'), declared('2020-01-01')).accepted();
  });
  it('refuses to retract a declaration that was revised', () => {
    given(registered, declared('2021-01-01'), strategyRevised('2022-01-01'))
      .when(retract(1))
      .refused('no-strategy', 2);
  });
  it('accepts to retract it where another one stands before the revision', () => {
    given(registered, declared('2020-01-01'), declared('2021-01-01'), strategyRevised('2022-01-01'))
      .when(retract(1))
      .accepted();
  });
  it('refuses to move it past its revision, and the revision to before it', () => {
    const history = given(registered, declared('2021-01-01'), strategyRevised('2022-01-01'));
    history.when(correct(1, '2023-01-01', blended)).refused('no-strategy', 2);
    history.when(correct(2, '2020-01-01', blended)).refused('no-strategy', 1);
  });
});

describe('an event stands in the stream that it belongs to', () => {
  it('refuses a condition of a market in the stream of an automaker', () => {
    given(registered).when(tariff('2024')).invalid('type');
  });
  it('refuses what an automaker did in the stream of a market', () => {
    givenIn('market-EU').when(entered('2021')).invalid('type');
    givenIn('market-EU').when(registered).invalid('type');
  });
  it('refuses a condition of another market', () => {
    givenIn('market-NO').when(tariff('2024')).invalid('data.market');
  });
  it('refuses to correct a condition to one of another market', () => {
    givenIn('market-EU', tariff('2024'))
      .when(correct(0, '2024', tariff('2024', { market: 'NO' }).data))
      .invalid('data.data.market');
  });
  it('accepts conditions of its market, corrected and retracted, without a registration', () => {
    givenIn('market-EU', tariff('2024', { rate: 20.7 }))
      .when(tariff('2025', { rate: 10 }), correct(0, '2024', tariff('2024', { rate: 21 }).data), retract(1))
      .accepted();
  });
});

describe('nothing happened after it was recorded', () => {
  it('refuses what lies wholly in the future', () => {
    given(registered).when(entered('2027')).invalid('occurredOn');
    given(registered).when(entered('2026-11-24')).invalid('occurredOn');
    given(registered).when(entered('2026-12/2027')).invalid('occurredOn');
  });
  it('accepts today, and the running month and year', () => {
    for (const on of ['2026-11-23', '2026-11', '2026', '202X'])
      given(registered).when(entered(on)).accepted();
  });
  it('refuses to correct an event into the future', () => {
    given(registered, entered('2021'))
      .when(correct(1, '2027', { market: 'NO' }))
      .invalid('data.occurredOn');
  });
  it('refuses each for itself in a batch, and the batch as a whole', () => {
    const history = given(registered);
    history.when(entered('2021-01-01'), entered('2022-01-01')).refused('already-present', 1);
    expect(recordIn(history.state, 'market', 'NO')).toBeUndefined();
    expect(history.state.revision).toBe(0);
  });
});

describe('what looks like an event that is recorded already', () => {
  it('is refused with the id of the first', () => {
    given(registered, entered('2021-09')).when(entered('2021-09-14')).duplicateOf(1);
    given(registered, targetSet('2021')).when(targetSet('2021-12')).duplicateOf(1);
    given(registered).when(registered).duplicateOf(0);
  });
  it('is judged by what the event says now, not by what it said at first', () => {
    const history = given(registered, entered('2021-09'), correct(1, '2020-03', { market: 'NO' }));
    history.when(entered('2020')).duplicateOf(1);
    history.when(entered('2021-09')).refused('already-present', 1);
  });
  it('is another event where it says so, where the days differ, or where it is about another thing', () => {
    const figure = (value: number) =>
      proposal('FigureReported', '2026', { measure: 'overseas-units', value, period: '2025' });
    const history = given(registered, figure(45_008));
    history.when(figure(45_008)).duplicateOf(1);
    history.when({ ...figure(45_008), duplicateOf: 'none' }).accepted();
    given(registered, figure(45_008)).when(figure(45_000)).accepted();
    given(registered, figure(45_008))
      .when({ ...figure(45_008), occurredOn: '2025-12' })
      .accepted();
  });
});
