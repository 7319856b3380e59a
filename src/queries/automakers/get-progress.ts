import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { ChoosingRule } from '../../domain/measures/flows.js';
import type { Progress } from '../../domain/goals/progress.js';
import type { TargetVersion } from '../../domain/state/records.js';
import { NotFound } from '../../problems/not-found.js';
import { memoizedProgress } from './memoized-progress.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

/** An automaker's progress on all its targets. */
export class ListProgress extends Query<{ asOf: AsOf; targets: readonly Progress[] }> {
  constructor(
    readonly automaker: string,
    readonly clocks: Clocks,
    readonly rule?: ChoosingRule,
  ) {
    super();
  }
}

@QueryHandler(ListProgress)
export class ListProgressHandler implements IQueryHandler<ListProgress> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ automaker: id, clocks, rule }: ListProgress) {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    return {
      asOf,
      targets: automaker.targets.map((target) => memoizedProgress(automaker, target, asOf.trueOn, rule)),
    };
  }
}

export interface ProgressAnswer extends Progress {
  readonly asOf: AsOf;
  /** All versions, oldest first. */
  readonly versions: readonly TargetVersion[];
}

/** An automaker's progress on one target. */
export class GetProgress extends Query<ProgressAnswer> {
  constructor(
    readonly automaker: string,
    readonly target: string,
    readonly clocks: Clocks,
    readonly rule?: ChoosingRule,
  ) {
    super();
  }
}

@QueryHandler(GetProgress)
export class GetProgressHandler implements IQueryHandler<GetProgress> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ automaker: id, target, clocks, rule }: GetProgress): Promise<ProgressAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    const record = automaker.targets.find((each) => each.target === target);
    if (!record) {
      const known = automaker.targets.map((each) => each.target);
      const list = known.length > 0 ? `It has ${known.join(', ')}.` : 'It has none.';
      throw new NotFound({ detail: `${id} has no target ${target}. ${list}` });
    }
    return { asOf, ...memoizedProgress(automaker, record, asOf.trueOn, rule), versions: record.versions };
  }
}
