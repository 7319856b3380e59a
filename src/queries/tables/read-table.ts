import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { AutomakerReader } from '../automaker-reader.js';
import { CompanyReader } from '../company-reader.js';
import { Timeline, type TimelineEntry } from '../events/timeline.js';
import type { TimelinePlace } from '../events/timeline-filter.js';
import type { LedgerTable, TableRow } from './table.js';

/** The number of events read at a time. */
const PAGE = 500;

/** The rows of a table as of three clocks, one after another. */
export class ReadTable extends Query<AsyncIterable<TableRow>> {
  constructor(
    readonly table: LedgerTable,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(ReadTable)
export class ReadTableHandler implements IQueryHandler<ReadTable> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly timeline: Timeline,
    private readonly companies: CompanyReader,
  ) {}

  async execute({ table, clocks }: ReadTable): Promise<AsyncIterable<TableRow>> {
    return table.rows({
      clocks,
      states: this.states,
      events: () => this.events(clocks),
      companies: () => this.companies.directory(clocks),
    });
  }

  private async *events(clocks: Clocks): AsyncGenerator<TimelineEntry> {
    const order = { by: 'position', newestFirst: false } as const;
    for (let after: TimelinePlace | undefined; ;) {
      const page = await this.timeline.page({}, order, after, PAGE, clocks);
      yield* page;
      after = page.at(-1);
      if (page.length < PAGE) return;
    }
  }
}
