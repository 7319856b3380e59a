import { inForceFrom, isDuty, isLaw } from '../expansion/duties.js';
import { isInForce } from '../state/conditions.js';
import { liesIn } from '../ledger/regions.js';
import { daysOf } from '../ledger/edtf.js';
import type { ThesisCase, Thesis } from './thesis.js';

export const exportNotEnough: Thesis = {
  id: 'export-not-enough',
  question: 'Do automakers that a new duty names start to build behind it?',
  claim: 'Export from China alone is no longer enough where trade policy shifts.',
  measure:
    'sites announced or started in a market after the first duty in force there that names the automaker',
  rule: 'supports where a site was announced or started there since; undecided where none is logged, since what nobody logged may be there all the same. A rumour is none',
  notTested:
    'The ledger can show that a site was announced behind a duty, and never that none was: what is not logged is not known to be absent.',
  cases: (world) =>
    world.flatMap(({ automaker, conditions, on }) => {
      const named = conditions
        // A draft does not count: it is not law yet.
        .filter((condition) => isDuty(condition) && isLaw(condition))
        .flatMap(({ market, changes }) =>
          changes
            .filter(
              (change) =>
                isInForce(change) && change.automakers?.includes(automaker.id) && inForceFrom(change) <= on,
            )
            .map((change) => ({ market, event: change.event, since: inForceFrom(change) })),
        )
        .sort((a, b) => (a.since < b.since ? -1 : 1));
      return [...new Set(named.map(({ market }) => market))].flatMap((area): ThesisCase[] => {
        const first = named.find(({ market }) => market === area);
        if (!first) return [];
        const answers = automaker.sites.flatMap(({ site, market, announced, started }) => {
          const answer = [announced, started].find(
            (each) => each && !each.isRumour && daysOf(each.occurredOn).last >= first.since,
          );
          return answer && liesIn(market, area) ? [{ site, event: answer.event }] : [];
        });
        return [
          {
            name: `${automaker.id} in ${area}`,
            finding: answers.length > 0 ? 'supports' : 'undecided',
            shows:
              answers.length > 0
                ? `Named by a duty on ${first.since}; since then ${answers.map(({ site }) => site).join(', ')}.`
                : `Named by a duty on ${first.since}; no site there is logged since.`,
            events: [first.event, ...answers.map(({ event }) => event)],
          },
        ];
      });
    }),
};
