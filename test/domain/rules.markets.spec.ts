import { upcast } from '../../src/domain/events/versions.js';
import { problemsOfProposal } from '../../src/domain/ledger/proposal.js';
import { loggedCount } from '../../src/domain/measures/logged-count.js';
import { automakerOf } from '../../src/domain/state/automaker.js';
import { given, idOf, proposal, recordIn, registered } from './given-when-then.js';
import { correct, entered, entryAnnounced, entryChanged, exited, retract } from './sample-events.js';

const inNorway = { market: 'NO' };
const left = { market: 'NO', reason: 'weak sales' };

describe('a market is entered only when not present there, and is not the home market', () => {
  it('refuses a later entry', () => {
    given(registered, entered('2021-01-01')).when(entered('2022-01-01')).refused('already-present', 1);
  });
  it('refuses an earlier entry that makes the recorded one impossible', () => {
    given(registered, entered('2022-01-01')).when(entered('2021-01-01')).refused('already-present', 1);
  });
  it('refuses an entry between an entry and its exit', () => {
    given(registered, entered('2020-01-01'), exited('2022-01-01'))
      .when(entered('2021-01-01'))
      .refused('already-present', 1);
  });
  it('refuses the home market', () => {
    given(registered).when(entered('2021', 'CN')).refused('home-market', 0);
  });
  it('refuses a correction that makes the corrected entry impossible, and names what stands against it', () => {
    const history = given(registered, entered('2021-01-01'), entered('2022-01-01', 'SE'));
    history.when(correct(2, '2022-01-01', inNorway)).refused('already-present', 1);
    history.when(correct(2, '2022-01-01', { market: 'CN' })).refused('home-market', 0);
  });
  it('refuses a correction that makes another entry impossible, and names that one', () => {
    given(registered, entered('2022-01-01'), entered('2021-01-01', 'SE'))
      .when(correct(2, '2021-01-01', inNorway))
      .refused('already-present', 1);
  });
  it('refuses to void a correction that made room for another entry, in both orders', () => {
    const moved = [registered, entered('2021-01-01'), correct(1, '2021-01-01', { market: 'DK' })];
    given(...moved, entered('2022-01-01'))
      .when(retract(2))
      .refused('already-present', 3);
    given(...moved, entered('2020-01-01'))
      .when(retract(2))
      .refused('already-present', 3);
  });
  it('refuses to retract the exit between two entries', () => {
    given(registered, entered('2020-01-01'), exited('2021-01-01'), entered('2022-01-01'))
      .when(retract(2))
      .refused('already-present', 3);
  });
  it('refuses to move that exit past the second entry', () => {
    given(registered, entered('2020-01-01'), exited('2021-01-01'), entered('2022-01-01'))
      .when(correct(2, '2023-01-01', left))
      .refused('already-present', 3);
  });
  it('accepts an entry after an exit', () => {
    const state = given(registered, entered('2020-01-01'), exited('2021-01-01'))
      .when(entered('2022-01-01'))
      .accepted();
    expect(recordIn(state, 'market', 'NO')).toMatchObject({ present: true, stays: [{}, {}] });
  });
  it('accepts a stay that was before a recorded one, entry and exit together', () => {
    const state = given(registered, entered('2022-01-01')).when(
      entered('2020-01-01'),
      exited('2021-01-01'),
    ).decision;
    expect(state).toMatchObject({ kind: 'contradiction' });
    given(registered, entered('2022-01-01'), exited('2023-01-01'))
      .when(correct(1, '2020-01-01', inNorway), correct(2, '2021-01-01', left), entered('2022-01-01'))
      .accepted();
  });
  it('accepts an exit and an entry on one day in the order of recording', () => {
    given(registered, entered('2020-01-01')).when(exited('2021-01-01'), entered('2021-01-01')).accepted();
  });
});

