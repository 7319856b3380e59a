import { eventsOfSite, runningAbroad } from '../expansion/sites.js';
import { daysOf } from '../ledger/edtf.js';
import { exactly } from '../measures/bounds.js';
import { counted, type Thesis } from './thesis.js';
import { isInForce, signatureOf } from '../state/partnerships.js';

/** An automaker founded before this year grew at home before the wave of electric exports. */
const ESTABLISHED_BEFORE = '2005';

export const establishedBlend: Thesis = {
  id: 'established-blend',
  question: 'Do established automakers blend exports, localisation and cooperation?',
  claim: 'Established automakers adapt: a blend of exports, localisation and cooperation.',
  measure: `of each automaker founded before ${ESTABLISHED_BEFORE}: markets abroad that it serves, sites that run there, partnerships that run`,
  rule: 'supports where the ledger shows all three; undecided where it shows fewer, since what nobody logged may be there all the same',
  notTested:
    'The ledger can show that an automaker takes all three ways, and never that it does not: what is not logged is not known to be absent.',
  cases: (world) =>
    world.flatMap(({ automaker }) => {
      const { profile, markets, partnerships } = automaker;
      if (daysOf(profile.registered.occurredOn).last >= ESTABLISHED_BEFORE) return [];
      const served = markets.filter(({ market, present }) => present && market !== profile.homeMarket);
      const sites = runningAbroad(automaker);
      const running = partnerships.filter(isInForce);
      const ways = [served, sites, running].filter((each) => each.length > 0).length;
      return {
        name: automaker.id,
        finding: ways === 3 ? 'supports' : 'undecided',
        shows: `By what is logged: ${[
          counted(exactly(served.length), 'market'),
          counted(exactly(sites.length), 'running site'),
          counted(exactly(running.length), 'running partnership'),
        ].join(', ')}.`,
        events: [
          ...served.flatMap(({ stays }) => stays.at(-1)?.entered?.event ?? []),
          ...sites.flatMap(eventsOfSite),
          ...running.flatMap((each) => signatureOf(each)?.event ?? []),
        ],
      };
    }),
};
