import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { AutomakerIndex } from './automaker-index.js';

/** The ids of the current automakers with the most records, in that order. */
export class ListMostRecorded extends Query<readonly string[]> {
  constructor(readonly limit: number) {
    super();
  }
}

@QueryHandler(ListMostRecorded)
export class ListMostRecordedHandler implements IQueryHandler<ListMostRecorded> {
  constructor(private readonly index: AutomakerIndex) {}

  async execute({ limit }: ListMostRecorded): Promise<readonly string[]> {
    return (await this.index.mostRecorded(limit)).ids;
  }
}
