import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { differencesBetween, type Differences, type Point } from '../../domain/differences.js';
import { automakerStream } from '../../domain/streams.js';
import { NotFound } from '../../problems/not-found.js';
import { States, type AsOf } from '../states.js';

export interface DifferencesAnswer {
  readonly from: AsOf;
  readonly to: AsOf;
  /** One entry for each automaker in which anything differs. */
  readonly automakers: readonly (Differences & { readonly automaker: string })[];
}

/** What differs between two points on the two clocks, and why. */
export class GetDifferences extends Query<DifferencesAnswer> {
  constructor(
    readonly automaker: string | undefined,
    readonly from: Point,
    readonly to: Point,
  ) {
    super();
  }
}

@QueryHandler(GetDifferences)
export class GetDifferencesHandler implements IQueryHandler<GetDifferences> {
  constructor(private readonly states: States) {}

  async execute({ automaker, from, to }: GetDifferences): Promise<DifferencesAnswer> {
    const points = { from: await this.states.asOf(from), to: await this.states.asOf(to) };
    const everRegistered = await this.states.everRegistered();
    if (automaker !== undefined && !everRegistered.includes(automaker)) {
      const list =
        everRegistered.length > 0 ? `There are ${everRegistered.join(', ')}.` : 'There is none yet.';
      throw new NotFound({ detail: `There is no automaker ${automaker}. ${list}` });
    }
    const ids = automaker === undefined ? everRegistered : [automaker];
    const automakers: (Differences & { automaker: string })[] = [];
    for (const id of ids) {
      const stream = automakerStream(id);
      const differences = differencesBetween(await this.states.state(stream, {}), from, to);
      if (differences.events.length + differences.records.length + differences.numbers.length > 0) {
        automakers.push({ automaker: id, ...differences });
      }
    }
    return { ...points, automakers };
  }
}
