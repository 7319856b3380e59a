import { idOf, given, proposal, registered } from './given-when-then.js';

const p = proposal;
const correct = (index: number, occurredOn: string, data: object) =>
  p('EventCorrected', undefined, { event: idOf(index), occurredOn, data, reason: 'wrong' });
const retract = (index: number) => p('EventRetracted', undefined, { event: idOf(index), reason: 'wrong' });

const entered = (on: string, market = 'NO') => p('MarketEntered', on, { market });
const exited = (on: string, market = 'NO') => p('MarketExited', on, { market, reason: 'weak sales' });
const target = {
  target: 'half',
  measure: 'overseas-sales-share',
  threshold: 50,
  unit: 'percent',
  wording: 'half',
};
const set = (on: string) => p('TargetSet', on, target);
const revised = (on: string, threshold = 60) => p('TargetRevised', on, { ...target, threshold });
const restated = (on: string) => p('TargetRestated', on, { target: 'half', wording: 'half again' });
const withdrawn = (on: string) => p('TargetWithdrawn', on, { target: 'half', reason: 'given up' });
const signed = (on: string) =>
  p('PartnerSigned', on, { partnership: 'magna', partner: 'Magna', roles: ['assembler'], markets: ['AT'] });
const ended = (on: string) => p('PartnershipEnded', on, { partnership: 'magna' });
const site = { site: 'graz', market: 'AT' };
const announced = (on: string) => p('ProductionAnnounced', on, { ...site, name: 'Graz' });
const started = (on: string) => p('ProductionStarted', on, site);
const stopped = (on: string) => p('ProductionEnded', on, { site: 'graz' });
const opened = (on: string, count = 1) => p('ServiceCenterOpened', on, { market: 'NO', count });
const closed = (on: string, count = 1) => p('ServiceCenterClosed', on, { market: 'NO', count });
const storeOpened = (on: string) => p('StoreOpened', on, { market: 'NO' });
const storeClosed = (on: string) => p('StoreClosed', on, { market: 'NO' });
const declared = (on: string) =>
  p('StrategyDeclared', on, { approach: 'blended', elements: ['a'], rationale: 'b' });
const changed = (on: string) =>
  p('StrategyRevised', on, { approach: 'asset-light', elements: ['c'], rationale: 'd' });

describe('an automaker is registered once, first in its stream', () => {
  it('refuses any other event before', () => given().when(entered('2021')).refused('not-registered'));
  it('refuses a second registration', () =>
    given(registered)
      .when({ ...registered, occurredOn: '2015' })
      .refused('already-registered', 0));
  it('refuses to retract it while others stand on it', () =>
    given(registered, entered('2021')).when(retract(0)).refused('not-registered', 1));
  it('refuses to correct its home market to one that it entered', () =>
    given(registered, entered('2021'))
      .when(correct(0, '2014', { name: 'XPeng', homeMarket: 'NO' }))
      .refused('home-market', 1));
});

describe('a market is entered only when not present there, and is not the home market', () => {
  it('refuses a later entry', () =>
    given(registered, entered('2021-01-01')).when(entered('2022-01-01')).refused('already-present', 1));
  it('refuses an earlier entry that makes the recorded one impossible', () =>
    given(registered, entered('2022-01-01')).when(entered('2021-01-01')).refused('already-present', 1));
  it('refuses the home market', () =>
    given(registered).when(entered('2021', 'CN')).refused('home-market', 0));
  it('refuses a correction that makes it so', () =>
    given(registered, entered('2021-01-01'), entered('2022-01-01', 'SE'))
      .when(correct(2, '2022-01-01', { market: 'NO' }))
      .refused('already-present', 1));
  it('refuses to retract the exit between two entries', () =>
    given(registered, entered('2020-01-01'), exited('2021-01-01'), entered('2022-01-01'))
      .when(retract(2))
      .refused('already-present', 3));
  it('accepts an entry after an exit', () => {
    const fold = given(registered, entered('2020-01-01'), exited('2021-01-01'))
      .when(entered('2022-01-01'))
      .accepted();
    expect(fold.record('market', 'NO')).toMatchObject({ present: true });
  });
});

describe('a market is left only when present there', () => {
  it('refuses an exit without an entry', () => given(registered).when(exited('2021')).refused('not-present'));
  it('refuses an exit before the entry, naming it', () =>
    given(registered, entered('2022-01-01')).when(exited('2021-01-01')).refused('not-present', 1));
  it('refuses a second exit', () =>
    given(registered, entered('2020-01-01'), exited('2021-01-01'))
      .when(exited('2022-01-01'))
      .refused('not-present', 2));
  it('refuses to move the entry past the exit', () =>
    given(registered, entered('2020-01-01'), exited('2021-01-01'))
      .when(correct(1, '2022-01-01', { market: 'NO' }))
      .refused('not-present', 2));
  it('refuses to retract the entry, naming the exit that depends on it', () =>
    given(registered, entered('2020-01-01'), exited('2021-01-01'))
      .when(retract(1))
      .refused('not-present', 2));
});

