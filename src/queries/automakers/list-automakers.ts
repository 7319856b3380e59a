import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import type { PageOf } from '../../api/paging.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { AutomakerIndex } from './automaker-index.js';
import { SUMMED_UP, summaryOf, type AutomakerSummary } from './automaker-summary.js';

export interface AutomakersAnswer {
  readonly asOf: AsOf;
  /** Ordered by id. */
  readonly automakers: readonly AutomakerSummary[];
  /** The cursor of the next page; absent on the last page. */
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
  constructor(
    private readonly states: AutomakerReader,
    private readonly index: AutomakerIndex,
  ) {}

  async execute({ clocks, page: { limit, after = '' } }: ListAutomakers): Promise<AutomakersAnswer> {
    const asOf = await this.states.asOf(clocks);
    // Reading one page is faster than computing all outlines.
    const { automakers, hasMore } =
      isNow(clocks) && (await this.index.isNear())
        ? await this.outlined(after, limit)
        : await this.read(clocks, after, limit);
    const last = automakers.at(-1);
    return { asOf, automakers, ...(hasMore && last && { next: last.id }) };
  }

  private async outlined(after: string, limit: number) {
    const following = (await this.index.all()).filter(({ id }) => id > after);
    const automakers = following.slice(0, limit).map(({ summary }) => summary);
    return { automakers, hasMore: following.length > limit };
  }

  private async read(clocks: Clocks, after: string, limit: number) {
    const { automakers, hasMore } = await this.states.page(clocks, after, limit, SUMMED_UP);
    return { automakers: automakers.map(summaryOf), hasMore };
  }
}
