import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/clocks.js';
import { voiceOf, type VoiceReading } from '../../domain/goals/quiet.js';
import type { TargetTerms } from '../../domain/records.js';
import { States, type AsOf } from '../states.js';

export interface QuietGoal extends VoiceReading {
  readonly automaker: string;
  readonly name: string;
  readonly target: string;
  readonly terms: TargetTerms;
}

export interface QuietGoalsAnswer {
  readonly asOf: AsOf;
  /** Silent for longest first. */
  readonly goals: readonly QuietGoal[];
}

/** The goals that nobody has repeated for so long that they are taken to have gone quiet; inferred, never declared. */
export class ListQuietGoals extends Query<QuietGoalsAnswer> {
  constructor(readonly clocks: Clocks) {
    super();
  }
}

@QueryHandler(ListQuietGoals)
export class ListQuietGoalsHandler implements IQueryHandler<ListQuietGoals> {
  constructor(private readonly states: States) {}

  async execute({ clocks }: ListQuietGoals): Promise<QuietGoalsAnswer> {
    const asOf = await this.states.asOf(clocks);
    const automakers = await this.states.automakers(clocks);
    const goals = automakers.flatMap(({ id, profile, targets }) =>
      targets.flatMap((record): QuietGoal[] => {
        const voice = voiceOf(record, asOf.trueOn);
        const terms = record.versions.at(-1)?.terms;
        if (!terms || voice?.voice !== 'quiet (inferred)') return [];
        return [{ automaker: id, name: profile.name, target: record.target, terms, ...voice }];
      }),
    );
    return { asOf, goals: goals.sort((a, b) => (a.lastSaidOn < b.lastSaidOn ? -1 : 1)) };
  }
}
