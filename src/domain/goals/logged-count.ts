import type { Automaker } from '../automaker.js';
import type { Measure } from '../measures/measures.js';
import type { OutletsRecord } from '../records.js';

/** What the ledger knows one by one of what a level counts. */
export interface LoggedCount {
  readonly count: number;
  readonly events: readonly string[];
}

const OUTLETS: Readonly<Partial<Record<Measure, readonly string[]>>> = {
  'overseas-service-centers': ['service-center'],
  'overseas-stores': ['store'],
  'overseas-sales-and-service-points': ['service-center', 'store'],
};

/** Undefined for flows, shares and single markets, which are not counted from events. */
export function loggedCount(
  automaker: Automaker,
  measure: Measure,
  market: string | undefined,
): LoggedCount | undefined {
  if (measure === 'overseas-markets' && market === undefined) {
    const present = automaker.markets.filter((record) => record.present);
    return {
      count: present.length,
      events: present.flatMap(({ stays }) => stays.at(-1)?.entered.event ?? []),
    };
  }
  if (measure === 'production-sites') {
    const running = automaker.sites.filter(
      (site) => site.status === 'running' && (market === undefined || site.market === market),
    );
    return { count: running.length, events: running.flatMap(({ started }) => started?.event ?? []) };
  }
  const kinds = OUTLETS[measure];
  if (!kinds) return undefined;
  const isCounted = (record: OutletsRecord): boolean =>
    kinds.includes(record.outlet) && (market === undefined || record.market === market);
  const outlets = automaker.outlets.filter(isCounted);
  return {
    count: outlets.reduce((sum, { opened, closed }) => sum + opened - closed, 0),
    events: outlets.flatMap(({ events }) => events),
  };
}
