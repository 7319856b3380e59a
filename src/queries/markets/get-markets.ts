import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import type {
  ConditionRecord,
  MarketStay,
  OutletsRecord,
  PartnershipRecord,
  PlannedEntry,
  RecordKind,
  SiteRecord,
} from '../../domain/state/records.js';
import { AutomakerIndex } from '../automakers/automaker-index.js';
import { presenceThen } from '../automakers/past-outline.js';
import { liesIn } from '../../domain/ledger/regions.js';
import { marketName } from '../names.js';
import type { PageOf } from '../../api/paging.js';
import { ConditionReader } from '../condition-reader.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { PRESENCES, presenceOf, type Presence } from './market-presence.js';

/** Upper bound on the automakers named in each list of a summary. */
const MOST_NAMED = 50;

/** The stages of automakers in a market, deepest first. */
export const MARKET_STAGES = [...PRESENCES, 'none'] as const;
export type MarketStage = (typeof MARKET_STAGES)[number];

export interface MarketSummary {
  readonly market: string;
  readonly name: string;
  /**
   * The deepest stage of any automaker in the market. `producing`: a site is running. `announced`: a site is
   * announced. `present`: cars are sold. `planned`: an entry is announced. `partnered`: only a partnership
   * covers it. `left`: it was left. `none`: it has only conditions.
   */
  readonly stage: MarketStage;
  /** The full length of each of the following lists. */
  readonly counts: Readonly<Record<Presence, number>>;
  /** Automakers with a running site there. Like each list, at most the first fifty. */
  readonly producing: readonly string[];
  /** Automakers with an announced site there, but no running one. */
  readonly announced: readonly string[];
  /** Automakers that announced an entry and are not present. */
  readonly planned: readonly string[];
  /** Automakers with a partnership in force for it, and nothing else. */
  readonly partnered: readonly string[];
  readonly present: readonly string[];
  readonly left: readonly string[];
  readonly conditions: number;
}

export interface MarketsAnswer {
  readonly asOf: AsOf;
  readonly markets: readonly MarketSummary[];
}

/**
 * All markets in the ledger, with the automakers there. An automaker's home market does not count as abroad.
 */
export class ListMarkets extends Query<MarketsAnswer> {
  constructor(readonly clocks: Clocks) {
    super();
  }
}

@QueryHandler(ListMarkets)
export class ListMarketsHandler implements IQueryHandler<ListMarkets> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly conditions: ConditionReader,
    private readonly index: AutomakerIndex,
  ) {}

  async execute({ clocks }: ListMarkets): Promise<MarketsAnswer> {
    const asOf = await this.states.asOf(clocks);
    const found = new Map<string, MarketSummary & Named>();
    const there = (market: string): MarketSummary & Named => {
      const known = found.get(market) ?? emptySummary(market);
      found.set(market, known);
      return known;
    };
    const add = (id: string, presences: Iterable<PresenceIn>): void => {
      for (const [market, parts] of presences) {
        const summary = there(market);
        for (const part of parts) {
          summary.counts[part] += 1;
          if (summary[part].length < MOST_NAMED) summary[part].push(id);
        }
      }
    };
    for await (const [id, presence] of this.presences(clocks)) add(id, presence);
    for (const market of await this.conditions.markets(clocks)) {
      const { length } = await this.conditions.of(market, clocks);
      if (length > 0) there(market).conditions = length;
    }
    const markets = [...found.values()].sort((a, b) => (a.market < b.market ? -1 : 1));
    return { asOf, markets: markets.map((summary) => ({ ...summary, stage: stageOf(summary) })) };
  }

  /** The presence of each automaker, ordered by id. */
  private async *presences(clocks: Clocks): AsyncGenerator<readonly [string, Iterable<PresenceIn>]> {
    if (!isNow(clocks)) {
      yield* this.pastPresences(clocks);
      return;
    }
    for (const { id, presence } of await this.index.all()) yield [id, presence];
  }

  private async *pastPresences(clocks: Clocks): AsyncGenerator<readonly [string, Iterable<PresenceIn>]> {
    const pasts = await this.index.pasts(clocks);
    const stored = Array.from(pasts, ([id, past]) => [id, presenceThen(past, clocks.trueOn ?? '')] as const);
    let next = 0;
    for await (const automaker of this.states.every(clocks, '', PRESENT, pasts)) {
      for (let one = stored[next]; one && one[0] < automaker.id; one = stored[++next]) yield one;
      yield [automaker.id, presenceOf(automaker)];
    }
    yield* stored.slice(next);
  }
}

/** The kinds of records that show where an automaker is. */
const PRESENT: readonly RecordKind[] = ['automaker', 'market', 'partnership', 'site'];

/** The kinds of presence of an automaker in a market. */
type PresenceIn = readonly [market: string, readonly Presence[]];

/** A summary under construction. */
interface Named extends Record<Presence, string[]> {
  readonly counts: Record<Presence, number>;
  conditions: number;
}