describe('a strategy is revised only after a declaration', () => {
  it('refuses a revision without one', () => given(registered).when(changed('2021')).refused('no-strategy'));
  it('refuses a revision before it', () =>
    given(registered, declared('2022-01-01')).when(changed('2021-01-01')).refused('no-strategy', 1));
  it('refuses to retract a declaration that was revised', () =>
    given(registered, declared('2021-01-01'), changed('2022-01-01'))
      .when(retract(1))
      .refused('no-strategy', 2));
  it('refuses to move it past its revision', () =>
    given(registered, declared('2021-01-01'), changed('2022-01-01'))
      .when(correct(1, '2023-01-01', { approach: 'blended', elements: ['a'], rationale: 'b' }))
      .refused('no-strategy', 2));
});

describe('a target is set once, and changed only while it is set', () => {
  it('refuses a slug in use', () =>
    given(registered, set('2021-01-01')).when(set('2022-01-01')).refused('target-exists', 1));
  it('refuses an earlier setting that makes the recorded one impossible', () =>
    given(registered, set('2022-01-01')).when(set('2021-01-01')).refused('target-exists', 1));
  it.each([
    ['revision', revised],
    ['restatement', restated],
    ['withdrawal', withdrawn],
  ])('refuses a %s before it is set, after it is withdrawn, and without it', (_, change) => {
    given(registered).when(change('2021')).refused('target-not-set');
    given(registered, set('2022-01-01')).when(change('2021-01-01')).refused('target-not-set', 1);
    given(registered, set('2020-01-01'), withdrawn('2021-01-01'))
      .when(change('2022-01-01'))
      .refused('target-withdrawn', 2);
    given(registered, set('2020-01-01'), change('2021-01-01')).when(retract(1)).refused('target-not-set', 2);
    given(registered, set('2020-01-01'), change('2021-01-01'))
      .when(correct(1, '2022-01-01', target))
      .refused('target-not-set', 2);
  });
  it('refuses a withdrawal before a recorded change', () =>
    given(registered, set('2020-01-01'), revised('2022-01-01'))
      .when(withdrawn('2021-01-01'))
      .refused('target-withdrawn', 2));
});

describe('a partnership is signed once and ended once', () => {
  it('refuses a slug in use, in both orders', () => {
    given(registered, signed('2021-01-01')).when(signed('2022-01-01')).refused('partnership-exists', 1);
    given(registered, signed('2022-01-01')).when(signed('2021-01-01')).refused('partnership-exists', 1);
  });
  it('refuses an end without a signature, before it, and twice', () => {
    given(registered).when(ended('2021')).refused('partnership-not-signed');
    given(registered, signed('2022-01-01')).when(ended('2021-01-01')).refused('partnership-not-signed', 1);
    given(registered, signed('2020-01-01'), ended('2021-01-01'))
      .when(ended('2022-01-01'))
      .refused('partnership-ended', 2);
    given(registered, signed('2020-01-01'), ended('2022-01-01'))
      .when(ended('2021-01-01'))
      .refused('partnership-ended', 2);
  });
  it('refuses to retract, or to move past its end, a signature', () => {
    given(registered, signed('2020-01-01'), ended('2021-01-01'))
      .when(retract(1))
      .refused('partnership-not-signed', 2);
    given(registered, signed('2020-01-01'), ended('2021-01-01'))
      .when(correct(1, '2022-01-01', signed('2022').data))
      .refused('partnership-not-signed', 2);
  });
});

describe.each([
  ['service centers', opened, closed],
  ['stores', storeOpened, storeClosed],
])('not more %s are closed than opened', (_, open, close) => {
  it('refuses one too many, in both orders', () => {
    given(registered, open('2021-01-01'))
      .when(close('2022-01-01'), close('2023-01-01'))
      .refused('more-closed-than-opened');
    given(registered, open('2022-01-01')).when(close('2021-01-01')).refused('more-closed-than-opened', 1);
  });
  it('refuses to retract, or to move, the opening of one that closed', () => {
    given(registered, open('2021-01-01'), close('2022-01-01'))
      .when(retract(1))
      .refused('more-closed-than-opened', 2);
    given(registered, open('2021-01-01'), close('2022-01-01'))
      .when(correct(1, '2023-01-01', { market: 'NO' }))
      .refused('more-closed-than-opened', 2);
  });
});

