import { isMarket, isSlug } from './fields.js';

/** The stream of an automaker, `automaker-xpeng`, is its consistency boundary. */
export const automakerStream = (automaker: string): string => `automaker-${automaker}`;

/** The stream of a market, `market-NO`: what happens to it, whoever sells there. */
export const marketStream = (market: string): string => `market-${market}`;

export type StreamOwner =
  | { readonly owner: 'automaker'; readonly automaker: string }
  | { readonly owner: 'market'; readonly market: string };

/** Whose stream a name names, or undefined where it names none. */
export function ownerOf(stream: string): StreamOwner | undefined {
  const [owner] = stream.split('-', 1);
  const rest = stream.slice((owner?.length ?? 0) + 1);
  if (owner === 'automaker' && isSlug(rest)) return { owner, automaker: rest };
  if (owner === 'market' && isMarket(rest)) return { owner, market: rest };
  return undefined;
}
