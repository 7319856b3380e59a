import { given, registered, recordIn } from './given-when-then.js';
import {
  correct,
  half,
  retract,
  targetRestated,
  targetRevised,
  targetSet,
  targetWithdrawn,
} from './sample-events.js';

describe('a target is set once', () => {
  it('refuses a slug in use', () => {
    given(registered, targetSet('2021-01-01')).when(targetSet('2022-01-01')).refused('target-exists', 1);
  });
  it('refuses an earlier setting that makes the recorded one impossible', () => {
    given(registered, targetSet('2022-01-01')).when(targetSet('2021-01-01')).refused('target-exists', 1);
  });
  it('refuses a slug that was withdrawn', () => {
    given(registered, targetSet('2020-01-01'), targetWithdrawn('2021-01-01'))
      .when(targetSet('2022-01-01'))
      .refused('target-exists', 1);
  });
  it('refuses to correct the slug of another target to it', () => {
    const other = { ...targetSet('2022-01-01'), data: { ...half, target: 'other' } };
    given(registered, targetSet('2021-01-01'), other)
      .when(correct(2, '2022-01-01', half))
      .refused('target-exists', 1);
    given(registered, targetSet('2021-01-01'), other)
      .when(correct(2, '2020-01-01', half))
      .refused('target-exists', 1);
  });
  it('accepts it again after the first was retracted', () => {
    given(registered, targetSet('2021-01-01'), retract(1)).when(targetSet('2022-01-01')).accepted();
  });
});

describe.each([
  ['revised', targetRevised],
  ['restated', targetRestated],
  ['withdrawn', targetWithdrawn],
])('a target is %s only while it is set and not withdrawn', (_, change) => {
  it('refuses it without a setting, and before it', () => {
    given(registered).when(change('2021')).refused('target-not-set');
    given(registered, targetSet('2022-01-01')).when(change('2021-01-01')).refused('target-not-set', 1);
  });
  it('refuses it after the withdrawal', () => {
    given(registered, targetSet('2020-01-01'), targetWithdrawn('2021-01-01'))
      .when(change('2022-01-01'))
      .refused('target-withdrawn', 2);
  });
  it('refuses a withdrawal that would come before it', () => {
    given(registered, targetSet('2020-01-01'), change('2022-01-01'))
      .when(targetWithdrawn('2021-01-01'))
      .refused('target-withdrawn', 2);
  });
  it('refuses to retract the setting, or to move it past the change', () => {
    const history = given(registered, targetSet('2020-01-01'), change('2021-01-01'));
    history.when(retract(1)).refused('target-not-set', 2);
    history.when(correct(1, '2022-01-01', half)).refused('target-not-set', 2);
    history.when(correct(1, '2020-01-01', { ...half, target: 'other' })).refused('target-not-set', 2);
  });
  it('refuses to move the change before the setting', () => {
    const { data } = change('2021-01-01');
    given(registered, targetSet('2020-01-01'), change('2021-01-01'))
      .when(correct(2, '2019-01-01', data))
      .refused('target-not-set', 1);
  });
  it('accepts it while the target is set', () => {
    const history = given(registered, targetSet('2020-01-01'), targetRevised('2021-01-01', 40));
    const state = history.when(change('2022-01-01')).accepted();
    expect(recordIn(state, 'target', 'half')?.versions).toHaveLength(3);
  });
  it('accepts it after the withdrawal was retracted', () => {
    given(registered, targetSet('2020-01-01'), targetWithdrawn('2021-01-01'), retract(2))
      .when(change('2022-01-01'))
      .accepted();
  });
});

describe('a withdrawal', () => {
  it('cannot be moved before a change of the target', () => {
    given(registered, targetSet('2020-01-01'), targetRevised('2021-01-01'), targetWithdrawn('2022-01-01'))
      .when(correct(3, '2020-06-01', { target: 'half', reason: 'given up' }))
      .refused('target-withdrawn', 2);
  });
  it('stays in force until it is retracted, with the terms that it ended', () => {
    const state = given(registered, targetSet('2020-01-01')).when(targetWithdrawn('2021-01-01')).accepted();
    expect(recordIn(state, 'target', 'half')).toMatchObject({
      withdrawn: true,
      versions: [{}, { terms: { threshold: 50 }, reason: 'given up' }],
    });
  });
});
