import { amendedUntil, effective } from '../../src/domain/state/logged-event.js';
import { problemsOfProposal } from '../../src/domain/ledger/proposal.js';
import { publicEvents } from '../../src/domain/state/public-events.js';
import { given, idOf, proposal, registered } from './given-when-then.js';
import { correct, correctEvidence, entered, moreEvidence, reinstate, retract } from './sample-events.js';

describe('corrections, retractions and added evidence', () => {
  it('are about an event of the stream', () => {
    given(registered).when(retract(7)).refused('no-such-event');
    given(registered)
      .when(correct(7, '2021', {}))
      .refused('no-such-event');
    given(registered).when(moreEvidence(7)).refused('no-such-event');
  });
  it('may be about an event of the same batch', () => {
    given(registered)
      .when(entered('2021'), correct(1, '2020', { market: 'SE' }), retract(1))
      .accepted();
  });
  it('are not about an event that was retracted, and name the retraction', () => {
    const history = given(registered, entered('2021'), retract(1));
    history.when(retract(1)).refused('event-retracted', 2);
    history.when(correct(1, '2021', { market: 'SE' })).refused('event-retracted', 2);
    history.when(moreEvidence(1)).refused('event-retracted', 2);
  });
  it('are not about a correction, added evidence or a retraction, which can only be voided', () => {
    const history = given(registered, entered('2021'), correct(1, '2021', { market: 'SE' }), moreEvidence(1));
    history.when(correct(2, '2021', {})).refused('not-about-acts', 2);
    history.when(moreEvidence(2)).refused('not-about-acts', 2);
    history.when(correct(3, '2021', {})).refused('not-about-acts', 3);
    history.when(moreEvidence(3)).refused('not-about-acts', 3);
    given(registered, entered('2021'), retract(1)).when(moreEvidence(2)).refused('not-about-acts', 2);
  });
});

describe('a correction', () => {
  it('fits the type of the event that it corrects, and its fields are named as it was written', () => {
    const history = given(registered, entered('2021'));
    history.when(correct(1, '2021', { market: 'no' })).invalid('data.data.market');
    history.when(correct(1, '2021', { reason: 'x' })).invalid('data.data.reason', 'data.data.market');
  });
  it('fits it as a whole, too', () => {
    const units = { measure: 'overseas-units', value: 1, period: '2025' };
    given(registered, proposal('FigureReported', '2026', units))
      .when(correct(1, '2026', { ...units, measure: 'overseas-markets' }))
      .invalid('data.data.period');
  });
  it('takes the place of the one before it, which comes back when it is voided', () => {
    const history = given(
      registered,
      entered('2021'),
      correct(1, '2021', { market: 'SE' }),
      correct(1, '2021', { market: 'DK' }),
    );
    expect([...history.state.entries('market')].map(([key]) => key)).toEqual(['DK']);
    const state = history.when(retract(3)).accepted();
    expect([...state.entries('market')].map(([key]) => key)).toEqual(['SE']);
  });
  it('cannot be voided twice', () => {
    given(registered, entered('2021'), correct(1, '2021', { market: 'SE' }), retract(2))
      .when(retract(2))
      .refused('event-retracted', 2);
  });
  it('cannot be voided once its event was retracted', () => {
    given(registered, entered('2021'), correct(1, '2021', { market: 'SE' }), retract(1))
      .when(retract(2))
      .refused('event-retracted', 3);
  });
});

describe('a retraction', () => {
  it('cannot be retracted: the event is reinstated, or recorded again', () => {
    const history = given(registered, entered('2021'), retract(1));
    history.when(retract(2)).refused('not-about-retractions', 2);
    history.when(entered('2021')).accepted();
    history.when(reinstate(1)).accepted();
  });
  it('of added evidence leaves the event as it was', () => {
    const history = given(registered, entered('2021'), moreEvidence(1));
    expect(history.state.subject('market', 'NO').events.get(0)?.evidence).toHaveLength(2);
    const state = history.when(retract(2)).accepted();
    expect(state.subject('market', 'NO').events.get(0)?.evidence).toHaveLength(1);
    given(registered, entered('2021'), moreEvidence(1), retract(2))
      .when(retract(2))
      .refused('event-retracted', 2);
  });
  it('is judged with the ones before it in the batch', () => {
    given(registered, entered('2021')).when(retract(1), retract(1)).refused('event-retracted', 2);
  });
});

