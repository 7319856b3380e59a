import type { Automaker } from '../state/automaker.js';
import type { PartnershipRecord, SiteRecord } from '../state/records.js';

/** An automaker's activities with one partner, under the name that the automaker's records use. */
export interface PartnerOf {
  readonly partner: string;
  readonly partnerships: readonly PartnershipRecord[];
  /** Markets in which the automaker currently sells through the partner. */
  readonly markets: readonly string[];
  /** Markets in which it used to sell through the partner, and that it left or now serves another way. */
  readonly formerMarkets: readonly string[];
  /** Markets that it announced to enter through the partner. */
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

/** An automaker's present and past activities with the requested partners, sorted by name. */
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

/** The requested partners among some ways of selling, without duplicates. */
const namesIn = (
  ways: readonly { readonly partner?: string }[],
  isAsked: (partner: string) => boolean,
): ReadonlySet<string> => new Set(ways.flatMap(({ partner }) => partner ?? []).filter(isAsked));
