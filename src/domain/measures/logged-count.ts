import type { Automaker } from '../state/automaker.js';
import { Beside } from '../state/beside.js';
import { PerObjectMemo } from '../state/per-object-memo.js';
import type { Measure, Perimeter } from './measures.js';
import { daysOf, type Day } from '../ledger/edtf.js';
import { liesIn } from '../ledger/regions.js';
import { leftOn, loggedStays } from '../state/market-stays.js';
import type { Occurrence } from '../state/occurrence.js';
import type { MarketRecord, MarketStay, OutletFunction, SiteRecord } from '../state/records.js';

/** The number of individually logged items of a level on a day. */
export interface LoggedCount {
  readonly count: number;
  readonly events: readonly string[];
}

/** An individually logged change of a level, positive or negative. */
export interface LoggedChange extends Occurrence {
  readonly count: number;
  /** The day by which it had certainly happened. */
  readonly day: Day;
}

/** The functions of the outlets that a measure counts. An outlet with several of them counts once. */
const OUTLETS: Readonly<Partial<Record<Measure, readonly OutletFunction[]>>> = {
  'overseas-service-centers': ['service'],
  'overseas-stores': ['sales'],
  'overseas-sales-and-service-points': ['service', 'sales'],
};

/** The function of an outlet of a kind, if none is stated. */
const FUNCTION_OF: Readonly<Record<string, OutletFunction>> = { 'service-center': 'service', store: 'sales' };

type Counted = Pick<Perimeter, 'entity' | 'market'> & {
  readonly measure: Measure;
  /** Count what only rumours tell too. */
  readonly hasRumours?: true;
};

/**
 * The individually logged changes of a level, oldest first; what only rumours tell does not count. Only those
 * of the wanted entity count: an opening without a brand does not count for a brand. A market within a wanted
 * region counts; without a wanted market, all but the home market count. Undefined for flows, shares and
 * single markets, which are not counted from events.
 */
export function loggedChanges(automaker: Automaker, counted: Counted): readonly LoggedChange[] | undefined {
  const { measure, market = '', entity = '', hasRumours = false } = counted;
  return logged.of(automaker, `${measure}|${market}|${entity}|${hasRumours}`, () => {
    const changes = changesOf(automaker, counted);
    return changes?.sort((a, b) => (a.day < b.day ? -1 : a.day > b.day ? 1 : b.count - a.count));
  });
}

/** Cached, because many goals count the same. */
const logged = new PerObjectMemo<Automaker, readonly LoggedChange[] | undefined>();

/** Whether an entry, a start or an outlet is only rumoured. */
export const hasRumouredEvents = (automaker: Automaker): boolean =>
  rumoured.of(
    automaker,
    ({ markets, sites, outlets }) =>
      [
        ...markets.flatMap(({ stays }) => stays.map(({ entered }) => entered)),
        ...sites.map(({ started }) => started),
      ].some((occurrence) => occurrence?.isRumour) || outlets.some(({ changes }) => changes.some(isRumoured)),
  );
const isRumoured = ({ isRumour }: Occurrence): boolean => isRumour === true;
const rumoured = new Beside<Automaker, boolean>();

function changesOf(
  automaker: Automaker,
  { measure, market, entity, hasRumours }: Counted,
): LoggedChange[] | undefined {
  const { markets, sites, outlets, profile } = automaker;
  const counts = (occurrence: Occurrence): boolean => hasRumours === true || !isRumoured(occurrence);
  const isWanted = (found: string): boolean =>
    market === undefined ? found !== profile.homeMarket : liesIn(found, market);
  if (measure === 'overseas-markets')
    return markets
      .filter((record) => isWanted(record.market))
      .flatMap((record) => presenceChanges(record, entity, counts));
  if (measure === 'production-sites' || measure === 'production-capacity')
    return entity === undefined
      ? sites.filter((site) => isWanted(site.market)).flatMap((site) => siteChanges(site, measure, counts))
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
    .filter((each) => (entity === undefined || each.entity === entity) && counts(each))
    .map((each) => change(each, each.count));
}

/** When a site started and stopped to count: as one site, or as its annual capacity if one is known. */
function siteChanges(
  { started, ended, annualCapacity = 0 }: SiteRecord,
  measure: 'production-sites' | 'production-capacity',
  counts: (start: Occurrence) => boolean,
): LoggedChange[] {
  const count = measure === 'production-sites' ? 1 : annualCapacity;
  if (!started || !counts(started) || count === 0) return [];
  return [change(started, count), ...(ended ? [change(ended, -count)] : [])];
}

/**
 * When a market was entered by the first brand and left by the last one (or by one given brand): a second
 * brand in a market does not make a second market.
 */
function presenceChanges(
  record: MarketRecord,
  entity: string | undefined,
  counts: (entry: Occurrence) => boolean,
): LoggedChange[] {
  const moves = loggedStays(record)
    .filter((stay) => (entity === undefined || stay.entity === entity) && counts(stay.entered))
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

/** The net number logged by the end of a day. Undefined for what is not counted from events. */
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
