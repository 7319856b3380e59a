import { UnknownEventType } from '../../../src/domain/events/catalogue.js';
import type { StreamEvent } from '../../../src/domain/ledger/event.js';
import type { Proposal } from '../../../src/domain/ledger/proposal.js';
import { evolve, EventNotInStream, foldEvents } from '../../../src/domain/state/evolve.js';
import type { StreamState } from '../../../src/domain/state/stream-state.js';
import { idOf, recordedEvent, recordIn, registered } from '../given-when-then.js';
import {
  correct,
  declared,
  entered,
  exited,
  half,
  moreEvidence,
  retract,
  targetRestated,
  targetRevised,
  targetSet,
  unitsOf2025,
} from '../sample-events.js';

const STREAM = 'automaker-xpeng';

/** Events of the stream, each recorded on the given day, or otherwise on 2026-11-23. */
const recordedAs = (...events: (Proposal | readonly [Proposal, recordedOn: string])[]): StreamEvent[] =>
  events.map((each, index) => {
    const [event, on] = 'type' in each ? [each, '2026-11-23'] : each;
    return recordedEvent(index, event, `${on}T12:00:00.000Z`);
  });

const fold = (...events: Parameters<typeof recordedAs>) => foldEvents(STREAM, recordedAs(...events));
const idsOf = (of: StreamState, key = 'NO') =>
  of
    .subject('market', key)
    .events.toArray()
    .map(({ id }) => id);
const marketsIn = (of: StreamState) => [...of.entries('market')].map(([key]) => key).sort();

describe('events are folded in the order in which they happened', () => {
  it('by day, whatever the order of recording', () => {
    const result = fold(registered, exited('2022-01-01'), entered('2023-01-01'), entered('2021-01-01'));
    expect(idsOf(result)).toEqual([3, 1, 2].map(idOf));
    expect(recordIn(result, 'market', 'NO')).toMatchObject({ present: true, stays: [{ exited: {} }, {}] });
    expect([...result.contradictions()]).toEqual([]);
  });
  it('a month counts at its end, a year at its end, a decade at its end', () => {
    const dates = ['2021', '2021-11', '2021-12-30', '2022-01-01'];
    const result = fold(registered, ...dates.map((on) => targetRestated(on)));
    const days = result
      .subject('target', 'half')
      .events.toArray()
      .map(({ occurredOn, day }) => [occurredOn, day]);
    expect(days).toEqual([
      ['2021-11', '2021-11-30'],
      ['2021-12-30', '2021-12-30'],
      ['2021', '2021-12-31'],
      ['2022-01-01', '2022-01-01'],
    ]);
    const decade = fold(registered, entered('201X'));
    expect(decade.subject('market', 'NO').events.get(0)?.day).toBe('2019-12-31');
  });
  it('or at the day of its recording, where that comes first', () => {
    const result = fold(registered, [entered('2026'), '2026-03-05'], [entered('202X', 'SE'), '2026-03-06']);
    expect(result.subject('market', 'NO').events.get(0)?.day).toBe('2026-03-05');
    expect(result.subject('market', 'SE').events.get(0)?.day).toBe('2026-03-06');
  });
  it('on one day, the one that may have begun first comes first', () => {
    const result = fold(registered, exited('2021-12-31'), entered('2021-12'));
    expect(idsOf(result)).toEqual([2, 1].map(idOf));
    expect([...result.contradictions()]).toEqual([]);
  });
  it('on one day and of one span, in the order of recording', () => {
    expect(idsOf(fold(registered, entered('2021'), exited('2021')))).toEqual([1, 2].map(idOf));
    expect(idsOf(fold(registered, exited('2021'), entered('2021')))).toEqual([1, 2].map(idOf));
  });
});

describe('what cannot have happened as told', () => {
  it('is passed over, and told as a contradiction', () => {
    const result = fold(registered, entered('2021-01-01'), entered('2022-01-01'), exited('2023-01-01'));
    expect([...result.contradictions()]).toMatchObject([
      { event: idOf(2), rule: 'already-present', contradicts: idOf(1) },
    ]);
    expect(recordIn(result, 'market', 'NO')).toMatchObject({ present: false, stays: [{}] });
  });
  it('stands again when what it contradicted is retracted', () => {
    const result = fold(registered, entered('2021-01-01'), entered('2022-01-01'), retract(1));
    expect([...result.contradictions()]).toEqual([]);
    expect(recordIn(result, 'market', 'NO')).toMatchObject({ stays: [{ entered: { event: idOf(2) } }] });
  });
});

