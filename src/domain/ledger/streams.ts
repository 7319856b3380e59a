import { isMarket, isSlug } from '../events/fields.js';

const OF_AUTOMAKERS = 'automaker-';
const OF_MARKETS = 'market-';

/** What the names of a ledger's streams begin with. */
export const STREAM_KINDS: readonly string[] = [OF_AUTOMAKERS, OF_MARKETS];

/** The stream of an automaker, `automaker-xpeng`, is its consistency boundary. */
export const automakerStream = (automaker: string): string => OF_AUTOMAKERS + automaker;

/** The stream of a market, `market-NO`: what happens to it, whoever sells there. */
export const marketStream = (market: string): string => OF_MARKETS + market;

export type StreamOwner =
  | { readonly owner: 'automaker'; readonly automaker: string }
  | { readonly owner: 'market'; readonly market: string };

/** Whose stream a name names, or undefined where it names none. */
export function ownerOf(stream: string): StreamOwner | undefined {
  if (stream.startsWith(OF_AUTOMAKERS)) {
    const automaker = stream.slice(OF_AUTOMAKERS.length);
    return isSlug(automaker) ? { owner: 'automaker', automaker } : undefined;
  }
  if (stream.startsWith(OF_MARKETS)) {
    const market = stream.slice(OF_MARKETS.length);
    return isMarket(market) ? { owner: 'market', market } : undefined;
  }
  return undefined;
}
