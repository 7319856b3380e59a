import { kaplanMeier, medianDays } from '../expansion/kaplan-meier.js';
import { operatorOf, type SiteOperator } from '../expansion/sites.js';
import { speed } from '../expansion/speed.js';
import type { ExpansionContext, ExpansionInput } from '../expansion/expansion-reading.js';
import { logRankTest } from './significance.js';
import { inWords, type ThesisCase, type Thesis } from './thesis.js';

export const fasterToMarket: Thesis = {
  id: 'faster-to-market',
  question: 'Do partner-run sites start sooner after their announcement?',
  claim: 'Asset-light expansion shortens the time to market.',
  measure:
    'days from announcement to production of each partner-run site, against the Kaplan–Meier median of own plants of all automakers',
  rule: 'supports below the median, contradicts above it, also where production is still awaited by then; undecided where dates are too vague, it is too early to tell, or own plants have no median',
  significance: (world) => {
    const waits = waitsIn(world);
    const tests = (['lo', 'hi'] as const).map((end) =>
      logRankTest(
        waits
          .filter(({ operator }) => operator !== 'unknown')
          .map(({ input, operator }) => ({
            days: input[end] ?? 0,
            happened: input.happened === true,
            isQuicker: operator === 'partner-run',
          })),
      ),
    );
    // Vague dates allow several results. The least significant one is used.
    return tests.reduce((least, each) => (!least || !each || each.p > least.p ? each : least));
  },
  cases: (world) => {
    const waits = waitsIn(world);
    const own = waits.filter(({ operator }) => operator === 'own');
    const ownEvents = own.flatMap(({ input }) => input.events);
    const median = (end: 'lo' | 'hi') =>
      medianDays(
        kaplanMeier(own.map(({ input }) => ({ days: input[end] ?? 0, happened: input.happened === true }))),
      );
    const [soonest, latest] = [median('lo'), median('hi')];
    return waits
      .filter(({ operator }) => operator === 'partner-run')
      .map(({ automaker, input: { name, lo = 0, hi = 0, happened, events } }): ThesisCase => {
        const isTold = soonest !== undefined && latest !== undefined;
        const finding = !isTold
          ? 'undecided'
          : lo > latest
            ? 'contradicts'
            : happened && hi < soonest
              ? 'supports'
              : 'undecided';
        return {
          name: `${automaker}: ${name}`,
          finding,
          shows: `${happened ? 'Started' : 'No start is logged'} ${inWords({ lo, hi })} days after its announcement; own plants ${soonest === undefined ? 'have no median' : `have a median of ${latest === undefined ? `${inWords({ lo: soonest, hi: soonest })} days or more` : `${inWords({ lo: soonest, hi: latest })} days`}`}.`,
          events: [...events, ...ownEvents],
        };
      });
  },
};

interface Wait {
  readonly automaker: string;
  readonly input: ExpansionInput;
  readonly operator: SiteOperator;
}

/** How long each site waited, or has been waiting, for production after its announcement. */
function waitsIn(world: readonly ExpansionContext[]): Wait[] {
  return world.flatMap((context) => {
    const sites = new Map(context.automaker.sites.map((each) => [each.site, each]));
    return speed(context)
      .inputs.filter(({ group }) => group === 'announcement-to-production')
      .map((input) => {
        const site = sites.get(input.name);
        return { automaker: context.automaker.id, input, operator: site ? operatorOf(site) : 'unknown' };
      });
  });
}