describe('a market is left by who is there, or by whose entry nobody logged', () => {
  it('accepts an exit without an entry, with a warning', () => {
    const decided = given(registered, entered('2020-01-01', 'SE')).when(exited('2021')).accepted();
    expect(recordIn(decided, 'market', 'NO')).toEqual({
      market: 'NO',
      present: false,
      stays: [{ exited: { event: idOf(2), occurredOn: '2021', reason: 'weak sales' } }],
    });
    expect(decided.recorded(idOf(2))?.warnings).toMatchObject([{ code: 'exit-without-entry' }]);
  });
  it('accepts an exit before the entry that is logged, with the same warning: the stay before it is not', () => {
    const state = given(registered, entered('2022-01-01')).when(exited('2021-01-01')).accepted();
    expect(recordIn(state, 'market', 'NO')).toMatchObject({
      present: true,
      stays: [{ exited: { event: idOf(2) } }, { entered: { event: idOf(1) } }],
    });
    expect(state.recorded(idOf(2))?.warnings).toMatchObject([{ code: 'exit-without-entry' }]);
  });
  it('needs no warning where the entry is logged', () => {
    const state = given(registered, entered('2020-01-01')).when(exited('2021-01-01')).accepted();
    expect(state.recorded(idOf(2))?.warnings).toBeUndefined();
  });
  it('takes an entry that is logged after its exit, and tells the same as in the order of the days', () => {
    const late = given(registered).when(exited('2021-01-01'), entered('2020-01-01')).accepted();
    expect(recordIn(late, 'market', 'NO')).toEqual({
      market: 'NO',
      present: false,
      stays: [
        {
          entered: { event: idOf(2), occurredOn: '2020-01-01' },
          exited: { event: idOf(1), occurredOn: '2021-01-01', reason: 'weak sales' },
        },
      ],
    });
  });
  it('refuses a second exit, in both orders', () => {
    const history = given(registered, entered('2020-01-01'), exited('2021-01-01'));
    history.when(exited('2022-01-01')).refused('not-present', 2);
    history.when(exited('2020-06-01')).refused('not-present', 2);
    given(registered, exited('2021-01-01')).when(exited('2022-01-01')).refused('not-present', 1);
  });
  it('lets the entry be retracted, corrected to another market or past the exit, which stands by itself', () => {
    const history = given(registered, entered('2020-01-01'), exited('2021-01-01'));
    for (const change of [
      retract(1),
      correct(1, '2022-01-01', inNorway),
      correct(1, '2020-01-01', { market: 'SE' }),
      correct(2, '2019-01-01', left),
    ])
      expect(recordIn(history.when(change).accepted(), 'market', 'NO')).toMatchObject({
        stays: expect.arrayContaining([
          expect.objectContaining({ exited: expect.objectContaining({ event: idOf(2) }) }),
        ]),
      });
  });
  it('accepts to retract both', () => {
    const state = given(registered, entered('2020-01-01'), exited('2021-01-01'))
      .when(retract(2), retract(1))
      .accepted();
    expect(recordIn(state, 'market', 'NO')).toBeUndefined();
  });
  it('accepts a late exit before a recorded one of a later stay', () => {
    given(registered, entered('2020-01-01'), exited('2021-01-01'), entered('2022-01-01'))
      .when(exited('2023-01-01'), entered('2018-01-01', 'SE'), exited('2019-01-01', 'SE'))
      .accepted();
  });
  it('says of an exit in stages when the last one is over', () => {
    const exit = proposal('MarketExited', '2025-01-10', { ...left, until: '2025-12' });
    const state = given(registered, entered('2020-01-01')).when(exit).accepted();
    expect(recordIn(state, 'market', 'NO')?.stays).toMatchObject([
      { exited: { occurredOn: '2025-01-10', until: '2025-12' } },
    ]);
    const automaker = automakerOf('xpeng', state);
    const marketsOn = (day: string) =>
      automaker && loggedCount(automaker, { measure: 'overseas-markets' }, day)?.count;
    expect([marketsOn('2025-06-30'), marketsOn('2025-12-31')]).toEqual([1, 0]);
  });
});

describe('brands come and go by themselves, and a market counts once', () => {
  const brand = (type: 'MarketEntered' | 'MarketExited', on: string, entity: string) =>
    proposal(type, on, { market: 'NO', entity, ...(type === 'MarketExited' && { reason: 'weak sales' }) });
  const both = [
    registered,
    brand('MarketEntered', '2021-01-01', 'zeekr'),
    brand('MarketEntered', '2022-01-01', 'lynk-co'),
  ];
  it('a second brand may enter, a brand not twice', () => {
    given(...both)
      .when(brand('MarketEntered', '2023-01-01', 'zeekr'))
      .refused('already-present', 1);
  });
  it('counts a market from the first brand to the last', () => {
    const state = given(...both)
      .when(brand('MarketExited', '2023-01-01', 'zeekr'), brand('MarketExited', '2024-01-01', 'lynk-co'))
      .accepted();
    const automaker = automakerOf('xpeng', state);
    const counted = (day: string, entity?: string) =>
      automaker &&
      loggedCount(automaker, { measure: 'overseas-markets', ...(entity !== undefined && { entity }) }, day)
        ?.count;
    expect(['2021-06-01', '2022-06-01', '2023-06-01', '2024-06-01'].map((day) => counted(day))).toEqual([
      1, 1, 1, 0,
    ]);
    expect(['2022-06-01', '2023-06-01'].map((day) => counted(day, 'zeekr'))).toEqual([1, 0]);
  });
  it('who leaves as a whole leaves with all brands', () => {
    const state = given(...both)
      .when(exited('2023-01-01'))
      .accepted();
    expect(recordIn(state, 'market', 'NO')).toMatchObject({
      present: false,
      stays: [
        { entity: 'zeekr', exited: { event: idOf(3) } },
        { entity: 'lynk-co', exited: { event: idOf(3) } },
      ],
    });
  });
});

