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

export interface MarketSummary {
  readonly market: string;
  readonly name: string;
  readonly present: readonly string[];
  readonly left: readonly string[];
  readonly conditions: number;
}

/** All markets that the ledger knows of: who is there. */
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
    const codes = new Set(automakers.flatMap(({ markets }) => markets.map(({ market }) => market)));
    for (const [market, count] of conditions) if (count > 0) codes.add(market);
    const markets = [...codes].sort().map((market): MarketSummary => {
      const there = (present: boolean) =>
        automakers
          .filter((each) => each.markets.some((stay) => stay.market === market && stay.present === present))
          .map(({ id }) => id);
      return {
        market,
        name: marketName(market),
        present: there(true),
        left: there(false),
        conditions: conditions.get(market) ?? 0,
      };
    });
    return { asOf, markets };
  }
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
