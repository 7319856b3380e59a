import { given, idOf, registered, recordIn } from './given-when-then.js';
import {
  announced,
  correct,
  graz,
  partnershipEnded,
  retract,
  signed,
  started,
  stopped,
} from './sample-events.js';

describe('a partnership is signed once', () => {
  it('refuses a slug in use, in both orders', () => {
    given(registered, signed('2021-01-01')).when(signed('2022-01-01')).refused('partnership-exists', 1);
    given(registered, signed('2022-01-01')).when(signed('2021-01-01')).refused('partnership-exists', 1);
  });
  it('refuses a slug of a partnership that ended', () => {
    given(registered, signed('2020-01-01'), partnershipEnded('2021-01-01'))
      .when(signed('2022-01-01'))
      .refused('partnership-exists', 1);
  });
  it('refuses to correct another one to its slug', () => {
    given(registered, signed('2021-01-01'), signed('2022-01-01', 'other'))
      .when(correct(2, '2022-01-01', signed('2022').data))
      .refused('partnership-exists', 1);
  });
  it('accepts the same partner under another slug, with a warning that names the first', () => {
    const { decision } = given(registered, signed('2020-01-01')).when(signed('2021-01-01', 'other'));
    expect(decision).toMatchObject({
      kind: 'accepted',
      events: [{ warnings: [{ code: 'partner-signed-twice', events: [idOf(1)] }] }],
    });
  });
});

describe('a partnership ends once, after it was signed', () => {
  it('refuses an end without a signature, and before it', () => {
    given(registered).when(partnershipEnded('2021')).refused('partnership-not-signed');
    given(registered, signed('2022-01-01'))
      .when(partnershipEnded('2021-01-01'))
      .refused('partnership-not-signed', 1);
  });
  it('refuses a second end, in both orders', () => {
    given(registered, signed('2020-01-01'), partnershipEnded('2021-01-01'))
      .when(partnershipEnded('2022-01-01'))
      .refused('partnership-ended', 2);
    given(registered, signed('2020-01-01'), partnershipEnded('2022-01-01'))
      .when(partnershipEnded('2021-01-01'))
      .refused('partnership-ended', 2);
  });
  it('refuses to retract, or to move past its end, a signature', () => {
    const history = given(registered, signed('2020-01-01'), partnershipEnded('2021-01-01'));
    history.when(retract(1)).refused('partnership-not-signed', 2);
    history.when(correct(1, '2022-01-01', signed('2022').data)).refused('partnership-not-signed', 2);
  });
  it('refuses to void the retraction of nothing, but accepts a new end after the first was retracted', () => {
    given(registered, signed('2020-01-01'), partnershipEnded('2021-01-01'), retract(2))
      .when(partnershipEnded('2022-01-01'))
      .accepted();
  });
  it('refuses to void a correction that turned one end into that of another partnership', () => {
    given(
      registered,
      signed('2020-01-01'),
      signed('2020-01-01', 'other'),
      partnershipEnded('2021-01-01'),
      correct(3, '2021-01-01', { partnership: 'other' }),
      partnershipEnded('2022-01-01'),
    )
      .when(retract(4))
      .refused('partnership-ended', 5);
  });
});

describe('production is announced once', () => {
  it('refuses a second announcement, in both orders', () => {
    given(registered, announced('2021-01-01')).when(announced('2022-01-01')).refused('site-announced', 1);
    given(registered, announced('2022-01-01')).when(announced('2021-01-01')).refused('site-announced', 1);
  });
  it('refuses to correct the site of another announcement to it', () => {
    const other = { ...announced('2022-01-01'), data: { ...graz, site: 'other', name: 'Other' } };
    given(registered, announced('2021-01-01'), other)
      .when(correct(2, '2022-01-01', announced('2022').data))
      .refused('site-announced', 1);
  });
  it('accepts an announcement that is found after the start', () => {
    const state = given(registered, started('2022-01-01')).when(announced('2021-01-01')).accepted();
    expect(recordIn(state, 'site', 'graz')).toMatchObject({ status: 'running', name: 'Graz' });
  });
});

describe('production starts only while it does not run', () => {
  it('refuses a start while it runs, in both orders', () => {
    given(registered, started('2021-01-01')).when(started('2022-01-01')).refused('already-running', 1);
    given(registered, started('2022-01-01')).when(started('2021-01-01')).refused('already-running', 1);
  });
  it('refuses to retract, or to move past the second start, the end between two starts', () => {
    const history = given(registered, started('2020-01-01'), stopped('2021-01-01'), started('2022-01-01'));
    history.when(retract(2)).refused('already-running', 3);
    history.when(correct(2, '2023-01-01', { site: 'graz' })).refused('already-running', 3);
  });
  it('refuses to correct another start to a site that runs', () => {
    const other = { ...started('2022-01-01'), data: { ...graz, site: 'other' } };
    given(registered, started('2021-01-01'), other)
      .when(correct(2, '2022-01-01', graz))
      .refused('already-running', 1);
  });
  it('accepts a start after an end', () => {
    const state = given(registered, started('2020-01-01'), stopped('2021-01-01'))
      .when(started('2022-01-01'))
      .accepted();
    expect(recordIn(state, 'site', 'graz')).toMatchObject({ status: 'running', started: { event: idOf(3) } });
    expect(recordIn(state, 'site', 'graz')).not.toHaveProperty('ended');
  });
});

describe('production ends only while it is announced or runs', () => {
  it('refuses an end without a beginning, and before it', () => {
    given(registered).when(stopped('2021')).refused('site-not-active');
    given(registered, started('2022-01-01')).when(stopped('2021-01-01')).refused('site-not-active', 1);
    given(registered, announced('2022-01-01')).when(stopped('2021-01-01')).refused('site-not-active', 1);
  });
  it('refuses a second end, in both orders', () => {
    const history = given(registered, started('2020-01-01'), stopped('2021-01-01'));
    history.when(stopped('2022-01-01')).refused('site-not-active', 2);
    history.when(stopped('2020-06-01')).refused('site-not-active', 2);
  });
  it('refuses to retract, or to move past the end, the start that it ended', () => {
    const history = given(registered, started('2020-01-01'), stopped('2021-01-01'));
    history.when(retract(1)).refused('site-not-active', 2);
    history.when(correct(1, '2022-01-01', graz)).refused('site-not-active', 2);
    history.when(correct(2, '2019-01-01', { site: 'graz' })).refused('site-not-active', 1);
  });
  it('accepts to retract the start where the announcement stands: the plan was given up', () => {
    const state = given(registered, announced('2019-01-01'), started('2020-01-01'), stopped('2021-01-01'))
      .when(retract(2))
      .accepted();
    expect(recordIn(state, 'site', 'graz')).toMatchObject({ status: 'cancelled' });
  });
});
