import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import {
  MEASURES,
  perimeterOf,
  type Measure,
  type Perimeter,
  type Unit,
} from '../../domain/measures/measures.js';
import { inOrder, newestPoints, type SeriesPoint } from '../../domain/measures/series.js';
import { NotFound } from '../../problems/not-found.js';
import { inTurns } from '../../api/in-turns.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

export interface SeriesAnswer {
  readonly asOf: AsOf;
  readonly automaker: string;
  readonly measure: Measure;
  readonly unit: Unit;
  /** Oldest first, at most the newest 500. Ask with an earlier `trueOn` for earlier points. */
  readonly points: readonly SeriesPoint[];
}

/** The series of a measure of an automaker, for a chart. */
export class GetSeries extends Query<SeriesAnswer> {
  constructor(
    readonly automaker: string,
    readonly measure: Measure,
    readonly perimeter: Perimeter,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetSeries)
export class GetSeriesHandler implements IQueryHandler<GetSeries> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ automaker: id, measure, perimeter, clocks }: GetSeries): Promise<SeriesAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    return seriesAnswer(automaker, measure, perimeter, asOf);
  }
}

/** The series of a target's measure. */
export class GetTargetSeries extends Query<SeriesAnswer> {
  constructor(
    readonly automaker: string,
    readonly target: string,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetTargetSeries)
export class GetTargetSeriesHandler implements IQueryHandler<GetTargetSeries> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ automaker: id, target, clocks }: GetTargetSeries): Promise<SeriesAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    const terms = automaker.targets.find((each) => each.target === target)?.versions.at(-1)?.terms;
    if (!terms) throw new NotFound({ detail: `${id} has no target ${target}.` });
    return seriesAnswer(automaker, terms.measure, terms, asOf);
  }
}

async function seriesAnswer(
  automaker: Automaker,
  measure: Measure,
  perimeter: Perimeter,
  asOf: AsOf,
): Promise<SeriesAnswer> {
  return {
    asOf,
    automaker: automaker.id,
    measure,
    unit: MEASURES[measure].unit,
    points: inOrder(await inTurns(newestPoints(automaker, measure, perimeterOf(perimeter), asOf.trueOn))),
  };
}
