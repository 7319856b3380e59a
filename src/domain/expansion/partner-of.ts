import type { Automaker } from '../state/automaker.js';
import type { PartnershipRecord, SiteRecord } from '../state/records.js';

/** What an automaker does with one partner, by the name that the partner has there. */
export interface PartnerOf {
  readonly partner: string;
  readonly partnerships: readonly PartnershipRecord[];
  /** Markets that the automaker sells in through it now. */
  readonly markets: readonly string[];
  /** Markets that it sold in through it, and left or serves in another way now. */
  readonly formerMarkets: readonly string[];
  /** Markets that it announced to enter through it. */
  readonly plannedMarkets: readonly string[];
  readonly sites: readonly SiteRecord[];
}

type Told = Pick<Automaker, 'partnerships' | 'markets' | 'sites'>;

interface Gathered {
  readonly partnerships: PartnershipRecord[];
  readonly markets: string[];
  readonly formerMarkets: string[];
  readonly plannedMarkets: string[];
  readonly sites: SiteRecord[];
}

/** What an automaker does, and did, with those of its partners that are asked for, in the order of their names. */
export function partnersOf(
  { partnerships, markets, sites }: Told,
  isAsked: (partner: string) => boolean,
): PartnerOf[] {
  const found = new Map<string, Gathered>();
  const of = (partner: string): Gathered => {
    const none = { partnerships: [], markets: [], formerMarkets: [], plannedMarkets: [], sites: [] };
    const known = found.get(partner) ?? none;
    found.set(partner, known);
    return known;
  };
  for (const partnership of partnerships)
    if (isAsked(partnership.partner)) of(partnership.partner).partnerships.push(partnership);
  for (const { market, present, stays, planned = [] } of markets) {
    const now = present ? stays.at(-1)?.partner : undefined;
    for (const partner of namesIn([...stays, ...stays.flatMap(({ changes = [] }) => changes)], isAsked)) {
      const { markets: served, formerMarkets } = of(partner);
      (partner === now ? served : formerMarkets).push(market);
    }
    for (const partner of namesIn(planned, isAsked)) of(partner).plannedMarkets.push(market);
  }
  for (const site of sites)
    if (site.partner !== undefined && isAsked(site.partner)) of(site.partner).sites.push(site);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([partner, told]) => ({ partner, ...told }));
}

/** The partners of some ways of selling that are asked for, each once. */
const namesIn = (
  ways: readonly { readonly partner?: string }[],
  isAsked: (partner: string) => boolean,
): ReadonlySet<string> => new Set(ways.flatMap(({ partner }) => partner ?? []).filter(isAsked));
