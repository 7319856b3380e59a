import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Measure } from '../../domain/measures/measures.js';
import { AutomakerReader } from '../automaker-reader.js';
import { AutomakerIndex } from './automaker-index.js';
import { weightOn } from './told-measures.js';

/** The automakers with most known in a measure: value and goal, then value, then goal; ties in order. */
export class ListMostTold extends Query<readonly string[]> {
  constructor(
    readonly ids: readonly string[],
    readonly measure: Measure,
    readonly limit: number,
  ) {
    super();
  }
}

@QueryHandler(ListMostTold)
export class ListMostToldHandler implements IQueryHandler<ListMostTold> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly index: AutomakerIndex,
  ) {}

  async execute({ ids, measure, limit }: ListMostTold): Promise<readonly string[]> {
    const { trueOn } = await this.states.asOf({});
    const told = new Map((await this.index.all()).map(({ id, told: { [measure]: own } }) => [id, own]));
    return ids
      .filter((id) => told.has(id))
      .sort((a, b) => weightOn(told.get(b), trueOn) - weightOn(told.get(a), trueOn))
      .slice(0, limit);
  }
}
