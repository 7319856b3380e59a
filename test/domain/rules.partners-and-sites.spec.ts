import { upcast } from '../../src/domain/events/versions.js';
import { problemsOfProposal } from '../../src/domain/ledger/proposal.js';
import { loggedCount } from '../../src/domain/measures/logged-count.js';
import { automakerOf } from '../../src/domain/state/automaker.js';
import { isInForce } from '../../src/domain/state/partnerships.js';
import { given, idOf, proposal, recordIn, registered } from './given-when-then.js';
import {
  announced,
  correct,
  graz,
  partnershipEnded,
  planRevised,
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
  it('accepts an end whose start nobody logged, with a warning', () => {
    const end = proposal('PartnershipEnded', '2021', { partnership: 'horse', partner: 'Horse' });
    const state = given(registered).when(end).accepted();
    expect(state.recorded(idOf(1))?.warnings).toMatchObject([{ code: 'end-without-start' }]);
    expect(recordIn(state, 'partnership', 'horse')).toEqual({
      partnership: 'horse',
      partner: 'Horse',
      roles: [],
      markets: [],
      ended: { event: idOf(1), occurredOn: '2021' },
    });
  });
  it('takes the signature that is found after the end, and refuses one that is dated after it', () => {
    const history = given(registered, partnershipEnded('2021-01-01'));
    const state = history.when(signed('2020-01-01')).accepted();
    expect(recordIn(state, 'partnership', 'magna')).toMatchObject({
      partner: 'Magna',
      ended: { event: idOf(1) },
    });
    history.when(signed('2022-01-01')).refused('partnership-exists', 1);
    given(registered, signed('2022-01-01'))
      .when(partnershipEnded('2021-01-01'))
      .refused('partnership-exists', 1);
  });
  it('refuses a second end, in both orders', () => {
    given(registered, signed('2020-01-01'), partnershipEnded('2021-01-01'))
      .when(partnershipEnded('2022-01-01'))
      .refused('partnership-ended', 2);
    given(registered, signed('2020-01-01'), partnershipEnded('2022-01-01'))
      .when(partnershipEnded('2021-01-01'))
      .refused('partnership-ended', 2);
  });
  it('refuses to move a signature past its end, and lets it be retracted', () => {
    const history = given(registered, signed('2020-01-01'), partnershipEnded('2021-01-01'));
    history.when(retract(1)).accepted();
    history.when(correct(1, '2022-01-01', signed('2022').data)).refused('partnership-exists', 2);
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

describe('a memorandum binds nobody, and leads to a signature of its name', () => {
  const memorandum = proposal('PartnerSigned', '2020-01-01', { ...signed('2020').data, stage: 'memorandum' });
  it.each([
    ['in the order of the days', [memorandum, signed('2021-01-01')]],
    ['the signature first', [signed('2021-01-01'), memorandum]],
  ])('is kept beside the signature, recorded %s', (_, events) => {
    const state = given(registered)
      .when(...events)
      .accepted();
    const first = events.indexOf(memorandum) + 1;
    const record = recordIn(state, 'partnership', 'magna');
    expect(record).toMatchObject({ memorandum: { event: idOf(first) }, signed: { event: idOf(3 - first) } });
    expect(record && isInForce(record)).toBe(true);
  });
  it('is no partnership by itself, and none after the signature', () => {
    const record = recordIn(given(registered, memorandum).state, 'partnership', 'magna');
    expect(record && isInForce(record)).toBe(false);
    given(registered, signed('2019-01-01')).when(memorandum).refused('partnership-exists', 1);
  });
  it('is of markets or worldwide, never of both or neither', () => {
    const { markets, ...data } = signed('2020').data as { markets: string[] };
    const wrongIn = (over: object) =>
      problemsOfProposal(proposal('PartnerSigned', '2020', over)).map(({ field }) => field);
    expect(wrongIn({ ...data, scope: 'worldwide' })).toEqual([]);
    expect(wrongIn(data)).toEqual(['data.markets']);
    expect(wrongIn({ ...data, markets, scope: 'worldwide' })).toEqual(['data.markets']);
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

describe('the plan of a site changes, and what is told is the current one', () => {
  const szeged = proposal('ProductionAnnounced', '2023-12-22', {
    ...graz,
    name: 'Szeged',
    annualCapacity: 150_000,
  });
  const revisions = [
    planRevised('2024-01-30', { annualCapacity: 300_000, change: 'enlarged' }),
    planRevised('2025-07-01', { annualCapacity: 200_000, startsOn: '2026', change: 'put-off' }),
  ];
  it.each([
    ['in the order of the days', revisions],
    ['the later one first', revisions.toReversed()],
  ])('150,000, then 300,000, then 200,000: recorded %s', (_, order) => {
    const state = given(registered, szeged)
      .when(...order)
      .accepted();
    expect(recordIn(state, 'site', 'graz')).toMatchObject({
      status: 'announced',
      annualCapacity: 200_000,
      startsOn: '2026',
      revisions: [
        { occurredOn: '2024-01-30', annualCapacity: 300_000 },
        { occurredOn: '2025-07-01', annualCapacity: 200_000 },
      ],
    });
  });
  it('is denied, and stands again with the next revision or announcement', () => {
    const denied = given(registered, szeged, planRevised('2024-05-01', { change: 'denied' }));
    expect(recordIn(denied.state, 'site', 'graz')).toMatchObject({ status: 'denied' });
    for (const next of [revisions[1], proposal('ProductionAnnounced', '2025-07-01', szeged.data)])
      expect(recordIn(denied.when(...(next ? [next] : [])).accepted(), 'site', 'graz')).toMatchObject({
        status: 'announced',
      });
  });
  it('leaves what a running site builds as it is until it is built', () => {
    const running = proposal('ProductionStarted', '2024-01-01', { ...graz, annualCapacity: 150_000 });
    const state = given(registered, running, planRevised('2025-01-01', { annualCapacity: 300_000 })).state;
    expect(recordIn(state, 'site', 'graz')).toMatchObject({
      status: 'running',
      annualCapacity: 150_000,
      plannedCapacity: 300_000,
    });
  });
  it('is refused of a site that nobody announced, and of one that ended, in both orders', () => {
    const revised = planRevised('2024-01-30', { startsOn: '2026' });
    given(registered).when(revised).refused('site-not-announced');
    given(registered, started('2020-01-01'), stopped('2021-01-01'))
      .when(revised)
      .refused('site-not-active', 2);
    given(registered, szeged, revised).when(retract(1)).refused('site-not-announced', 2);
  });
  it('says what changed', () => {
    expect(problemsOfProposal(planRevised('2024', {}))).toMatchObject([{ field: 'data.change' }]);
  });
});

describe('a trial run is no production yet', () => {
  const trial = proposal('ProductionStarted', '2024-01-01', { ...graz, stage: 'trial', name: 'Graz' });
  it('comes before the series, in both orders of recording', () => {
    for (const order of [
      [trial, started('2025-01-01')],
      [started('2025-01-01'), trial],
    ]) {
      const state = given(registered)
        .when(...order)
        .accepted();
      expect(recordIn(state, 'site', 'graz')).toMatchObject({
        status: 'running',
        name: 'Graz',
        tried: { occurredOn: '2024-01-01' },
        started: { occurredOn: '2025-01-01' },
      });
    }
  });
  it('counts no site', () => {
    const state = given(registered, trial).state;
    expect(recordIn(state, 'site', 'graz')).toMatchObject({ status: 'trial' });
    expect(recordIn(state, 'site', 'graz')).not.toHaveProperty('started');
    const automaker = automakerOf('xpeng', state);
    expect(automaker && loggedCount(automaker, { measure: 'production-sites' }, '2026-01-01')?.count).toBe(0);
  });
  it('is refused twice, and after the series', () => {
    given(registered, trial)
      .when(proposal('ProductionStarted', '2024-06-01', trial.data))
      .refused('already-running', 1);
    given(registered, started('2023-01-01')).when(trial).refused('already-running', 1);
  });
});

describe('a start before its announcement is a warning', () => {
  it('names the announcement', () => {
    const state = given(registered, announced('2022-01-01')).when(started('2021-01-01')).accepted();
    expect(state.recorded(idOf(2))?.warnings).toMatchObject([
      { code: 'start-before-announcement', events: [idOf(1)] },
    ]);
  });
});

describe('what was written before process and ownership were told apart', () => {
  it.each([
    ['ckd', { process: 'ckd' }],
    ['skd', { process: 'skd' }],
    ['contract', { ownership: 'contract' }],
    ['joint-venture-plant', { ownership: 'joint' }],
    ['owned-plant', { ownership: 'own' }],
  ])('%s says %j', (mode, said) => {
    expect(upcast('ProductionStarted', 1, { ...graz, mode })).toEqual({ ...graz, ...said });
    expect(upcast('ProductionAnnounced', 1, { ...graz, name: 'Graz', mode })).toEqual({
      ...graz,
      name: 'Graz',
      ...said,
    });
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
