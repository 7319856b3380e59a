import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { FigureReported } from '../../domain/events/figure-reported-fields.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { AutomakerIndex } from '../automakers/automaker-index.js';
import { Timeline, type TimelineEntry } from '../events/timeline.js';

/** Only this many figures, the newest, are examined: sellers in a market are reported again and again. */
const NEWEST = 200;

/** Who sells in a market, according to figures. */
export interface FiguresOfMarket {
  /** For each foreign automaker, by id, the newest figure of vehicles sold there. */
  readonly sellers: ReadonlyMap<string, TimelineEntry>;
  /** The ids of automakers whose home market this is. */
  readonly atHome: readonly string[];
}

export class GetFiguresOfMarket extends Query<FiguresOfMarket> {
  constructor(
    readonly market: string,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetFiguresOfMarket)
export class GetFiguresOfMarketHandler implements IQueryHandler<GetFiguresOfMarket> {
  constructor(
    private readonly timeline: Timeline,
    private readonly index: AutomakerIndex,
  ) {}

  async execute({ market, clocks }: GetFiguresOfMarket): Promise<FiguresOfMarket> {
    const automakers = await this.index.all();
    const atHome = automakers.flatMap(({ id, summary }) => (summary.homeMarket === market ? [id] : []));
    const newest = await this.timeline.page(
      { market, types: ['FigureReported'] },
      { by: 'day', newestFirst: true },
      undefined,
      NEWEST,
      clocks,
    );
    const sellers = new Map<string, TimelineEntry>();
    for (const entry of newest) {
      const { automaker, standing } = entry;
      const { measure, market: of, value, from = 0 } = entry.data as FigureReported;
      if (automaker === undefined || sellers.has(automaker) || atHome.includes(automaker)) continue;
      const isSold = measure === 'market-units' && of === market && (value ?? from) > 0;
      if (isSold && (standing === 'stands' || standing === 'corrected')) sellers.set(automaker, entry);
    }
    return { sellers, atHome };
  }
}
