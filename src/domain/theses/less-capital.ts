import { eventsOfSite, operatorOf } from '../expansion/sites.js';
import type { SiteRecord } from '../state/records.js';
import type { ThesisCase, Thesis } from './thesis.js';

export const lessCapital: Thesis = {
  id: 'less-capital',
  question: 'Does a site that a partner runs take less capital?',
  claim: 'Asset-light expansion preserves cash.',
  measure: 'the investment that is stated for a site abroad, in one currency',
  rule: 'a partner-run site supports where it took less than the median of the own plants of all automakers in that currency, contradicts where it took more; undecided where no own plant states one',
  cases: (world) => {
    const sites = world.flatMap(({ automaker }) =>
      automaker.sites
        .filter(({ market, investment }) => investment && market !== automaker.profile.homeMarket)
        .map((site) => ({ automaker: automaker.id, site })),
    );
    return sites.flatMap(({ automaker, site }): ThesisCase[] => {
      const { investment } = site;
      if (!investment || operatorOf(site) !== 'partner-run') return [];
      const own = sites
        .map((each) => each.site)
        .filter((each) => operatorOf(each) === 'own' && each.investment?.currency === investment.currency);
      const median = medianAmount(own);
      const amount = `${investment.amount.toLocaleString('en-GB')} ${investment.currency}`;
      return [
        {
          name: `${automaker}: ${site.site}`,
          finding:
            median === undefined || median === investment.amount
              ? 'undecided'
              : investment.amount < median
                ? 'supports'
                : 'contradicts',
          shows: `It took ${amount}; own plants took ${median === undefined ? 'amounts that nobody states in that currency' : `${median.toLocaleString('en-GB')} in the median of ${own.length}`}.`,
          events: [...eventsOfSite(site), ...own.flatMap(eventsOfSite)],
        },
      ];
    });
  },
};

function medianAmount(sites: readonly SiteRecord[]): number | undefined {
  const amounts = sites.flatMap(({ investment }) => investment?.amount ?? []).sort((a, b) => a - b);
  const [lower, upper] = [
    amounts[Math.floor((amounts.length - 1) / 2)],
    amounts[Math.ceil((amounts.length - 1) / 2)],
  ];
  return lower === undefined || upper === undefined ? undefined : (lower + upper) / 2;
}
