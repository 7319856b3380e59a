import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { isNow, type Clocks } from '../../domain/ledger/clocks.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { goalEntryOf, wasMoved, type GoalEntry, type GoalMove } from '../../domain/goals/goal-book.js';
import type { Status } from '../../domain/goals/status.js';
import type { Measure } from '../../domain/measures/measures.js';
import type { Automaker } from '../../domain/state/automaker.js';
import type { TargetRecord } from '../../domain/state/records.js';
import { Turns } from '../../api/in-turns.js';
import type { PageOf } from '../../api/paging.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { AutomakerIndex } from '../automakers/automaker-index.js';
import { memoizedProgress } from '../automakers/memoized-progress.js';

/** Selects goals. All given conditions must hold. */
export interface GoalFilter {
  readonly automakers?: readonly string[];
  readonly measure?: Measure;
  readonly market?: string;
  readonly status?: Status;
  /** Changed in one of these ways; in any way if only `movedSince` is given. */
  readonly moves?: readonly GoalMove[];
  /** The change was stated on this day or later. */
  readonly movedSince?: Day;
}

export interface GoalsAnswer {
  readonly asOf: AsOf;
  /** Ordered by automaker and goal. */
  readonly goals: readonly GoalEntry[];
  /** The cursor of the next page; absent on the last page. */
  readonly next?: string;
}

/** The goal book: every goal with its first and current terms, its progress, and its changes. */
export class ListGoals extends Query<GoalsAnswer> {
  constructor(
    readonly filter: GoalFilter,
    readonly clocks: Clocks,
    readonly page: PageOf = { limit: Number.MAX_SAFE_INTEGER },
  ) {
    super();
  }
}

@QueryHandler(ListGoals)
export class ListGoalsHandler implements IQueryHandler<ListGoals> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly index: AutomakerIndex,
  ) {}

  /** Throws InvalidRequest for an invalid cursor. */
  async execute({ filter, clocks, page }: ListGoals): Promise<GoalsAnswer> {
    const asOf = await this.states.asOf(clocks);
    const goals: GoalEntry[] = [];
    const turns = new Turns();
    for await (const { automaker, record } of this.records(filter, clocks, page.after)) {
      const progress = memoizedProgress(automaker, record, asOf.trueOn);
      if (filter.status !== undefined && progress.status !== filter.status) continue;
      const last = goals.at(-1);
      if (goals.length === page.limit && last) return { asOf, goals, next: cursorOf(last) };
      goals.push(goalEntryOf(automaker, record, progress));
      await turns.next();
    }
    return { asOf, goals };
  }

  /** The goals after a cursor that match the filter, except for the status, which requires judging them. */
  private async *records(
    filter: GoalFilter,
    clocks: Clocks,
    cursor: string | undefined,
  ): AsyncGenerator<{ readonly automaker: Automaker; readonly record: TargetRecord }> {
    const [id = '', target, ...rest] = cursor?.split('/') ?? [];
    if (cursor !== undefined && (target === undefined || rest.length > 0))
      throw new InvalidRequest([{ field: 'cursor', message: 'must be the "next" of an earlier page' }]);
    const isAfter = (of: string, record: TargetRecord): boolean =>
      target === undefined || of > id || (of === id && record.target > target);
    for await (const automaker of this.automakers(filter, clocks, id))
      for (const record of automaker.targets)
        if (isAfter(automaker.id, record) && letsThrough(record, filter)) yield { automaker, record };
  }

  /** The requested automakers, ordered by id, from a given id on. */
  private async *automakers(
    { automakers: ids, status }: GoalFilter,
    clocks: Clocks,
    from: string,
  ): AsyncGenerator<Automaker> {
    if (ids) {
      const found = await this.states.some([...new Set(ids)].sort(), clocks);
      yield* found.filter(({ id }) => id >= from);
      return;
    }
    if (status !== undefined && isNow(clocks)) {
      // The outlines count the goals of each status, so automakers without a matching goal are not read.
      const having = (await this.index.all()).filter((each) => each.id >= from && each.statuses[status]);
      for (let start = 0; start < having.length; start += AUTOMAKERS_AT_ONCE) {
        const some = having.slice(start, start + AUTOMAKERS_AT_ONCE);
        yield* await this.states.some(
          some.map(({ id }) => id),
          clocks,
        );
      }
      return;
    }
    if (from !== '') yield* await this.states.some([from], clocks);
    yield* this.states.every(clocks, from);
  }
}

const AUTOMAKERS_AT_ONCE = 10;

const cursorOf = ({ automaker, target }: GoalEntry): string => `${automaker}/${target}`;

function letsThrough(
  { versions }: TargetRecord,
  { measure, market, moves, movedSince }: GoalFilter,
): boolean {
  const terms = versions.at(-1)?.terms;
  return (
    (measure === undefined || terms?.measure === measure) &&
    (market === undefined || terms?.market === market) &&
    ((moves === undefined && movedSince === undefined) || wasMoved(versions, moves ?? [], movedSince))
  );
}
