import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import { Names } from '../names.js';
import { AutomakerReader } from '../automaker-reader.js';

/** The names of some automakers as of the clocks, by id. Automakers that did not exist are missing. */
export class NameAutomakers extends Query<ReadonlyMap<string, string>> {
  constructor(
    readonly ids: readonly string[],
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(NameAutomakers)
export class NameAutomakersHandler implements IQueryHandler<NameAutomakers> {
  constructor(
    private readonly names: Names,
    private readonly states: AutomakerReader,
  ) {}

  async execute({ ids, clocks }: NameAutomakers): Promise<ReadonlyMap<string, string>> {
    const wanted = [...new Set(ids)];
    if (!isNow(clocks)) {
      const then = await this.states.some(wanted, clocks);
      return new Map(then.map(({ id, profile }) => [id, profile.name]));
    }
    const words = await this.names.forStreams(wanted.map(automakerStream));
    return new Map(wanted.map((id) => [id, words.forStream(automakerStream(id)).automaker]));
  }
}
