import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/clocks.js';
import { byUrgency, headlineOf } from '../../domain/goals/headline.js';
import type { Progress } from '../../domain/goals/progress.js';
import { States, type AsOf } from '../states.js';
import { knownProgress } from './known-progress.js';
import { summaryOf, type AutomakerSummary } from './list-automakers.js';

/** An automaker, and the one target that says most about how far it is. */
export interface Verdict extends AutomakerSummary {
  readonly headline?: Progress;
}

export interface VerdictsAnswer {
  readonly asOf: AsOf;
  /** What calls for attention first. */
  readonly verdicts: readonly Verdict[];
}

/** How far every automaker is, in a line each. */
export class ListVerdicts extends Query<VerdictsAnswer> {
  constructor(readonly clocks: Clocks) {
    super();
  }
}

@QueryHandler(ListVerdicts)
export class ListVerdictsHandler implements IQueryHandler<ListVerdicts> {
  constructor(private readonly states: States) {}

  async execute({ clocks }: ListVerdicts): Promise<VerdictsAnswer> {
    const asOf = await this.states.asOf(clocks);
    const automakers = await this.states.automakers(clocks);
    const verdicts = automakers.map((automaker): Verdict => {
      const progress = automaker.targets.map((target) => knownProgress(automaker, target, asOf.trueOn));
      const headline = headlineOf(progress);
      return { ...summaryOf(automaker), ...(headline && { headline }) };
    });
    return { asOf, verdicts: verdicts.sort((a, b) => byUrgency(a.headline, b.headline)) };
  }
}
