import { marketFinding } from '../../src/domain/footprint/market-finding.js';
import { overlapOf } from '../../src/domain/footprint/overlap.js';
import { loggedCount } from '../../src/domain/measures/logged-count.js';
import { readProposal, type Proposal } from '../../src/domain/ledger/proposal.js';
import { automakerOf } from '../../src/domain/state/automaker.js';
import { speed } from '../../src/domain/expansion/speed.js';
import { stateAsOf } from '../../src/domain/state/state-as-of.js';
import { CompanyDirectory } from '../../src/domain/state/company-directory.js';
import { foldEvents } from '../../src/domain/state/evolve.js';
import { presenceFinding } from '../../src/domain/goals/presence-goals.js';
import { saidFirst } from '../../src/domain/goals/judge.js';
import { readingsOfGoal } from '../../src/domain/goals/kinds.js';
import { given, idOf, proposal, recordedEvent, recordIn, registered } from './given-when-then.js';
import { correct, entered, exited } from './sample-events.js';

const byMarch = entered('../2023-03');
const automakerIn = (...events: Proposal[]) => {
  const found = automakerOf('xpeng', given(registered, ...events).state);
  if (!found) throw new Error('no automaker');
  return found;
};

describe('a date with an open start, "by March 2023 at the latest"', () => {
  it('is when something happened, and no period, deadline or day of publication', () => {
    expect(readProposal(byMarch)).not.toHaveProperty('problems');
    const refused = (event: Proposal): unknown => {
      const read = readProposal(event);
      return 'problems' in read ? read.problems.map(({ field }) => field) : [];
    };
    const figure = { measure: 'overseas-units', value: 9, period: '../2024' };
    expect(refused(proposal('FigureReported', '../2025', figure))).toEqual(['data.period']);
    const [source] = byMarch.evidence ?? [];
    if (!source) throw new Error('it has a source');
    expect(refused({ ...byMarch, evidence: [{ ...source, publishedOn: '../2023' }] })).toEqual([
      'evidence[0].publishedOn',
    ]);
  });

  it('has an end, since nothing is recorded that has not happened', () => {
    const read = readProposal(entered('2023-03/..'));
    expect(read).toMatchObject({
      problems: [
        {
          field: 'occurredOn',
          message: expect.stringContaining('put that after 2023-03/'),
        },
      ],
    });
    given(registered).when(entered('../2026-12')).invalid('occurredOn');
    given(registered).when(entered('../2026-11')).accepted();
  });

  it('is understood in words', () => {
    expect(readProposal(entered('by March 2023'))).toMatchObject({ occurredOn: '../2023-03' });
    expect(readProposal(entered('by 14.03.2023'))).toMatchObject({ occurredOn: '../2023-03-14' });
    expect(readProposal(entered('by 2023-03'))).toMatchObject({ occurredOn: '../2023-03' });
  });

  it('is no unlikely year; one that it ends in is', () => {
    given(registered).when(byMarch).accepted();
    expect(given(registered).when(entered('../1203')).decision).toMatchObject({
      kind: 'unconfirmed',
      doubts: [{ code: 'unlikely-year', field: 'occurredOn' }],
    });
  });

  it('is not when a goal was said, which its pace counts from', () => {
    const terms = { target: 't', measure: 'overseas-units', threshold: 9, unit: 'units', wording: 'w' };
    const history = given(registered, proposal('TargetSet', '2023', terms));
    given(registered)
      .when(proposal('TargetSet', '../2023', terms))
      .invalid('occurredOn');
    history.when(correct(1, '../2023', terms)).invalid('data.occurredOn');
    history.when(proposal('TargetWithdrawn', '../2024', { target: 't', reason: 'r' })).accepted();
  });

  it('is the last day that it can mean for the order of events, and for both clocks', () => {
    const events = [registered, exited('2023-06'), byMarch].map((event, index) =>
      recordedEvent(index, event),
    );
    const state = foldEvents('automaker-xpeng', events);
    expect(recordIn(state, 'market', 'NO')).toMatchObject({
      present: false,
      stays: [{ entered: { event: idOf(2), occurredOn: '../2023-03' }, exited: { event: idOf(1) } }],
    });
    const on = (trueOn: string) => recordIn(stateAsOf(state, { trueOn }), 'market', 'NO')?.present;
    expect(['2023-03-30', '2023-03-31', '2023-06-30'].map(on)).toEqual([undefined, true, false]);
    const early = recordedEvent(1, byMarch, '2023-02-01T12:00:00.000Z');
    const known = foldEvents('automaker-xpeng', [
      recordedEvent(0, registered, '2023-01-01T00:00:00.000Z'),
      early,
    ]);
    expect(recordIn(stateAsOf(known, { trueOn: '2023-02-01' }), 'market', 'NO')?.present).toBe(true);
  });

  it('asks whether an earlier one is the same', () => {
    given(registered, entered('2021-05')).when(byMarch).duplicateOf(1);
    given(registered, byMarch).when(entered('2021-05')).duplicateOf(1);
    given(registered, byMarch).when(entered('2023-04')).refused('already-present', 1);
  });
});

const world = { conditions: [], companies: new CompanyDirectory([]), on: '2026-01-01' };

describe('numbers and sentences that stand on it', () => {
  it('count it from its last day on', () => {
    const count = (on: string) =>
      loggedCount(automakerIn(byMarch), { measure: 'overseas-markets' }, on)?.count;
    expect(['2023-03-30', '2023-03-31'].map(count)).toEqual([0, 1]);
  });

  it('do not say who came first where it may have been earlier', () => {
    const [a, b] = [automakerIn(byMarch), automakerIn(entered('2022-05'))];
    expect(overlapOf(a, b).both).toMatchObject([{ first: 'not known' }]);
    expect(overlapOf(a, automakerIn(entered('2023-05'))).both).toMatchObject([{ first: 'a' }]);
    const stays = a.markets[0]?.stays ?? [];
    expect(marketFinding([{ name: 'XPeng', present: true, stays, sites: [] }])).toContain(
      'XPeng came by Mar 2023',
    );
  });

  it('time no wait from a start that nobody dates', () => {
    const service = proposal('ServiceCenterOpened', '2024-01-31', { market: 'NO' });
    const cases = (entry: Proposal) => speed({ automaker: automakerIn(entry, service), ...world }).inputs;
    expect(cases(entered('2023-12-31'))).toMatchObject([{ lo: 31, hi: 31, happened: true }]);
    expect(cases(entered('../2023-12-31'))).toEqual([]);
  });

  it('call a goal of presence met where it surely was by then', () => {
    const goal = proposal('TargetSet', '2022-01-05', {
      target: 'norway',
      measure: 'market-presence',
      threshold: 1,
      unit: 'markets',
      market: 'NO',
      deadline: '2023-06',
      wording: 'w',
    });
    const found = (entry: string) => {
      const automaker = automakerIn(goal, entered(entry));
      const [record] = automaker.targets;
      const terms = record?.versions[0]?.terms;
      if (!record || !terms) throw new Error('no goal');
      const said = saidFirst(record.versions);
      const [reading] = readingsOfGoal(terms, said.first).readings;
      return presenceFinding({ automaker, figures: [], terms, said, rule: 'least-repair' }, reading);
    };
    expect(found('../2023-03')).toMatchObject({ status: 'achieved', reachedOn: '2023-03-31' });
    expect(found('../2023-09')).toMatchObject({ status: 'not-enough-evidence' });
    expect(found('../2021-09')).toMatchObject({ status: 'met-when-set' });
  });
});
