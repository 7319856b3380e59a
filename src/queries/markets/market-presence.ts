import type { Automaker } from '../../domain/state/automaker.js';
import { isInForce } from '../../domain/state/partnerships.js';
import { isThereByRumour } from '../../domain/state/market-stays.js';

/** Kinds of presence in a market, deepest first. Several may apply: it builds there, but left sales. */
export const PRESENCES = ['producing', 'announced', 'present', 'planned', 'partnered', 'left'] as const;
export type Presence = (typeof PRESENCES)[number];

/** The kinds of presence of an automaker in each market abroad, deepest first. */
export type MarketPresence = ReadonlyMap<string, readonly Presence[]>;

/** Every market in the records of an automaker, including its home market. */
export function marketsOf({
  markets,
  sites,
  partnerships,
  outlets,
}: Pick<Automaker, 'markets' | 'sites' | 'partnerships' | 'outlets'>): Set<string> {
  return new Set([
    ...[...markets, ...sites, ...outlets].map(({ market }) => market),
    ...partnerships.flatMap((partnership) => partnership.markets),
  ]);
}

/** Excludes the home market. */
export function presenceOf({
  profile,
  markets,
  sites,
  partnerships,
}: Pick<Automaker, 'profile' | 'markets' | 'sites' | 'partnerships'>): MarketPresence {
  const codes = marketsOf({ markets, sites, partnerships, outlets: [] });
  codes.delete(profile.homeMarket);
  return new Map(
    [...codes].map((code) => {
      const hasSite = (status: string): boolean =>
        sites.some(
          (site) =>
            site.market === code &&
            site.status === status &&
            !(status === 'announced' && site.announced?.isRumour),
        );
      const record = markets.find(({ market }) => market === code);
      // What only rumours tell is on the pages of the market and the automaker, marked as such.
      const isPlanned = record?.planned?.some(({ isRumour }) => !isRumour);
      const deeper: Presence[] = [
        ...(hasSite('running')
          ? (['producing'] as const)
          : hasSite('announced') || hasSite('trial')
            ? (['announced'] as const)
            : []),
        ...(record?.present && !isThereByRumour(record) ? (['present'] as const) : []),
        ...(record && isPlanned && !record.present ? (['planned'] as const) : []),
        ...(record && !record.present && record.stays.length > 0 ? (['left'] as const) : []),
      ];
      const isPartnered = partnerships.some(
        (partnership) => isInForce(partnership) && partnership.markets.includes(code),
      );
      return [code, deeper.length === 0 && isPartnered ? ['partnered' as const] : deeper];
    }),
  );
}