describe('the two clocks', () => {
  const events = recordedAs(
    [registered, '2026-01-01'],
    [entered('2021-06'), '2026-01-02'],
    [entered('2022-01-01', 'SE'), '2026-01-03'],
    [correct(1, '2023-01-01', { market: 'NO' }), '2026-01-04'],
    [retract(2), '2026-01-05'],
  );
  const marketsAt = (clocks: object) => marketsIn(foldEvents(STREAM, events, clocks));

  it('trueOn: what had surely happened by that day', () => {
    expect(marketsAt({ trueOn: '2021-06-29', knownOn: '2026-01-03' })).toEqual([]);
    expect(marketsAt({ trueOn: '2021-06-30', knownOn: '2026-01-03' })).toEqual(['NO']);
    expect(marketsAt({ trueOn: '2022-01-01', knownOn: '2026-01-03' })).toEqual(['NO', 'SE']);
  });
  it('knownOn: what was recorded by the end of that day, or by that instant', () => {
    expect(marketsAt({ knownOn: '2026-01-02' })).toEqual(['NO']);
    expect(marketsAt({ knownOn: '2026-01-03T11:59:59.999Z' })).toEqual(['NO']);
    expect(marketsAt({ knownOn: '2026-01-03T12:00:00.000Z' })).toEqual(['NO', 'SE']);
    expect(marketsAt({ knownOn: '2025-12-31' })).toEqual([]);
  });
  it('together: a correction moves an event in the world only once it is known', () => {
    expect(marketsAt({ trueOn: '2022-12-31', knownOn: '2026-01-03' })).toEqual(['NO', 'SE']);
    expect(marketsAt({ trueOn: '2022-12-31', knownOn: '2026-01-04' })).toEqual(['SE']);
    expect(marketsAt({ trueOn: '2022-12-31' })).toEqual([]);
    expect(marketsAt({ trueOn: '2023-01-01' })).toEqual(['NO']);
  });
  it('the registration holds on every day: it is what the ledger follows, not what happened', () => {
    const result = foldEvents(STREAM, events, { trueOn: '1999-01-01' });
    expect(result.automaker).toMatchObject({ name: 'XPeng' });
    expect(foldEvents(STREAM, events, { knownOn: '2025-01-01' }).automaker).toBeUndefined();
  });
});

describe('a correction', () => {
  it('replaces data and day, and the last one that stands counts', () => {
    const result = fold(
      registered,
      targetSet('2021'),
      correct(1, '2022', { ...half, threshold: 40 }),
      correct(1, '2023', { ...half, threshold: 45 }),
    );
    expect(recordIn(result, 'target', 'half')?.versions).toMatchObject([
      { event: idOf(1), occurredOn: '2023', terms: { threshold: 45 } },
    ]);
  });
  it('moves an event from one subject to another, and leaves nothing behind', () => {
    const result = fold(registered, entered('2021'), correct(1, '2021', { market: 'SE' }));
    expect(marketsIn(result)).toEqual(['SE']);
    expect(result.subject('market', 'NO')).toMatchObject({ events: { size: 0 }, state: undefined });
  });
  it('that is voided gives way to the one before it, and in the end to what was recorded', () => {
    const corrected = [
      registered,
      entered('2021'),
      correct(1, '2021', { market: 'SE' }),
      correct(1, '2021', { market: 'DK' }),
    ];
    expect(marketsIn(fold(...corrected))).toEqual(['DK']);
    expect(marketsIn(fold(...corrected, retract(2)))).toEqual(['DK']);
    expect(marketsIn(fold(...corrected, retract(3)))).toEqual(['SE']);
    expect(marketsIn(fold(...corrected, retract(3), retract(2)))).toEqual(['NO']);
  });
  it('keeps the place of its event in the order of recording', () => {
    const result = fold(
      registered,
      entered('2021-01-01', 'SE'),
      exited('2022-01-01'),
      correct(1, '2022-01-01', { market: 'NO' }),
    );
    expect(idsOf(result)).toEqual([1, 2].map(idOf));
  });
  it('says nothing about the day of its event beyond the day on which it was recorded itself', () => {
    const result = fold(
      registered,
      [entered('2025'), '2025-06-01'],
      [correct(1, '2026', { market: 'NO' }), '2026-09-01'],
    );
    // The event was recorded in June 2025, so it could not be about 2026. Only the correction shows when it
    // happened.
    expect(result.subject('market', 'NO').events.get(0)?.day).toBe('2026-09-01');
  });
  it('of the data alone leaves the day of its event where its recording put it', () => {
    const result = fold(
      registered,
      [entered('2026', 'SE'), '2026-03-01'],
      [correct(1, '2026', { market: 'NO' }), '2026-09-01'],
    );
    expect(result.subject('market', 'NO').events.get(0)?.day).toBe('2026-03-01');
  });
  it('of the registration is looked at by all other events again', () => {
    const toNorway = correct(0, '2014', { name: 'XPeng', homeMarket: 'NO' });
    const result = fold(registered, entered('2021'), entered('2021', 'SE'), toNorway);
    expect([...result.contradictions()]).toMatchObject([{ event: idOf(1), rule: 'home-market' }]);
    expect(marketsIn(result)).toEqual(['SE']);
    const voided = fold(registered, entered('2021'), entered('2021', 'SE'), toNorway, retract(3));
    expect([...voided.contradictions()]).toEqual([]);
    expect(marketsIn(voided)).toEqual(['NO', 'SE']);
  });
});