function emptySummary(market: string): MarketSummary & Named {
  return {
    market,
    name: marketName(market),
    stage: 'none',
    counts: { producing: 0, announced: 0, present: 0, planned: 0, partnered: 0, left: 0 },
    producing: [],
    announced: [],
    present: [],
    planned: [],
    partnered: [],
    left: [],
    conditions: 0,
  };
}

const stageOf = ({ counts }: MarketSummary): MarketStage =>
  PRESENCES.find((presence) => counts[presence] > 0) ?? 'none';

export interface MarketAutomaker {
  readonly automaker: string;
  readonly present: boolean;
  readonly stays: readonly MarketStay[];
  /** Announced entries that are not logged yet; absent if there are none. */
  readonly planned?: readonly PlannedEntry[];
  readonly partnerships: readonly PartnershipRecord[];
  readonly outlets: readonly OutletsRecord[];
  readonly sites: readonly SiteRecord[];
}

export interface MarketAnswer {
  readonly asOf: AsOf;
  readonly market: string;
  readonly name: string;
  /** Ordered by id. */
  readonly automakers: readonly MarketAutomaker[];
  readonly conditions: readonly ConditionRecord[];
  /** The regions of the market that have logged conditions. */
  readonly regions: readonly {
    readonly market: string;
    readonly name: string;
    readonly conditions: readonly ConditionRecord[];
  }[];
  /** The cursor of the next page of automakers; absent on the last page. */
  readonly next?: string;
}

/** One market: who is there, how, since when, and under which conditions. */
export class GetMarket extends Query<MarketAnswer> {
  constructor(
    readonly market: string,
    readonly clocks: Clocks,
    /** The page of automakers. */
    readonly page: PageOf = { limit: Number.MAX_SAFE_INTEGER },
    /** Restricts the answer to one automaker. */
    readonly only?: string,
  ) {
    super();
  }
}

@QueryHandler(GetMarket)
export class GetMarketHandler implements IQueryHandler<GetMarket> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly conditions: ConditionReader,
    private readonly index: AutomakerIndex,
  ) {}

  async execute({ market, clocks, page, only }: GetMarket): Promise<MarketAnswer> {
    const asOf = await this.states.asOf(clocks);
    const automakers: MarketAutomaker[] = [];
    for await (const automaker of this.candidates(market, clocks, page)) {
      if (only === undefined || automaker.id === only) automakers.push(...inMarket(automaker, market));
      // One more than wanted shows whether there are more.
      if (automakers.length > page.limit) break;
    }
    const shown = automakers.slice(0, page.limit);
    const last = shown.at(-1);
    const conditions = await this.conditions.of(market, clocks);
    return {
      asOf,
      market,
      name: marketName(market),
      automakers: shown,
      conditions,
      regions: await this.regionsOf(market, clocks),
      ...(automakers.length > page.limit && last && { next: last.automaker }),
    };
  }

  private async regionsOf(market: string, clocks: Clocks): Promise<MarketAnswer['regions']> {
    const around = (await this.conditions.markets(clocks)).filter(
      (region) => region !== market && liesIn(market, region),
    );
    const regions: MarketAnswer['regions'][number][] = [];
    for (const region of around) {
      const conditions = await this.conditions.of(region, clocks);
      if (conditions.length > 0) regions.push({ market: region, name: marketName(region), conditions });
    }
    return regions;
  }

  /**
   * Automakers that may be in the market, ordered by id: for the present those that are, for the past all.
   */
  private async *candidates(
    market: string,
    clocks: Clocks,
    { after = '', limit }: PageOf,
  ): AsyncGenerator<Automaker> {
    if (!isNow(clocks)) {
      yield* this.states.every(clocks, after, [...PRESENT, 'outlets']);
      return;
    }
    const ids = (await this.index.all())
      .filter(({ id, markets }) => id > after && markets.includes(market))
      .map(({ id }) => id)
      .slice(0, limit + 1);
    for (let start = 0; start < ids.length; start += IDS_AT_ONCE)
      yield* await this.states.some(ids.slice(start, start + IDS_AT_ONCE), clocks);
  }
}

const IDS_AT_ONCE = 100;

function inMarket(automaker: Automaker, market: string): MarketAutomaker[] {
  const record = automaker.markets.find((each) => each.market === market);
  const partnerships = automaker.partnerships.filter(({ markets }) => markets.includes(market));
  const outlets = automaker.outlets.filter((each) => each.market === market);
  const sites = automaker.sites.filter((each) => each.market === market);
  if (!record && partnerships.length + outlets.length + sites.length === 0) return [];
  return [
    {
      automaker: automaker.id,
      present: record?.present ?? false,
      stays: record?.stays ?? [],
      ...(record?.planned && { planned: record.planned }),
      partnerships,
      outlets,
      sites,
    },
  ];
}
