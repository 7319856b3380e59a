import { unitInWords } from '../words/goals.js';
import type { Automaker } from '../state/automaker.js';
import type { Bounds } from '../measures/bounds.js';
import type { MarketStay, Ownership, SiteRecord } from '../state/records.js';
import type { ExpansionContext, ExpansionInput, ExpansionReading } from './expansion-reading.js';
import { eventsOfSite } from './sites.js';
import { eventsOfStay } from '../state/market-stays.js';

/** The ladder of localisation. No events record the last two rungs yet. */
export const RUNGS = [
  'nothing that still holds',
  'announced',
  'distributor export',
  'own sales company',
  'semi-knocked-down kits',
  'completely-knocked-down kits or contract build',
  'full plant',
  'local supply chain',
  'local research and development',
] as const;

const RUNG_OF_OWNERSHIP: Readonly<Record<Ownership, number>> = { contract: 5, joint: 6, own: 6 };

/** Kits determine the depth, whoever owns the site. */
function rungOfProduction({ process, ownership }: Pick<SiteRecord, 'process' | 'ownership'>): Bounds {
  if (process === 'skd') return { lo: 4, hi: 4 };
  if (process === 'ckd') return { lo: 5, hi: 5 };
  if (ownership !== undefined) return { lo: RUNG_OF_OWNERSHIP[ownership], hi: RUNG_OF_OWNERSHIP[ownership] };
  return { lo: process === 'full' ? 5 : 4, hi: 6 };
}

/**
 * The automaker's depth in each market on the ladder 0 to 8, and the number of markets on each rung: ordinals
 * are never averaged. If the mode of entry or production is not stated, a market has bounds. Exits count: a
 * market that was left is on rung 0.
 *
 * Source: the establishment chain of Johanson & Vahlne 1977, with the degrees of kit production added.
 */
export function localisationDepth({ automaker, on }: ExpansionContext): ExpansionReading {
  const inputs = marketsOf(automaker).map((market) => depthOf(automaker, market));
  const numbers = RUNGS.flatMap((words, rung) => {
    const lo = inputs.filter((each) => each.lo === rung && each.hi === rung).length;
    const hi = inputs.filter((each) => (each.lo ?? 0) <= rung && rung <= (each.hi ?? 0)).length;
    return hi === 0
      ? []
      : [
          {
            name: `rung-${rung}`,
            unit: 'markets' as const,
            lo,
            hi,
            formula: `markets on rung ${rung}, ${words}`,
          },
        ];
  });
  const vague = inputs.filter(({ lo, hi }) => lo !== hi).length;
  return {
    reading: 'localisation-depth',
    automaker: automaker.id,
    on,
    numbers: numbers.toReversed(),
    inputs,
    missing: [
      ...(inputs.length === 0 ? ['No market abroad is logged.'] : []),
      ...(vague > 0
        ? [`Nobody states the way of entry or production of ${vague} ${unitInWords('markets', vague)}.`]
        : []),
      'Local supply chains and local development (rungs 7 and 8) are not logged as events.',
    ],
    source: 'Johanson & Vahlne 1977 (establishment chain)',
    version: 2,
  };
}

function marketsOf({ markets, sites, profile }: Automaker): string[] {
  // In a market with only a planned entry, the automaker is not and never was present.
  const entered = markets.filter(({ stays }) => stays.length > 0);
  const codes = new Set([...entered, ...sites].map(({ market }) => market));
  codes.delete(profile.homeMarket);
  return [...codes].sort();
}

/** An automaker's depth in one market: its rung, or a range of rungs if not enough is stated. */
export function depthOf({ markets, sites }: Automaker, market: string): ExpansionInput {
  const record = markets.find((each) => each.market === market);
  const stay = record?.stays.at(-1);
  const there = sites.filter((site) => site.market === market);
  const rungs = [...(stay && !stay.exited ? [rungOfStay(stay)] : []), ...there.map(rungOfSite)];
  return {
    name: market,
    group: 'market',
    lo: Math.max(0, ...rungs.map(({ lo }) => lo)),
    hi: Math.max(0, ...rungs.map(({ hi }) => hi)),
    events: [...(stay ? eventsOfStay(stay) : []), ...there.flatMap(eventsOfSite)],
  };
}

function rungOfStay({ entryMode }: MarketStay): Bounds {
  if (entryMode === undefined) return { lo: 2, hi: 3 };
  const isOwn =
    entryMode === 'own-subsidiary' || entryMode === 'direct-sales' || entryMode === 'joint-venture';
  return isOwn ? { lo: 3, hi: 3 } : { lo: 2, hi: 2 };
}

function rungOfSite(site: SiteRecord): Bounds {
  switch (site.status) {
    case 'announced':
    case 'trial':
      return { lo: 1, hi: 1 };
    case 'denied':
    case 'ended':
    case 'cancelled':
      return { lo: 0, hi: 0 };
    case 'running':
      return rungOfProduction(site);
  }
}
