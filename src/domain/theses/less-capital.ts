import { eventsOfSite, operatorOf } from '../expansion/sites.js';
import type { SiteRecord } from '../state/records.js';
import type { ThesisCase, Thesis } from './thesis.js';

/** The minimum number of own plants for comparison with a partner-run one. */
const FEWEST_OWN = 2;

export const lessCapital: Thesis = {
  id: 'less-capital',
  question: 'Does capacity that a partner runs take less capital?',
  claim: 'Asset-light expansion preserves cash.',
  measure:
    'the investment for each unit of annual capacity of a site abroad, where both are stated at once, in one currency',
  rule: 'a partner-run site supports where a unit of its capacity took less than the median of the own plants of all automakers in that currency, contradicts where it took more; undecided where fewer than two own plants state both',
  cases: (world) => {
    const sites = world.flatMap(({ automaker }) =>
      automaker.sites
        .filter(({ market }) => market !== automaker.profile.homeMarket)
        .flatMap((site) => {
          const cost = costPerUnit(site);
          return cost ? [{ automaker: automaker.id, site, cost }] : [];
        }),
    );
    return sites.flatMap(({ automaker, site, cost }): ThesisCase[] => {
      if (operatorOf(site) !== 'partner-run') return [];
      const own = sites.filter(
        (each) => operatorOf(each.site) === 'own' && each.cost.currency === cost.currency,
      );
      // A single plant is not a yardstick for others.
      const median = own.length < FEWEST_OWN ? undefined : medianOf(own.map((each) => each.cost.amount));
      const amount = `${inWhole(cost.amount)} ${cost.currency}`;
      return [
        {
          name: `${automaker}: ${site.site}`,
          finding:
            median === undefined || median === cost.amount
              ? 'undecided'
              : cost.amount < median
                ? 'supports'
                : 'contradicts',
          // The plant may never have started: what is stated need not have been spent.
          shows: `Stated for a unit of its annual capacity: ${amount}; ${median === undefined ? `of own plants ${own.length === 0 ? 'nobody states' : 'only one states'} that in this currency` : `in the median of ${own.length} own plants ${inWhole(median)}`}.`,
          events: [...eventsOfSite(site), ...own.flatMap((each) => eventsOfSite(each.site))],
        },
      ];
    });
  },
};

/** Investment per unit of annual capacity; undefined if the two are not stated together. */
function costPerUnit({
  capital,
}: SiteRecord): { readonly amount: number; readonly currency: string } | undefined {
  if (!capital || capital.annualCapacity <= 0) return undefined;
  const { investment, annualCapacity } = capital;
  return { amount: investment.amount / annualCapacity, currency: investment.currency };
}

const inWhole = (amount: number): string => Math.round(amount).toLocaleString('en-GB');

function medianOf(all: readonly number[]): number | undefined {
  const amounts = [...all].sort((a, b) => a - b);
  const [lower, upper] = [
    amounts[Math.floor((amounts.length - 1) / 2)],
    amounts[Math.ceil((amounts.length - 1) / 2)],
  ];
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}
