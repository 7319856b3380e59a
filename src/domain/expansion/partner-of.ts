import type { Automaker } from '../state/automaker.js';
import type { MarketRecord, PartnershipRecord, SiteRecord } from '../state/records.js';

/** What an automaker does with one partner, by the name that the partner has there. */
export interface PartnerOf {
  readonly partner: string;
  readonly partnerships: readonly PartnershipRecord[];
  /** Markets that were entered through it, where the automaker is still. */
  readonly markets: readonly string[];
  readonly sites: readonly SiteRecord[];
}

type Told = Pick<Automaker, 'partnerships' | 'markets' | 'sites'>;

/** What an automaker does with those of its partners that are asked for, in the order of their names. */
export function partnersOf(
  { partnerships, markets, sites }: Told,
  isAsked: (partner: string) => boolean,
): PartnerOf[] {
  const found = new Map<
    string,
    { partnerships: PartnershipRecord[]; markets: string[]; sites: SiteRecord[] }
  >();
  const of = (
    partner: string,
  ): { partnerships: PartnershipRecord[]; markets: string[]; sites: SiteRecord[] } => {
    const known = found.get(partner) ?? { partnerships: [], markets: [], sites: [] };
    found.set(partner, known);
    return known;
  };
  for (const partnership of partnerships)
    if (isAsked(partnership.partner)) of(partnership.partner).partnerships.push(partnership);
  for (const record of markets) {
    const partner = entryPartner(record);
    if (partner !== undefined && isAsked(partner)) of(partner).markets.push(record.market);
  }
  for (const site of sites)
    if (site.partner !== undefined && isAsked(site.partner)) of(site.partner).sites.push(site);
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([partner, told]) => ({ partner, ...told }));
}

/** Through whom an automaker is in a market now. */
const entryPartner = ({ present, stays }: MarketRecord): string | undefined =>
  present ? stays.at(-1)?.partner : undefined;
