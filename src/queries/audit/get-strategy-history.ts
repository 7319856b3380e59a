import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { strategyHistory, type StrategyEntry } from '../../domain/audit/strategy-history.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import type { Provenance } from '../../domain/goals/target-history.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { provenanceOf, wordChanges, type WordChange } from './get-target-history.js';

export interface StrategyHistoryAnswer {
  readonly asOf: AsOf;
  readonly automaker: string;
  /** Oldest first; the last one is in force. */
  readonly versions: readonly (StrategyEntry &
    Provenance & { readonly rationaleWords: readonly WordChange[] })[];
}

/** How a strategy changed: who recorded it, when, on what evidence, and what happened around it. */
export class GetStrategyHistory extends Query<StrategyHistoryAnswer> {
  constructor(
    readonly automaker: string,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetStrategyHistory)
export class GetStrategyHistoryHandler implements IQueryHandler<GetStrategyHistory> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ automaker, clocks }: GetStrategyHistory): Promise<StrategyHistoryAnswer> {
    const { asOf } = await this.states.automaker(automaker, clocks);
    const state = await this.states.state(automakerStream(automaker), clocks);
    const entries = strategyHistory(state);
    return {
      asOf,
      automaker,
      versions: entries.map((entry, index) => ({
        ...entry,
        ...provenanceOf(state, entry.event),
        rationaleWords: wordChanges(entries[index - 1]?.rationale ?? '', entry.rationale),
      })),
    };
  }
}
