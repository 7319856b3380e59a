import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { headlineOf, headlineOn, urgencyOf } from '../../domain/goals/headline.js';
import { added, NO_GOALS, type GoalTally } from '../../domain/goals/tally.js';
import type { Progress } from '../../domain/goals/progress.js';
import { mapInTurns } from '../../api/in-turns.js';
import { pageOf, type PageOf } from '../../api/paging.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { AutomakerIndex } from './automaker-index.js';
import { memoizedProgress } from './memoized-progress.js';
import { PastStandings, type PastStanding } from './past-standings.js';
import { summaryOf, type AutomakerSummary } from './automaker-summary.js';

/** An automaker, with the target that says most about its progress. */
export interface AutomakerVerdict extends AutomakerSummary {
  readonly headline?: Progress;
}

export interface VerdictsAnswer {
  readonly asOf: AsOf;
  /** The most urgent first. */
  readonly verdicts: readonly AutomakerVerdict[];
  /** The goals of all automakers, counted by status. */
  readonly goals: GoalTally;
  /** The number of automakers on all pages. */
  readonly count: number;
  /** The cursor of the next page; absent on the last page. */
  readonly next?: string;
}

/** The progress of every automaker, one line each. */
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
    private readonly standings: PastStandings,
  ) {}

  async execute({ clocks, page }: ListVerdicts): Promise<VerdictsAnswer> {
    const asOf = await this.states.asOf(clocks);
    return isNow(clocks) ? this.current(asOf, page) : this.past(clocks, asOf, page);
  }

  /** Uses the outlines: no records are read. */
  private async current(asOf: AsOf, page: PageOf): Promise<VerdictsAnswer> {
    const on = asOf.trueOn;
    const all = (await this.index.all()).map((each) => ({
      id: each.id,
      each,
      urgency: urgencyOf(headlineOn(each.headlines, on)),
      goals: each.goals,
    }));
    const { items, ...rest } = ordered(all, page);
    const shown = await this.index.shown(
      items.map(({ each }) => each),
      on,
    );
    const verdicts = items.map(({ id, each: { summary } }): AutomakerVerdict => {
      const headline = shown.get(id);
      return { ...summary, ...(headline && { headline }) };
    });
    return { asOf, verdicts, ...rest };
  }

  private async past(clocks: Clocks, asOf: AsOf, page: PageOf): Promise<VerdictsAnswer> {
    const all = await this.standings.all(clocks, asOf.trueOn);
    const { items, ...rest } = ordered(all, page);
    const automakers = await this.states.some(
      items.map(({ id }) => id),
      clocks,
    );
    const verdicts = await mapInTurns(automakers, (automaker): AutomakerVerdict => {
      const headline = headlineOf(progressOf(automaker, asOf.trueOn));
      return { ...summaryOf(automaker), ...(headline && { headline }) };
    });
    return { asOf, verdicts, ...rest };
  }
}

/** A page of automakers, the most urgent first; on a tie, in the given order. */
function ordered<T extends PastStanding>(
  given: readonly T[],
  page: PageOf,
): Pick<VerdictsAnswer, 'goals' | 'count' | 'next'> & { readonly items: readonly T[] } {
  const all = [...given].sort((a, b) => (a.urgency === b.urgency ? 0 : a.urgency < b.urgency ? -1 : 1));
  const { items, next } = pageOf(all, page, ({ id }) => id);
  const goals = given.reduce((sum, each) => added(sum, each.goals), NO_GOALS);
  return { items, goals, count: all.length, ...(next !== undefined && { next }) };
}

const progressOf = (automaker: Automaker, on: Day): Progress[] =>
  automaker.targets.map((target) => memoizedProgress(automaker, target, on));
