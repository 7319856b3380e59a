import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { urgencyOf, headlineOf } from '../../domain/goals/headline.js';
import { added, NO_GOALS, tallyOf, type GoalTally } from '../../domain/goals/tally.js';
import type { Progress } from '../../domain/goals/progress.js';
import { mapInTurns } from '../../api/in-turns.js';
import { pageOf, type PageOf } from '../../api/paging.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { AutomakerIndex, type IndexedAutomaker } from './automaker-index.js';
import { memoizedProgress } from './memoized-progress.js';
import { summaryOf, type AutomakerSummary } from './list-automakers.js';

/** An automaker, and the one target that says most about how far it is. */
export interface AutomakerVerdict extends AutomakerSummary {
  readonly headline?: Progress;
}

export interface VerdictsAnswer {
  readonly asOf: AsOf;
  /** What calls for attention first. */
  readonly verdicts: readonly AutomakerVerdict[];
  /** How the goals of all of them stand. */
  readonly goals: GoalTally;
  /** How many there are on all pages. */
  readonly count: number;
  /** Ask for the next page with this; absent on the last one. */
  readonly next?: string;
}

/** How far every automaker is, in a line each. */
export class ListVerdicts extends Query<VerdictsAnswer> {
  constructor(
    readonly clocks: Clocks,
    readonly page: PageOf = { limit: Number.MAX_SAFE_INTEGER },
  ) {
    super();
  }
}

@QueryHandler(ListVerdicts)
export class ListVerdictsHandler implements IQueryHandler<ListVerdicts> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly index: AutomakerIndex,
  ) {}

  async execute({ clocks, page }: ListVerdicts): Promise<VerdictsAnswer> {
    const asOf = await this.states.asOf(clocks);
    const inOrder = isNow(clocks) ? await this.index.all() : await this.asOfThen(clocks, asOf.trueOn);
    const all = [...inOrder].sort((a, b) => (a.urgency === b.urgency ? 0 : a.urgency < b.urgency ? -1 : 1));
    const { items, next } = pageOf(all, page, ({ id }) => id);
    const automakers = await this.states.some(
      items.map(({ id }) => id),
      clocks,
    );
    const verdicts = await mapInTurns(automakers, (automaker): AutomakerVerdict => {
      const headline = headlineIn(automaker, asOf.trueOn);
      return { ...summaryOf(automaker), ...(headline && { headline }) };
    });
    const goals = inOrder.reduce((sum, each) => added(sum, each.goals), NO_GOALS);
    return { asOf, verdicts, goals, count: all.length, ...(next !== undefined && { next }) };
  }

  private async asOfThen(clocks: Clocks, on: Day): Promise<Ordered[]> {
    const all: Ordered[] = [];
    for await (const automaker of this.states.every(clocks)) {
      const progress = progressOf(automaker, on);
      all.push({
        id: automaker.id,
        urgency: urgencyOf(headlineOf(progress)),
        goals: tallyOf(progress),
      });
    }
    return all;
  }
}

type Ordered = Pick<IndexedAutomaker, 'id' | 'urgency' | 'goals'>;

const progressOf = (automaker: Automaker, on: Day): Progress[] =>
  automaker.targets.map((target) => memoizedProgress(automaker, target, on));

const headlineIn = (automaker: Automaker, on: Day): Progress | undefined =>
  headlineOf(progressOf(automaker, on));