describe('a reinstatement', () => {
  const retracted = given(registered, entered('2021'), correct(1, '2021', { market: 'SE' }), retract(1));
  const marketsIn = (state: typeof retracted.state) => [...state.entries('market')].map(([key]) => key);

  it('lets an event count again, as it was corrected', () => {
    expect(marketsIn(retracted.state)).toEqual([]);
    expect(marketsIn(retracted.when(reinstate(1)).accepted())).toEqual(['SE']);
  });
  it('is about a retracted event', () => {
    given(registered).when(reinstate(7)).refused('no-such-event');
    given(registered, entered('2021')).when(reinstate(1)).refused('not-retracted', 1);
    retracted.when(reinstate(2)).refused('not-about-acts', 2);
    retracted.when(reinstate(3)).refused('not-about-acts', 3);
    retracted.when(reinstate(1), reinstate(1)).refused('not-retracted', 1);
  });
  it('is undone by retracting the event again, and that by another reinstatement', () => {
    const state = retracted.when(reinstate(1), retract(1)).accepted();
    expect(marketsIn(state)).toEqual([]);
    expect(marketsIn(retracted.when(reinstate(1), retract(1), reinstate(1)).accepted())).toEqual(['SE']);
    given(registered, entered('2021'), retract(1), reinstate(1))
      .when(retract(3))
      .refused('not-about-retractions', 3);
  });
  it('is refused where the event contradicts what was recorded since', () => {
    given(registered, entered('2021'), retract(1), entered('2020'))
      .when(reinstate(1))
      .refused('already-present', 3);
  });
  it('leaves the time before it as it was', () => {
    const entry = retracted.when(reinstate(1), retract(1), reinstate(1)).accepted().logged(idOf(1));
    const held = [1, 2, 3, 4, 5, 6].map(
      (revision) => entry && effective(amendedUntil(entry, revision))?.data,
    );
    expect(held).toEqual([
      { market: 'NO' },
      { market: 'SE' },
      undefined,
      { market: 'SE' },
      undefined,
      { market: 'SE' },
    ]);
  });
});

describe('a correction of evidence', () => {
  const SOURCE = 'https://example.com/source';
  const RIGHT = 'https://example.com/right';
  const history = given(registered, entered('2021'));
  const urlsIn = (state: typeof history.state) => {
    const entry = state.logged(idOf(1));
    return entry && effective(entry)?.evidence.map(({ url }) => url);
  };

  it('puts another piece in the place of the wrong one', () => {
    const state = history
      .when(moreEvidence(1), correctEvidence(1, SOURCE, { url: RIGHT, grade: 'confirmed' }))
      .accepted();
    const entry = state.logged(idOf(1));
    expect(entry && effective(entry)?.evidence).toEqual([
      { url: RIGHT, publisher: 'Example', grade: 'confirmed' },
      expect.objectContaining({ publisher: 'More' }),
    ]);
    expect(entry?.recorded.evidence.map(({ url }) => url)).toEqual([SOURCE]);
  });
  it('is about evidence that the event has, by the address that it has now', () => {
    history.when(correctEvidence(1, 'https://example.com/none', {})).refused('no-such-evidence', 1);
    const corrected = given(registered, entered('2021'), correctEvidence(1, SOURCE, { url: RIGHT }));
    corrected.when(correctEvidence(1, SOURCE, {})).refused('no-such-evidence', 1);
    corrected.when(correctEvidence(1, RIGHT, { publisher: 'Reuters' })).accepted();
  });
  it('is about an event that counts, and not about an act', () => {
    history.when(correctEvidence(7, SOURCE, {})).refused('no-such-event');
    given(registered, entered('2021'), retract(1))
      .when(correctEvidence(1, SOURCE, {}))
      .refused('event-retracted', 2);
    given(registered, entered('2021'), moreEvidence(1))
      .when(correctEvidence(2, SOURCE, {}))
      .refused('not-about-acts', 2);
  });
  it('is undone by its retraction', () => {
    const corrected = given(registered, entered('2021'), correctEvidence(1, SOURCE, { url: RIGHT }));
    expect(urlsIn(corrected.state)).toEqual([RIGHT]);
    expect(urlsIn(corrected.when(retract(2)).accepted())).toEqual([SOURCE]);
  });
  it('is not about what is added after it, at the address that was wrong', () => {
    const state = given(
      registered,
      entered('2021'),
      correctEvidence(1, SOURCE, { url: RIGHT }),
      proposal('EvidenceAdded', undefined, {
        event: idOf(1),
        evidence: [{ url: SOURCE, publisher: 'Another', grade: 'reported' }],
      }),
    ).state;
    expect(urlsIn(state)).toEqual([RIGHT, SOURCE]);
  });
  it('leaves the time before it as it was', () => {
    const { state } = given(registered, entered('2021'), correctEvidence(1, SOURCE, { url: RIGHT }));
    const entry = state.logged(idOf(1));
    const then = entry && effective(amendedUntil(entry, 1));
    expect(then?.evidence.map(({ url }) => url)).toEqual([SOURCE]);
  });
  it('makes the event public on the day of the right evidence, without the wrong one', () => {
    const { state } = given(
      registered,
      proposal(
        'MarketEntered',
        '2021',
        { market: 'NO' },
        {
          evidence: [{ url: SOURCE, publisher: 'Example', grade: 'reported', publishedOn: '2023-01-01' }],
        },
      ),
      correctEvidence(1, SOURCE, { url: RIGHT, publishedOn: '2021-09-01' }),
    );
    const on = (publicOn: string) => [...publicEvents(state, publicOn)].slice(1);
    expect(on('2021-08-31')).toEqual([]);
    expect(on('2021-09-01').map(({ type, evidence }) => [type, evidence.map(({ url }) => url)])).toEqual([
      ['MarketEntered', [RIGHT]],
    ]);
  });
});

