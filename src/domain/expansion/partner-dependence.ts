import type { Automaker } from '../state/automaker.js';
import { jsonBounds, type Bounds } from '../measures/bounds.js';
import type { MarketRecord } from '../state/records.js';
import { identityOf } from '../ledger/text.js';
import type { ExpansionContext, ExpansionInput, ExpansionReading } from './expansion-reading.js';
import { partnerGroups, type PartnerGroups } from './partner-groups.js';
import { someOf } from './some-of.js';
import { eventsOfSite, operatorOf, runningAbroad } from './sites.js';
import { eventsOfStay } from '../state/market-stays.js';
import { isInForce, signatureOf } from '../state/partnerships.js';

/**
 * The loss if one partner leaves: the largest part of the markets, and of the sites, that depend on a single
 * partner, in percent. A market or site without stated partners may depend on that partner too (hi), or not
 * (lo). The HHI, on a scale of 10,000, is over the partners of everything that depends on a single partner.
 *
 * A joint venture and the partner behind it count as one partner, and so do the companies of a group.
 *
 * Source: remove one node and measure the loss (Simchi-Levi et al. 2015); Herfindahl–Hirschman index.
 */
export function partnerDependence({ automaker, companies, on }: ExpansionContext): ExpansionReading {
  const groups = partnerGroups(automaker, companies);
  const markets = automaker.markets
    .filter(({ market, present }) => present && market !== automaker.profile.homeMarket)
    .map((record) => marketInput(automaker, record, groups));
  const sites = runningAbroad(automaker).map((site): ExpansionInput => {
    const operator = operatorOf(site);
    const partner = site.partner === undefined ? [] : [groups.of(site.partner)];
    return {
      name: site.site,
      group:
        operator === 'unknown' || (operator === 'partner-run' && !site.partner) ? 'unknown-site' : 'site',
      partners: operator === 'own' ? [] : partner,
      events: eventsOfSite(site),
    };
  });
  const ofMarkets = largestLoss(markets, 'unknown-market');
  const ofSites = largestLoss(sites, 'unknown-site');
  const hhi = concentration([...markets, ...sites]);
  const untold = markets.filter(({ group }) => group === 'unknown-market').length;
  return {
    reading: 'partner-dependence',
    automaker: automaker.id,
    on,
    numbers: [
      ...(ofMarkets
        ? [
            {
              name: 'largest-loss-of-markets',
              unit: 'percent' as const,
              ...jsonBounds(ofMarkets),
              formula:
                '100 × markets that run through one partner alone / markets present, of the partner with the most',
            },
          ]
        : []),
      ...(ofSites
        ? [
            {
              name: 'largest-loss-of-sites',
              unit: 'percent' as const,
              ...jsonBounds(ofSites),
              formula:
                '100 × sites that run through one partner alone / running sites, of the partner with the most',
            },
          ]
        : []),
      ...(hhi === undefined
        ? []
        : [
            {
              name: 'partner-hhi',
              unit: 'hhi' as const,
              lo: hhi,
              hi: hhi,
              formula:
                '10,000 × Σ (share of a partner in the markets and sites that run through one partner)²',
            },
          ]),
    ],
    inputs: [...markets, ...sites],
    missing: [
      ...(markets.length + sites.length === 0 ? ['No market or site abroad is logged.'] : []),
      ...(untold > 0
        ? [
            `Nobody tells through whom ${someOf(untold, markets.length, 'market')} ${untold === 1 ? 'is' : 'are'} served.`,
          ]
        : []),
    ],
    source: 'Simchi-Levi et al. 2015 (largest loss); Herfindahl–Hirschman index',
    version: 3,
  };
}

/** A market depends on its entry's partner, and on signed importers, distributors, joint ventures. */
function marketInput(
  { partnerships }: Automaker,
  { market, stays }: MarketRecord,
  groups: PartnerGroups,
): ExpansionInput {
  const stay = stays.at(-1);
  const signed = partnerships.filter(
    (partnership) =>
      isInForce(partnership) &&
      partnership.markets.includes(market) &&
      partnership.roles.some(
        (role) => role === 'importer' || role === 'distributor' || role === 'joint-venture',
      ),
  );
  const partners = oneOfEach(
    [...(stay?.partner === undefined ? [] : [stay.partner]), ...signed.map(({ partner }) => partner)].map(
      groups.of,
    ),
  );
  const isOwn = stay?.entryMode === 'own-subsidiary' || stay?.entryMode === 'direct-sales';
  return {
    name: market,
    group: partners.length === 0 && !isOwn ? 'unknown-market' : 'market',
    // If the automaker has its own company there, no partner carries the market alone.
    partners: isOwn ? [] : [...partners].sort(),
    events: [
      ...(stay ? eventsOfStay(stay) : []),
      ...signed.flatMap((each) => signatureOf(each)?.event ?? []),
    ],
  };
}

function largestLoss(inputs: readonly ExpansionInput[], unknownGroup: string): Bounds | undefined {
  if (inputs.length === 0) return undefined;
  const unknown = inputs.filter(({ group }) => group === unknownGroup).length;
  const most = Math.max(0, ...aloneBy(inputs).values());
  return { lo: (100 * most) / inputs.length, hi: (100 * (most + unknown)) / inputs.length };
}

/** Removes duplicate names, ignoring spelling variants, and keeps the first spelling. */
function oneOfEach(names: readonly string[]): string[] {
  return [...new Map(names.toReversed().map((name) => [identityOf(name), name])).values()];
}

/** The number of inputs that depend on a single partner, by partner. */
function aloneBy(inputs: readonly ExpansionInput[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { partners = [] } of inputs) {
    const [only, ...others] = partners;
    if (only === undefined || others.length > 0) continue;
    const partner = identityOf(only);
    counts.set(partner, (counts.get(partner) ?? 0) + 1);
  }
  return counts;
}

function concentration(inputs: readonly ExpansionInput[]): number | undefined {
  const counts = [...aloneBy(inputs).values()];
  const total = counts.reduce((all, count) => all + count, 0);
  return total === 0 ? undefined : herfindahl(counts);
}

/** 10,000 × Σ of squared shares; 10,000 if one has everything. The amounts must add up to more than zero. */
export function herfindahl(amounts: readonly number[]): number {
  const total = amounts.reduce((all, amount) => all + amount, 0);
  return amounts.reduce((all, amount) => all + ((100 * amount) / total) ** 2, 0);
}
