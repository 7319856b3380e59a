import { Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { MaxLength } from 'class-validator';
import { isMarket } from '../../domain/events/fields.js';
import { NotFound } from '../../problems/not-found.js';
import { clocksOf, Optional } from '../../api/clock-parameters.js';
import { ListEvents } from '../../queries/events/list-events.js';
import { GetMarket, ListMarkets, type MarketAnswer } from '../../queries/markets/get-markets.js';
import { GetFiguresOfMarket } from '../../queries/markets/figures-of-market.js';
import { stagesTable } from '../charts/stages.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { PagedPageParameters, PageParameters } from '../page-parameters.js';
import type { DataTable, Page } from '../page.js';
import { PRESENCES } from '../../queries/markets/market-presence.js';
import { AUTOMAKERS_A_PAGE } from '../../queries/markets/markets.controller.js';
import { NameAutomakers } from '../../queries/automakers/name-automakers.js';
import { pageFrom } from '../../api/paging.js';
import { addressOf } from '../page-context.js';
import { marketName } from '../../queries/names.js';
import { MarketPage } from './market-page.js';
import { MarketsPage } from './markets-page.js';
import { Costly } from '../../api/costly-questions.js';
import { leftOn } from '../../domain/state/market-stays.js';
import { eventsIn } from '../take-away/events-in.js';

const LATEST = 12;

export class MarketPageParameters extends PagedPageParameters {
  /** Shows only this automaker's presence, by its id. */
  @Optional()
  @MaxLength(64)
  automaker?: string;
}

/** The world map by stage, and single markets. */
@PageController('markets')
@CacheUntilChange()
@Costly()
export class MarketPagesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async markets(@Query() parameters: PageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    const { markets } = await this.queries.execute(new ListMarkets(clocks));
    const named = markets.flatMap((market) => PRESENCES.flatMap((presence) => market[presence]));
    return {
      title: 'Markets',
      description: 'Where automakers of the ledger build, sell, have announced plants or signed partners.',
      section: 'markets',
      api: '/api/markets',
      tables: [stagesTable(markets)],
      body: (
        <MarketsPage
          markets={markets}
          names={await this.queries.execute(new NameAutomakers(named, clocks))}
        />
      ),
    };
  }

  @Get(':market')
  async market(@Param('market') code: string, @Query() parameters: MarketPageParameters): Promise<Page> {
    const clocks = clocksOf(parameters);
    if (!isMarket(code)) {
      throw new NotFound({ detail: 'A market is an ISO 3166-1 alpha-2 code in capitals, or EU.' });
    }
    const { cursor } = parameters;
    const only = parameters.automaker === '' ? undefined : parameters.automaker;
    const page = pageFrom({ ...(cursor !== undefined && { cursor }) }, AUTOMAKERS_A_PAGE, AUTOMAKERS_A_PAGE);
    const [answer, all, latest, figures] = await Promise.all([
      this.queries.execute(new GetMarket(code, clocks, page, only)),
      this.queries.execute(new GetMarket(code, clocks, page)),
      this.queries.execute(
        new ListEvents(
          { market: code, ...(only !== undefined && { automaker: only }) },
          { by: 'day', newestFirst: true },
          LATEST,
          clocks,
        ),
      ),
      this.queries.execute(new GetFiguresOfMarket(code, clocks)),
    ]);
    const offered = all.automakers.map(({ automaker }) => automaker);
    const names = await this.queries.execute(
      new NameAutomakers([...offered, ...figures.sellers.keys()], clocks),
    );
    return {
      title: answer.name,
      description: `Who builds and sells in ${answer.name}, since when, with whom, under which conditions.`,
      section: 'markets',
      feed: { market: code },
      api: addressOf(`/api/markets/${code}`, { cursor, automaker: only }),
      tables: [staysTable(answer), conditionsTable(answer)],
      body: (
        <MarketPage
          answer={answer}
          names={names}
          offered={offered}
          latest={latest.events}
          figures={figures}
        />
      ),
    };
  }
}

function staysTable({ automakers, name }: MarketAnswer): DataTable {
  return {
    name: 'automakers',
    caption: `Automakers in ${name}`,
    events: () => eventsIn(automakers.map(({ stays }) => stays)),
    columns: ['Automaker', 'Entered', 'How', 'With', 'Left'],
    rows: automakers.flatMap(({ automaker, stays }) =>
      stays.map((stay) => [automaker, stay.entered?.occurredOn, stay.entryMode, stay.partner, leftOn(stay)]),
    ),
  };
}

function conditionsTable({ conditions, regions, market, name }: MarketAnswer): DataTable {
  // Conditions of a region also apply to its members.
  const all = [{ market, conditions }, ...regions].flatMap(({ market: by, conditions: its }) =>
    its.map((each) => ({ ...each, by })),
  );
  return {
    name: 'conditions',
    caption: `Conditions in ${name}`,
    columns: ['Kind', 'Applies to', 'Changed', 'Effective', 'Rate (%)', 'Stage', 'Set by'],
    rows: all.flatMap(({ kind, appliesTo, changes, by }) =>
      changes.map(({ occurredOn, effectiveOn, rate, stage }) => [
        kind,
        appliesTo,
        occurredOn,
        effectiveOn,
        rate,
        stage,
        marketName(by),
      ]),
    ),
    events: () => eventsIn(all),
  };
}
