import { given, registered, recordIn } from './given-when-then.js';
import { correct, entered, exited, retract } from './sample-events.js';

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

describe('a market is left only when present there', () => {
  it('refuses an exit without an entry, or of another market', () => {
    given(registered).when(exited('2021')).refused('not-present');
    given(registered, entered('2020-01-01', 'SE')).when(exited('2021')).refused('not-present');
  });
  it('refuses an exit before the entry, and names it', () => {
    given(registered, entered('2022-01-01')).when(exited('2021-01-01')).refused('not-present', 1);
  });
  it('refuses a second exit, in both orders', () => {
    const history = given(registered, entered('2020-01-01'), exited('2021-01-01'));
    history.when(exited('2022-01-01')).refused('not-present', 2);
    history.when(exited('2020-06-01')).refused('not-present', 2);
  });
  it('refuses to move the entry past the exit, or the exit before the entry', () => {
    const history = given(registered, entered('2020-01-01'), exited('2021-01-01'));
    history.when(correct(1, '2022-01-01', inNorway)).refused('not-present', 2);
    history.when(correct(2, '2019-01-01', left)).refused('not-present', 1);
  });
  it('refuses to correct the entry to another market, and names the exit that depends on it', () => {
    given(registered, entered('2020-01-01'), exited('2021-01-01'))
      .when(correct(1, '2020-01-01', { market: 'SE' }))
      .refused('not-present', 2);
  });
  it('refuses to correct the exit to a market that was never entered', () => {
    given(registered, entered('2020-01-01'), exited('2021-01-01'))
      .when(correct(2, '2021-01-01', { ...left, market: 'SE' }))
      .refused('not-present');
  });
  it('refuses to retract the entry, and names the exit that depends on it', () => {
    given(registered, entered('2020-01-01'), exited('2021-01-01')).when(retract(1)).refused('not-present', 2);
  });
  it('accepts to retract both, the exit first', () => {
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
});
