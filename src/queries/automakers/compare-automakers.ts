import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { jsonBounds, middle } from '../../domain/measures/bounds.js';
import type { Measure } from '../../domain/measures/measures.js';
import type { Progress } from '../../domain/goals/progress.js';
import { readingOf, type Reading } from '../../domain/measures/readings.js';
import { mapInTurns } from '../../api/in-turns.js';
import { memoizedProgress } from './memoized-progress.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { summaryOf, type AutomakerSummary } from './automaker-summary.js';

export interface ComparedAutomaker extends AutomakerSummary {
  /** The measure as of the day of the question; absent if no figures give it. */
  readonly value?: { readonly value: number; readonly lo?: number; readonly hi?: number } & Omit<
    Reading,
    'bounds' | 'parts'
  >;
  /** Its targets for that measure. */
  readonly progress: readonly Progress[];
}

export interface ComparisonAnswer {
  readonly asOf: AsOf;
  readonly measure: Measure;
  readonly automakers: readonly ComparedAutomaker[];
}

/** Compares some automakers in one measure. */
export class CompareAutomakers extends Query<ComparisonAnswer> {
  constructor(
    readonly ids: readonly string[],
    readonly measure: Measure,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(CompareAutomakers)
export class CompareAutomakersHandler implements IQueryHandler<CompareAutomakers> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ ids, measure, clocks }: CompareAutomakers): Promise<ComparisonAnswer> {
    const asOf = await this.states.asOf(clocks);
    const automakers: ComparedAutomaker[] = [];
    for (const id of ids) {
      const { automaker } = await this.states.automaker(id, clocks);
      const reading = readingOf(automaker, measure, {}, asOf.trueOn);
      const targets = automaker.targets.filter((target) => target.versions.at(-1)?.terms.measure === measure);
      automakers.push({
        ...summaryOf(automaker),
        ...(reading && { value: shown(reading) }),
        progress: await mapInTurns(targets, (target) => memoizedProgress(automaker, target, asOf.trueOn)),
      });
    }
    return { asOf, measure, automakers };
  }
}

function shown({ bounds, parts: _parts, ...proof }: Reading): NonNullable<ComparedAutomaker['value']> {
  return { value: middle(bounds), ...jsonBounds(bounds), ...proof };
}
