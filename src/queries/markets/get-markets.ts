import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/automaker.js';
import type { Clocks } from '../../domain/clocks.js';
import type {
  ConditionRecord,
  MarketStay,
  OutletsRecord,
  PartnershipRecord,
  SiteRecord,
} from '../../domain/records.js';
import { marketName } from '../names.js';
import { States, type AsOf } from '../states.js';

/** How deep automakers are in a market, the deepest first. */
export const MARKET_STAGES = ['producing', 'announced', 'present', 'partnered', 'left', 'none'] as const;
export type MarketStage = (typeof MARKET_STAGES)[number];

export interface MarketSummary {
  readonly market: string;
  readonly name: string;
  /**
   * The deepest that any automaker is in it: `producing` where a site runs, `announced` where one is announced, `present`
   * where cars are sold, `partnered` where only a partnership covers it; `none` where it has nothing but conditions.
   */
  readonly stage: MarketStage;
  /** Automakers with a running site there. */
  readonly producing: readonly string[];
  /** Automakers with an announced site there, and none that runs. */
  readonly announced: readonly string[];
  /** Automakers of which only a running partnership covers it. */
  readonly partnered: readonly string[];
  readonly present: readonly string[];
  readonly left: readonly string[];
  readonly conditions: number;
}

/** All markets that the ledger knows of: who is there. Nobody is abroad in its home market. */
export class ListMarkets extends Query<{ asOf: AsOf; markets: readonly MarketSummary[] }> {
  constructor(readonly clocks: Clocks) {
    super();
  }
}

@QueryHandler(ListMarkets)
export class ListMarketsHandler implements IQueryHandler<ListMarkets> {
  constructor(private readonly states: States) {}

  async execute({ clocks }: ListMarkets) {
    const asOf = await this.states.asOf(clocks);
    const automakers = await this.states.automakers(clocks);
    const conditions = new Map<string, number>();
    for (const market of await this.states.marketsWithConditions(clocks)) {
      conditions.set(market, (await this.states.conditions(market, clocks)).length);
    }
    const codes = new Set(automakers.flatMap(marketsOf));
    for (const [market, count] of conditions) if (count > 0) codes.add(market);
    const markets = [...codes]
      .sort()
      .map((market) => summaryOf(market, automakers, conditions.get(market) ?? 0));
    return { asOf, markets };
  }
}

/** Where an automaker is, was, builds or has partners, its home market left out. */
function marketsOf({ profile, markets, sites, partnerships }: Automaker): string[] {
  return [
    ...markets.map(({ market }) => market),
    ...sites.map(({ market }) => market),
    ...partnerships.flatMap((partnership) => partnership.markets),
  ].filter((market) => market !== profile.homeMarket);
}

function summaryOf(market: string, automakers: readonly Automaker[], conditions: number): MarketSummary {
  const abroad = automakers.filter(({ profile }) => profile.homeMarket !== market);
  const which = (is: (automaker: Automaker) => boolean) => abroad.filter(is).map(({ id }) => id);
  const hasSite = ({ sites }: Automaker, status: SiteRecord['status']) =>
    sites.some((site) => site.market === market && site.status === status);
  const stays = ({ markets }: Automaker, present: boolean) =>
    markets.some((record) => record.market === market && record.present === present);
  const producing = which((each) => hasSite(each, 'running'));
  const announced = which((each) => hasSite(each, 'announced') && !producing.includes(each.id));
  const present = which((each) => stays(each, true));
  const left = which((each) => stays(each, false));
  const deeper = [...producing, ...announced, ...present, ...left];
  const partnered = which(
    ({ id, partnerships }) =>
      !deeper.includes(id) && partnerships.some(({ markets, ended }) => !ended && markets.includes(market)),
  );
  const found = { producing, announced, present, partnered, left };
  const stage = MARKET_STAGES.find((each) => each !== 'none' && found[each].length > 0) ?? 'none';
  return { market, name: marketName(market), stage, ...found, conditions };
}

export interface MarketAutomaker {
  readonly automaker: string;
  readonly present: boolean;
  readonly stays: readonly MarketStay[];
  readonly partnerships: readonly PartnershipRecord[];
  readonly outlets: readonly OutletsRecord[];
  readonly sites: readonly SiteRecord[];
}

export interface MarketAnswer {
  readonly asOf: AsOf;
  readonly market: string;
  readonly name: string;
  readonly automakers: readonly MarketAutomaker[];
  readonly conditions: readonly ConditionRecord[];
}

/** One market: who is there, how, since when, and under which conditions. */
export class GetMarket extends Query<MarketAnswer> {
  constructor(
    readonly market: string,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetMarket)
export class GetMarketHandler implements IQueryHandler<GetMarket> {
  constructor(private readonly states: States) {}

  async execute({ market, clocks }: GetMarket): Promise<MarketAnswer> {
    const asOf = await this.states.asOf(clocks);
    const automakers = (await this.states.automakers(clocks)).flatMap((automaker) =>
      inMarket(automaker, market),
    );
    const conditions = await this.states.conditions(market, clocks);
    return { asOf, market, name: marketName(market), automakers, conditions };
  }
}

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
      partnerships,
      outlets,
      sites,
    },
  ];
}
