import type {
  AutomakerRecord,
  MarketRecord,
  PartnershipRecord,
  SiteRecord,
} from '../../domain/state/records.js';
import { EVENTS_A_STEP, type Steps } from '../../domain/state/steps.js';
import type { StreamState } from '../../domain/state/stream-state.js';
import { presenceOf, type Presence } from '../markets/market-presence.js';
import type { PresenceDay } from './past-days.js';
import { byDay, recordDaysInSteps } from './record-days.js';

/** What is recorded of a market, by key. */
interface There {
  readonly markets: Map<string, MarketRecord>;
  readonly sites: Map<string, SiteRecord>;
  readonly partnerships: Map<string, PartnershipRecord>;
}

const KINDS = ['market', 'partnership', 'site'] as const;
const PLACES = { market: 'markets', partnership: 'partnerships', site: 'sites' } as const;

/** The days on which the presence of an automaker in a market abroad changed, by market. */
export function* presenceDaysInSteps(
  profile: AutomakerRecord,
  state: StreamState,
): Steps<(readonly [market: string, days: readonly PresenceDay[]])[]> {
  const found = new Map<string, PresenceDay[]>();
  const recorded = new Map<string, There>();
  const named = new Map<string, readonly string[]>();
  let left = EVENTS_A_STEP;
  for (const [day, changes] of byDay(yield* recordDaysInSteps(state, KINDS))) {
    const touched = new Set<string>();
    for (const { kind, key, record } of changes) {
      const name = `${kind}/${key}`;
      const markets = record ? ('markets' in record ? record.markets : [record.market]) : [];
      for (const market of named.get(name) ?? []) {
        thereIn(recorded, market)[PLACES[kind]].delete(key);
        touched.add(market);
      }
      for (const market of markets) {
        // Each kind has a map of its own.
        (thereIn(recorded, market)[PLACES[kind]] as Map<string, unknown>).set(key, record);
        touched.add(market);
      }
      named.set(name, markets);
      if (--left > 0) continue;
      left = EVENTS_A_STEP;
      yield;
    }
    touched.delete(profile.homeMarket);
    for (const market of touched) {
      const { markets, sites, partnerships } = thereIn(recorded, market);
      const presence = presenceOf({
        profile,
        markets: [...markets.values()],
        sites: [...sites.values()],
        partnerships: [...partnerships.values()],
      }).get(market);
      const days = found.get(market) ?? [];
      if (isNews(days.at(-1)?.[1] ?? null, presence ?? null)) days.push([day, presence ?? null]);
      if (days.length > 0) found.set(market, days);
    }
  }
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1));
}

function thereIn(recorded: Map<string, There>, market: string): There {
  const known = recorded.get(market);
  if (known) return known;
  const made: There = { markets: new Map(), sites: new Map(), partnerships: new Map() };
  recorded.set(market, made);
  return made;
}

const isNews = (then: readonly Presence[] | null, now: readonly Presence[] | null): boolean =>
  then?.join() !== now?.join();
