import type { Automaker } from '../state/automaker.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import type { Measure, Perimeter } from './measures.js';
import { daysOf, type Day } from '../ledger/edtf.js';
import { liesIn } from '../ledger/regions.js';
import { leftOn, loggedStays } from '../state/market-stays.js';
import type { Occurrence } from '../state/occurrence.js';
import type { MarketRecord, MarketStay, OutletFunction, SiteRecord } from '../state/records.js';

/** What the ledger knows one by one of what a level counts, on a day. */
export interface LoggedCount {
  readonly count: number;
  readonly events: readonly string[];
}

/** A change of a level that was logged by itself: so many more, or fewer. */
export interface LoggedChange extends Occurrence {
  readonly count: number;
  /** The day by which it has surely happened. */
  readonly day: Day;
}

/** What is done at the outlets that a measure counts; an outlet that does several of it counts once. */
const OUTLETS: Readonly<Partial<Record<Measure, readonly OutletFunction[]>>> = {
  'overseas-service-centers': ['service'],
  'overseas-stores': ['sales'],
  'overseas-sales-and-service-points': ['service', 'sales'],
};

/** What is done at outlets of a kind, where nobody says. */
const FUNCTION_OF: Readonly<Record<string, OutletFunction>> = { 'service-center': 'service', store: 'sales' };

type Counted = Pick<Perimeter, 'entity' | 'market'> & { readonly measure: Measure };

/**
 * What was logged one by one of what a level counts, oldest first. Only what was logged of the wanted entity counts: an
 * opening that names no brand is not one of a brand. What lies in a region counts for it; without a market all count but
 * those at home. Undefined for flows, shares and single markets, which are not
 * counted from events.
 */
export function loggedChanges(automaker: Automaker, counted: Counted): readonly LoggedChange[] | undefined {
  const { measure, market = '', entity = '' } = counted;
  return logged.of(automaker, `${measure}|${market}|${entity}`, () => {
    const changes = changesOf(automaker, counted);
    return changes?.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : b.count - a.count));
  });
}

/** Many goals count the same. */
const logged = new PerObjectMemo<Automaker, readonly LoggedChange[] | undefined>();

function changesOf(automaker: Automaker, { measure, market, entity }: Counted): LoggedChange[] | undefined {
  const { markets, sites, outlets, profile } = automaker;
  const isWanted = (found: string): boolean =>
    market === undefined ? found !== profile.homeMarket : liesIn(found, market);
  if (measure === 'overseas-markets')
    return markets
      .filter((record) => isWanted(record.market))
      .flatMap((record) => presenceChanges(record, entity));
  if (measure === 'production-sites' || measure === 'production-capacity')
    return entity === undefined
      ? sites.filter((site) => isWanted(site.market)).flatMap((site) => siteChanges(site, measure))
      : [];
  const kinds = OUTLETS[measure];
  if (!kinds) return undefined;
  return outlets
    .filter((record) => isWanted(record.market))
    .flatMap(({ outlet, changes }) =>
      changes.filter(({ functions = [FUNCTION_OF[outlet]] }) =>
        kinds.some((each) => functions.includes(each)),
      ),
    )
    .filter((each) => entity === undefined || each.entity === entity)
    .map((each) => change(each, each.count));
}

/** When a site began to count and when it ended: for one, or for the units a year that are told of it, if any are. */
function siteChanges(
  { started, ended, annualCapacity = 0 }: SiteRecord,
  measure: 'production-sites' | 'production-capacity',
): LoggedChange[] {
  const count = measure === 'production-sites' ? 1 : annualCapacity;
  if (!started || count === 0) return [];
  return [change(started, count), ...(ended ? [change(ended, -count)] : [])];
}

/** When a market came to those where anybody is, or one brand, and when it went: a second brand there is no second market. */
function presenceChanges(record: MarketRecord, entity: string | undefined): LoggedChange[] {
  const moves = loggedStays(record)
    .filter((stay) => entity === undefined || stay.entity === entity)
    .flatMap((stay) => [change(stay.entered, 1), ...exitOf(stay)])
    .sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : b.count - a.count));
  const changes: LoggedChange[] = [];
  let there = 0;
  for (const move of moves) {
    const before = there;
    there += move.count;
    if (Math.min(before, there) === 0) changes.push(move);
  }
  return changes;
}

function exitOf(stay: MarketStay): LoggedChange[] {
  const { exited } = stay;
  return exited ? [change({ event: exited.event, occurredOn: leftOn(stay) ?? exited.occurredOn }, -1)] : [];
}

const change = ({ event, occurredOn }: Occurrence, count: number): LoggedChange => ({
  event,
  occurredOn,
  count,
  day: daysOf(occurredOn).last,
});

/** How many were logged by the end of a day, less those that closed. Undefined for what is not counted from events. */
export function loggedCount(automaker: Automaker, counted: Counted, on: Day): LoggedCount | undefined {
  const changes = loggedChanges(automaker, counted)?.filter(({ day }) => day <= on);
  return (
    changes && {
      count: Math.max(
        0,
        changes.reduce((sum, { count }) => sum + count, 0),
      ),
      events: changes.map(({ event }) => event),
    }
  );
}