describe('a move', () => {
  const GEELY = 'automaker-geely';
  const moved = (index: number, direction: 'to' | 'from', over: object = {}) =>
    proposal('EventMoved', undefined, {
      event: idOf(index),
      direction,
      stream: GEELY,
      counterpart: idOf(77),
      reason: 'it was Geely',
      ...over,
    });

  it('voids the event where it was, and says where it is now', () => {
    const { state } = given(registered, entered('2021'), moved(1, 'to'));
    const entry = state.logged(idOf(1));
    expect(entry && effective(entry)).toBeUndefined();
    expect(entry?.movedTo?.data).toMatchObject({ stream: GEELY, counterpart: idOf(77) });
    expect(state.record('market', 'NO')).toBeUndefined();
  });
  it('is the last that is said of the event there', () => {
    const after = given(registered, entered('2021'), moved(1, 'to'));
    after.when(retract(1)).refused('event-moved', 2);
    after.when(correct(1, '2022', { market: 'SE' })).refused('event-moved', 2);
    after.when(reinstate(1)).refused('event-moved', 2);
    after.when(moreEvidence(1)).refused('event-moved', 2);
    after.when(moved(1, 'to')).refused('event-moved', 2);
    after.when(retract(2)).refused('not-about-moves', 2);
  });
  it('is about an event that counts', () => {
    given(registered, entered('2021'), retract(1)).when(moved(1, 'to')).refused('event-retracted', 2);
    given(registered).when(moved(7, 'to')).refused('no-such-event');
  });
  it('takes nothing away that other events rest on', () => {
    const opened = proposal('ServiceCenterOpened', '2021', { market: 'NO' });
    const closed = proposal('ServiceCenterClosed', '2022', { market: 'NO' });
    given(registered, opened, closed).when(moved(1, 'to')).refused('more-closed-than-opened', 2);
  });
  it('leaves the event in its place in time where it comes, as it was first recorded', () => {
    const opened = proposal('ServiceCenterOpened', '2026', { market: 'NO' });
    const dayOfIt = (...more: Parameters<typeof given>) => {
      const entry = given(registered, opened, ...more).state.logged(idOf(1));
      return entry && effective(entry)?.day;
    };
    expect(dayOfIt()).toBe('2026-11-23');
    expect(dayOfIt(moved(1, 'from', { firstRecordedOn: '2026-03-05' }))).toBe('2026-03-05');
  });
  it('leaves the time before it as it was', () => {
    const { state } = given(registered, entered('2021'), moved(1, 'to'));
    const entry = state.logged(idOf(1));
    expect(entry && effective(amendedUntil(entry, 1))?.data).toEqual({ market: 'NO' });
    expect(entry && effective(amendedUntil(entry, 2))).toBeUndefined();
  });
  it('is not recorded by hand, on one side alone', () => {
    expect(problemsOfProposal(moved(1, 'to'))).toEqual([
      { field: 'type', message: expect.stringContaining('two streams at once') as unknown },
    ]);
  });
});