describe('a retraction', () => {
  it('takes the event away with its corrections and evidence', () => {
    const result = fold(
      registered,
      entered('2021'),
      correct(1, '2021', { market: 'SE' }),
      moreEvidence(1),
      retract(1),
    );
    expect(marketsIn(result)).toEqual([]);
    expect(result.logged(idOf(1))).toMatchObject({ corrections: [{}], retraction: { id: idOf(4) } });
  });
  it('of the registration leaves an automaker of which nothing can be told', () => {
    const result = fold(registered, entered('2021'), retract(0));
    expect(result.automaker).toBeUndefined();
    expect([...result.contradictions()]).toMatchObject([{ event: idOf(1), rule: 'not-registered' }]);
  });
});

describe('added evidence', () => {
  const grades = (result: StreamState) => [...result.entries('figure')].flatMap(([, { reports }]) => reports);

  it('stands beside the first, and raises the grade', () => {
    const result = fold(registered, unitsOf2025(45_008), moreEvidence(1));
    expect(grades(result)).toMatchObject([{ event: idOf(1), grade: 'confirmed' }]);
    expect(grades(fold(registered, unitsOf2025(45_008)))).toMatchObject([{ grade: 'reported' }]);
  });
  it('that is retracted is gone again, and the rest of it stays', () => {
    const more = [registered, unitsOf2025(45_008), moreEvidence(1, 'A'), moreEvidence(1, 'B')];
    const publishers = (...events: Proposal[]) => {
      const [record] = [...fold(...events).entries('figure')];
      const subject = fold(...events).subject('figure', record?.[0] ?? '');
      return subject.events.get(0)?.evidence.map(({ publisher }) => publisher);
    };
    expect(publishers(...more)).toEqual(['Example', 'A', 'B']);
    expect(publishers(...more, retract(2))).toEqual(['Example', 'B']);
    expect(publishers(...more, retract(2), retract(3))).toEqual(['Example']);
  });
});

describe('a state is a value', () => {
  it('that further events leave as it was, on whichever branch they are tried', () => {
    const base = fold(registered, entered('2021'));
    const first = evolve(base, recordedEvent(2, entered('2022', 'SE'))).state;
    const second = evolve(base, recordedEvent(2, correct(1, '2021', { market: 'DK' }))).state;
    const onTop = evolve(first, recordedEvent(3, declared('2022'))).state;
    expect(marketsIn(base)).toEqual(['NO']);
    expect(marketsIn(first)).toEqual(['NO', 'SE']);
    expect(marketsIn(second)).toEqual(['DK']);
    expect([base, first, second, onTop].map(({ revision }) => revision)).toEqual([1, 2, 2, 3]);
    expect(first.record('strategy', '')).toBeUndefined();
    expect(onTop.record('strategy', '')).toBeDefined();
    expect(base.amendment(idOf(2))).toBeUndefined();
    expect(second.amendment(idOf(2))).toMatchObject({ about: idOf(1) });
  });
});

describe('what cannot be taken in', () => {
  it('is a type that is not in the catalogue', () => {
    const strange = {
      ...recordedEvent(1, entered('2021')),
      type: 'FactoryFlooded',
    } as unknown as StreamEvent;
    expect(() => foldEvents(STREAM, [...recordedAs(registered), strange])).toThrow(UnknownEventType);
  });
  it('is an amendment of an event that is not in the stream', () => {
    for (const amendment of [retract(7), correct(7, '2021', { market: 'SE' }), moreEvidence(7)])
      expect(() => fold(registered, amendment)).toThrow(EventNotInStream);
  });
  it('leaves it as it was', () => {
    const result = fold(registered, entered('2021'));
    expect(() => evolve(result, recordedEvent(2, retract(7)))).toThrow();
    expect(result.revision).toBe(1);
    expect(marketsIn(result)).toEqual(['NO']);
  });
});

describe('the touched subjects', () => {
  it('are those of the event, before and after', () => {
    let state = fold(registered, entered('2021'));
    const touchedBy = (event: StreamEvent) => {
      const evolved = evolve(state, event);
      ({ state } = evolved);
      return evolved.change.touched.map(({ ref }) => ref.name);
    };
    expect(touchedBy(recordedEvent(2, targetSet('2022')))).toEqual(['target/half']);
    expect(touchedBy(recordedEvent(3, targetRevised('2023')))).toEqual(['target/half']);
    expect(touchedBy(recordedEvent(4, correct(1, '2021', { market: 'SE' })))).toEqual([
      'market/NO',
      'market/SE',
    ]);
    expect(touchedBy(recordedEvent(5, moreEvidence(1)))).toEqual(['market/SE']);
    expect(touchedBy(recordedEvent(6, retract(1)))).toEqual(['market/SE']);
  });
});
