import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { goalTitle } from '../../domain/words/goals.js';
import { NAMING } from '../names.js';
import { AutomakerReader } from '../automaker-reader.js';

/** The titles of all goals of some automakers, by `automaker/target`. */
export class NameGoals extends Query<ReadonlyMap<string, string>> {
  constructor(
    readonly ids: readonly string[],
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(NameGoals)
export class NameGoalsHandler implements IQueryHandler<NameGoals> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ ids, clocks }: NameGoals): Promise<ReadonlyMap<string, string>> {
    const automakers = await this.states.some([...new Set(ids)], clocks);
    return new Map(
      automakers.flatMap(({ id, targets }) =>
        targets.flatMap(({ target, versions }) => {
          const terms = versions.at(-1)?.terms;
          return terms ? [[`${id}/${target}`, goalTitle(terms, NAMING)] as const] : [];
        }),
      ),
    );
  }
}
