import fc from 'fast-check';
import { doubtsOfSite } from '../../../src/domain/ledger/doubts-of-names.js';
import { identityOf } from '../../../src/domain/ledger/text.js';
import { evolve } from '../../../src/domain/state/evolve.js';
import { GOALS_BY_PROMISE, promiseOf, SITES_BY_NAME } from '../../../src/domain/state/record-indexes.js';
import { StreamState } from '../../../src/domain/state/stream-state.js';
import { proposal, registered } from '../given-when-then.js';
import { randomHistory, RUNS } from '../random-history.js';
import { record } from '../recording.js';

const STREAM = 'automaker-xpeng';

describe('for any history, asked at any time', () => {
  it('the sites of a name and the goals of a promise are those that a look at all of them finds', () => {
    fc.assert(
      fc.property(randomHistory, fc.nat(40), (proposals, askedAt) => {
        const { events } = record(STREAM, proposals);
        let state = StreamState.of(STREAM);
        for (const [index, event] of events.entries()) {
          // From this question on, `evolve` updates the indexes.
          if (index === askedAt % events.length) {
            SITES_BY_NAME.find(state, '');
            GOALS_BY_PROMISE.find(state, '');
          }
          ({ state } = evolve(state, event));
        }

        const sites = [...state.records('site')];
        for (const { name } of sites) {
          const same = sites.filter((each) => identityOf(each.name) === identityOf(name));
          expect(new Set(SITES_BY_NAME.find(state, identityOf(name)))).toEqual(new Set(same));
        }
        const goals = [...state.records('target')].filter(({ withdrawn }) => !withdrawn);
        const promised = goals.map(({ versions }) => (versions.last ? promiseOf(versions.last.terms) : ''));
        for (const promise of promised)
          expect(new Set(GOALS_BY_PROMISE.find(state, promise))).toEqual(
            new Set(goals.filter((_, index) => promised[index] === promise)),
          );
        expect(SITES_BY_NAME.find(state, 'no such name')).toEqual([]);
      }),
      { numRuns: RUNS },
    );
  });
});

it('a site of a known name is asked about among hundreds of sites', () => {
  const sites = Array.from({ length: 300 }, (_, index) =>
    proposal(
      'ProductionStarted',
      '2025',
      { site: `site-${index}-x`, name: `Plant ${index}`, market: 'AT' },
      { confirm: ['unknown-site'] },
    ),
  );
  const { state } = record(STREAM, [registered, ...sites]);
  const asked = doubtsOfSite(state, 'ProductionStarted', { site: 'anew', name: 'plant  299', market: 'AT' });
  expect(asked).toMatchObject([{ code: 'unknown-site', field: 'data.site' }]);
  expect(asked[0]?.message).toContain('site-299-x');
});
