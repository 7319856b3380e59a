import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { Progress } from '../../domain/goals/progress.js';
import { mapInTurns } from '../../api/in-turns.js';
import { memoizedProgress } from './memoized-progress.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

/** All records of an automaker, with the progress on each target. */
export interface AutomakerAnswer extends Omit<Automaker, 'targets' | 'strategy' | 'figures'> {
  readonly asOf: AsOf;
  readonly strategy?: NonNullable<Automaker['strategy']>;
  readonly progress: readonly Progress[];
}

export class GetAutomaker extends Query<AutomakerAnswer> {
  constructor(
    readonly id: string,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetAutomaker)
export class GetAutomakerHandler implements IQueryHandler<GetAutomaker> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ id, clocks }: GetAutomaker): Promise<AutomakerAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    const { profile, strategy, targets, markets, partnerships, outlets, sites } = automaker;
    const progress = await mapInTurns(targets, (target) => memoizedProgress(automaker, target, asOf.trueOn));
    return {
      asOf,
      id,
      profile,
      ...(strategy && { strategy }),
      progress,
      markets,
      partnerships,
      outlets,
      sites,
    };
  }
}