describe('a planned entry with its day, mode, partner and models is no goal and no presence', () => {
  const plan = { startsOn: '2026-11', entryMode: 'distributor', partner: 'Bilia', models: ['G6'] };
  it('is kept as what was announced last', () => {
    const state = given(registered, entryAnnounced('2025-01-01'))
      .when(entryAnnounced('2025-06-01', plan))
      .accepted();
    expect(recordIn(state, 'market', 'NO')).toEqual({
      market: 'NO',
      present: false,
      stays: [],
      planned: [{ event: idOf(2), occurredOn: '2025-06-01', ...plan }],
    });
  });
  it.each([
    ['in the order of the days', [entryAnnounced('2025-06-01', plan), entered('2025-11-01')]],
    ['the entry first', [entered('2025-11-01'), entryAnnounced('2025-06-01', plan)]],
  ])('becomes a stay with the entry, recorded %s', (_, events) => {
    const state = given(registered)
      .when(...events)
      .accepted();
    const announced = events.findIndex(({ type }) => type === 'MarketEntryAnnounced') + 1;
    expect(recordIn(state, 'market', 'NO')).toEqual({
      market: 'NO',
      present: true,
      stays: [
        {
          entered: { event: idOf(3 - announced), occurredOn: '2025-11-01' },
          announced: { event: idOf(announced), occurredOn: '2025-06-01' },
        },
      ],
    });
  });
  it('is refused of a market where it is present, in both orders, and of the home market', () => {
    given(registered, entered('2021-01-01')).when(entryAnnounced('2025-01-01')).refused('already-present', 1);
    given(registered, entryAnnounced('2025-01-01')).when(entered('2021-01-01')).refused('already-present', 1);
    given(registered)
      .when(entryAnnounced('2025-01-01', { market: 'CN' }))
      .refused('home-market', 0);
  });
  it('may be announced again after an exit, and of another brand meanwhile', () => {
    given(registered, entered('2020-01-01'), exited('2021-01-01'))
      .when(entryAnnounced('2025-01-01'))
      .accepted();
    given(registered, entered('2020-01-01'))
      .when(entryAnnounced('2025-01-01', { entity: 'zeekr' }))
      .accepted();
  });
});

describe('how it sells in a market changes only while it is there', () => {
  const first = proposal('MarketEntered', '2021-01-01', {
    market: 'NO',
    entryMode: 'export-importer',
    partner: 'Electric Way',
  });
  it('takes a new importer for the one before', () => {
    const state = given(registered, first).when(entryChanged('2024-01-01')).accepted();
    expect(recordIn(state, 'market', 'NO')?.stays).toEqual([
      {
        entered: { event: idOf(1), occurredOn: '2021-01-01' },
        entryMode: 'export-importer',
        partner: 'Bilia',
        changes: [{ event: idOf(2), occurredOn: '2024-01-01', partner: 'Bilia' }],
      },
    ]);
  });
  it('leaves the importer behind with a company of its own', () => {
    const state = given(registered, first)
      .when(entryChanged('2024-01-01', { entryMode: 'own-subsidiary' }))
      .accepted();
    const [stay] = recordIn(state, 'market', 'NO')?.stays ?? [];
    expect([stay?.entryMode, stay?.partner]).toEqual(['own-subsidiary', undefined]);
  });
  it('tells the same where the later change was recorded first', () => {
    const changes = [entryChanged('2024-01-01'), entryChanged('2025-01-01', { entryMode: 'own-subsidiary' })];
    for (const order of [changes, changes.toReversed()]) {
      const state = given(registered, first)
        .when(...order)
        .accepted();
      expect(recordIn(state, 'market', 'NO')?.stays[0]?.entryMode).toBe('own-subsidiary');
    }
  });
  it('is refused before the entry, after the exit, and of another market', () => {
    const history = given(registered, first, exited('2023-01-01'));
    history.when(entryChanged('2020-01-01')).refused('not-present', 1);
    history.when(entryChanged('2024-01-01')).refused('not-present');
    history.when(entryChanged('2022-01-01', { market: 'SE', partner: 'Bilia' })).refused('not-present');
  });
  it('says what changed', () => {
    expect(problemsOfProposal(entryChanged('2024-01-01', {}))).toMatchObject([{ field: 'data.entryMode' }]);
  });
});

describe('what was written before brands and stages', () => {
  it('is read as it was', () => {
    expect(upcast('MarketEntered', 1, inNorway)).toEqual(inNorway);
    expect(upcast('MarketExited', 1, left)).toEqual(left);
  });
});