describe('production is announced once, and runs or not', () => {
  it('refuses a second announcement, in both orders', () => {
    given(registered, announced('2021-01-01')).when(announced('2022-01-01')).refused('site-announced', 1);
    given(registered, announced('2022-01-01')).when(announced('2021-01-01')).refused('site-announced', 1);
  });
  it('refuses a start while it runs, in both orders', () => {
    given(registered, started('2021-01-01')).when(started('2022-01-01')).refused('already-running', 1);
    given(registered, started('2022-01-01')).when(started('2021-01-01')).refused('already-running', 1);
  });
  it('refuses to retract the end between two starts', () =>
    given(registered, started('2020-01-01'), stopped('2021-01-01'), started('2022-01-01'))
      .when(retract(2))
      .refused('already-running', 3));
  it('refuses an end of what is neither announced nor running', () => {
    given(registered).when(stopped('2021')).refused('site-not-active');
    given(registered, started('2022-01-01')).when(stopped('2021-01-01')).refused('site-not-active', 1);
    given(registered, started('2020-01-01'), stopped('2021-01-01'))
      .when(stopped('2022-01-01'))
      .refused('site-not-active', 2);
    given(registered, started('2020-01-01'), stopped('2021-01-01'))
      .when(retract(1))
      .refused('site-not-active', 2);
    given(registered, started('2020-01-01'), stopped('2021-01-01'))
      .when(correct(1, '2022-01-01', site))
      .refused('site-not-active', 2);
  });
  it('calls an end before any start cancelled', () => {
    const fold = given(registered, announced('2020-01-01')).when(stopped('2021-01-01')).accepted();
    expect(fold.record('site', 'graz')).toMatchObject({ status: 'cancelled' });
  });
});

describe('corrections, retractions and added evidence', () => {
  const evidence = [{ url: 'https://example.com/more', publisher: 'More', grade: 'confirmed' }];
  it('are about an event of the stream', () => {
    given(registered).when(retract(7)).refused('no-such-event');
    given(registered)
      .when(correct(7, '2021', {}))
      .refused('no-such-event');
    given(registered)
      .when(p('EvidenceAdded', undefined, { event: idOf(7), evidence }))
      .refused('no-such-event');
  });
  it('are not about an event that was retracted', () => {
    const history = given(registered, entered('2021'), retract(1));
    history.when(retract(1)).refused('event-retracted', 2);
    history.when(correct(1, '2021', { market: 'SE' })).refused('event-retracted', 2);
    history.when(p('EvidenceAdded', undefined, { event: idOf(1), evidence })).refused('event-retracted', 2);
  });
  it('cannot be corrected themselves, but voided', () => {
    const history = given(registered, entered('2021'), correct(1, '2021', { market: 'SE' }));
    history.when(correct(2, '2021', {})).refused('not-about-acts', 2);
    const fold = history.when(retract(2)).accepted();
    expect(fold.record('market', 'NO')).toMatchObject({ present: true });
    expect(fold.record('market', 'SE')).toBeUndefined();
  });
  it('a retraction cannot be retracted', () =>
    given(registered, entered('2021'), retract(1)).when(retract(2)).refused('not-about-retractions', 2));
  it('a voided correction is refused when it would make a contradiction', () =>
    given(
      registered,
      entered('2021-01-01', 'SE'),
      correct(1, '2021-01-01', { market: 'DK' }),
      entered('2022-01-01', 'SE'),
    )
      .when(retract(2))
      .refused('already-present', 3));
  it('a correction has to fit the type of the event', () => {
    const { decision } = given(registered, entered('2021')).when(correct(1, '2021', { market: 'no' }));
    expect(decision).toMatchObject({ kind: 'invalid', problems: [{ field: 'data.data.market' }] });
  });
});

describe('what is not a contradiction', () => {
  it('an event wholly in the future is refused as invalid; the running year is not', () => {
    expect(given(registered).when(entered('2027')).decision).toMatchObject({
      kind: 'invalid',
      problems: [{ field: 'occurredOn' }],
    });
    given(registered).when(entered('2026')).accepted();
  });
  it('a second report of an event is refused with the id of the first, unless it is another event', () => {
    const history = given(registered, opened('2021-09'));
    expect(history.when(opened('2021-09-14')).decision).toMatchObject({
      kind: 'duplicate',
      duplicateOf: idOf(1),
    });
    history.when({ ...opened('2021-09-14'), duplicateOf: 'none' }).accepted();
  });
  it('what is odd but possible is a warning', () => {
    const { decision } = given(registered).when(opened('2021'));
    expect(decision).toMatchObject({
      kind: 'accepted',
      events: [{ warnings: [{ code: 'market-not-entered' }] }],
    });
  });
  it('figures that disagree are both kept, with a warning', () => {
    const figure = (value: number) =>
      p('FigureReported', '2025-12-31', { measure: 'overseas-units', value, period: '2025' });
    const { decision } = given(registered, figure(45_008)).when(figure(45_000));
    expect(decision).toMatchObject({
      kind: 'accepted',
      events: [{ warnings: [{ code: 'figures-differ', events: [idOf(1)] }] }],
    });
  });
  it('a batch is refused as a whole', () => {
    const history = given(registered);
    history.when(entered('2021-01-01'), entered('2022-01-01')).refused('already-present', 1);
    expect(history.fold.record('market', 'NO')).toBeUndefined();
  });
});
