import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../domain/ledger/clocks.js';
import { AutomakerReader, type AsOf } from './automaker-reader.js';

/** The `asOf` that any answer on the given clocks has. */
export class GetAsOf extends Query<AsOf> {
  constructor(readonly clocks: Clocks) {
    super();
  }
}

@QueryHandler(GetAsOf)
export class GetAsOfHandler implements IQueryHandler<GetAsOf> {
  constructor(private readonly states: AutomakerReader) {}

  execute({ clocks }: GetAsOf): Promise<AsOf> {
    return this.states.asOf(clocks);
  }
}
