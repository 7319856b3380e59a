import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import { AutomakerIndex } from '../automakers/automaker-index.js';
import { pageOf, type PageOf } from '../../api/paging.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { quietGoalsOf, type QuietGoal } from './quiet-goals.js';

export interface QuietGoalsAnswer {
  readonly asOf: AsOf;
  /** Silent for longest first. */
  readonly goals: readonly QuietGoal[];
  /** How many there are on all pages. */
  readonly count: number;
  /** Ask for the next page with this; absent on the last one. */
  readonly next?: string;
}

/** The goals that nobody has repeated for so long that they are taken to have gone quiet; inferred, never declared. */
export class ListQuietGoals extends Query<QuietGoalsAnswer> {
  constructor(
    readonly clocks: Clocks,
    readonly page: PageOf = { limit: Number.MAX_SAFE_INTEGER },
  ) {
    super();
  }
}

@QueryHandler(ListQuietGoals)
export class ListQuietGoalsHandler implements IQueryHandler<ListQuietGoals> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly index: AutomakerIndex,
  ) {}

  async execute({ clocks, page }: ListQuietGoals): Promise<QuietGoalsAnswer> {
    const asOf = await this.states.asOf(clocks);
    const goals: QuietGoal[] = [];
    if (isNow(clocks)) for (const { quiet } of await this.index.all()) goals.push(...quiet);
    else
      for await (const automaker of this.states.every(clocks))
        goals.push(...quietGoalsOf(automaker, asOf.trueOn));
    goals.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
    const { items, next } = pageOf(goals, page, (goal) => `${goal.automaker}/${goal.target}`);
    return { asOf, goals: items, count: goals.length, ...(next !== undefined && { next }) };
  }
}

const keyOf = ({ lastSaidOn, automaker, target }: QuietGoal): string =>
  `${lastSaidOn} ${automaker} ${target}`;
