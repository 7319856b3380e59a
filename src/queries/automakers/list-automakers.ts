import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { PageOf } from '../../api/paging.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

/** An automaker in a line. */
export interface AutomakerSummary {
  readonly id: string;
  readonly name: string;
  readonly homeMarket: string;
  readonly group?: string;
  readonly approach?: string;
  readonly targets: number;
  readonly marketsPresent: number;
  readonly partnershipsRunning: number;
  readonly sitesRunning: number;
}

export interface AutomakersAnswer {
  readonly asOf: AsOf;
  /** In the order of their ids. */
  readonly automakers: readonly AutomakerSummary[];
  /** Ask for the next page with this; absent on the last one. */
  readonly next?: string;
}

export class ListAutomakers extends Query<AutomakersAnswer> {
  constructor(
    readonly clocks: Clocks,
    readonly page: PageOf = { limit: Number.MAX_SAFE_INTEGER },
  ) {
    super();
  }
}

@QueryHandler(ListAutomakers)
export class ListAutomakersHandler implements IQueryHandler<ListAutomakers> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ clocks, page: { limit, after = '' } }: ListAutomakers): Promise<AutomakersAnswer> {
    const asOf = await this.states.asOf(clocks);
    const { automakers, hasMore } = await this.states.page(clocks, after, limit);
    const last = automakers.at(-1);
    return { asOf, automakers: automakers.map(summaryOf), ...(hasMore && last && { next: last.id }) };
  }
}

export function summaryOf({
  id,
  profile,
  strategy,
  targets,
  markets,
  partnerships,
  sites,
}: Automaker): AutomakerSummary {
  const { name, homeMarket, group } = profile;
  const approach = strategy?.versions.at(-1)?.approach;
  return {
    id,
    name,
    homeMarket,
    ...(group !== undefined && { group }),
    ...(approach !== undefined && { approach }),
    targets: targets.filter(({ withdrawn }) => !withdrawn).length,
    marketsPresent: markets.filter(({ present }) => present).length,
    partnershipsRunning: partnerships.filter(({ ended }) => !ended).length,
    sitesRunning: sites.filter(({ status }) => status === 'running').length,
  };
}
