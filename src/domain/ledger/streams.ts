import { isMarket, isSlug } from '../events/fields.js';

const OF_AUTOMAKERS = 'automaker-';
const OF_MARKETS = 'market-';
const OF_COMPANIES = 'company-';

/** The prefixes of stream names. */
export const STREAM_KINDS: readonly string[] = [OF_AUTOMAKERS, OF_MARKETS, OF_COMPANIES];

/** The stream of an automaker, `automaker-xpeng`, is its consistency boundary. */
export const automakerStream = (automaker: string): string => OF_AUTOMAKERS + automaker;

/** The stream of a market, `market-NO`: changes that concern all sellers there. */
export const marketStream = (market: string): string => OF_MARKETS + market;

/** The stream of a company, `company-renault`: a group, a brand, a partner or a joint venture. */
export const companyStream = (company: string): string => OF_COMPANIES + company;

export type StreamOwner =
  | { readonly owner: 'automaker'; readonly automaker: string }
  | { readonly owner: 'market'; readonly market: string }
  | { readonly owner: 'company'; readonly company: string };

/** The owner of a stream; undefined if the name is invalid. */
export function ownerOf(stream: string): StreamOwner | undefined {
  if (stream.startsWith(OF_AUTOMAKERS)) {
    const automaker = stream.slice(OF_AUTOMAKERS.length);
    return isSlug(automaker) ? { owner: 'automaker', automaker } : undefined;
  }
  if (stream.startsWith(OF_MARKETS)) {
    const market = stream.slice(OF_MARKETS.length);
    return isMarket(market) ? { owner: 'market', market } : undefined;
  }
  if (stream.startsWith(OF_COMPANIES)) {
    const company = stream.slice(OF_COMPANIES.length);
    return isSlug(company) ? { owner: 'company', company } : undefined;
  }
  return undefined;
}
