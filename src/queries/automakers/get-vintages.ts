import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import { PerObjectMemo } from '../../domain/state/per-object-memo.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { Day } from '../../domain/ledger/edtf.js';
import { automakerStream } from '../../domain/ledger/streams.js';
import type { ChoosingRule } from '../../domain/measures/flows.js';
import { MEASURES, type Measure, type Perimeter, type Unit } from '../../domain/measures/measures.js';
import {
  figureVintages,
  MOST_VINTAGES,
  periodsOf,
  publicVintages,
  undatedFigures,
  vintageDays,
  type PublicVintage,
  type FigureVintages,
  type VintagePeriod,
} from '../../domain/measures/vintages.js';
import { inTurns, outsideOfQuestions } from '../../api/in-turns.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

export interface VintagesAnswer {
  readonly asOf: AsOf;
  readonly automaker: string;
  readonly measure: Measure;
  readonly unit: Unit;
  readonly perimeter: Perimeter;
  /** The public days on which the series changed, oldest first. Each is a vintage. */
  readonly days: readonly Day[];
  /** The number of earlier public days that are left out. Ask for them with an earlier `publicOn`. */
  readonly earlierDays: number;
  /** Every period of the series, with its published values. */
  readonly periods: readonly VintagePeriod[];
  /** The figures behind the series, as printed by the sources. */
  readonly figures: readonly FigureVintages[];
  /** The number of figures without a publication date; no vintage contains them. */
  readonly undatedFigures: number;
}

/** How a series, and each figure behind it, was first published and later changed. */
export class GetVintages extends Query<VintagesAnswer> {
  constructor(
    readonly automaker: string,
    readonly measure: Measure,
    readonly perimeter: Perimeter,
    readonly clocks: Clocks,
    readonly rule?: ChoosingRule,
  ) {
    super();
  }
}

/**
 * Cached per automaker read: the vintages depend on its events, and the page and its files ask for the same.
 */
const vintagesOf = new PerObjectMemo<Automaker, Promise<readonly PublicVintage[]>>();

@QueryHandler(GetVintages)
export class GetVintagesHandler implements IQueryHandler<GetVintages> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ automaker: id, measure, perimeter, clocks, rule }: GetVintages): Promise<VintagesAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    const { trueOn, ...published } = clocks;
    const known = await this.states.state(automakerStream(id), published);
    const question = {
      measure,
      wanted: perimeter,
      ...(trueOn !== undefined && { trueOn }),
      until: asOf.trueOn,
      ...(rule !== undefined && { rule }),
    };
    const days = vintageDays(known, { ...question, until: clocks.publicOn ?? (await this.newest(clocks)) });
    const shown = days.slice(-MOST_VINTAGES);
    const name = JSON.stringify([question, clocks, shown.at(-1)]);
    const vintages = await vintagesOf.of(automaker, name, () =>
      // Others may wait for the same result, so it continues if the first client disconnects.
      outsideOfQuestions(() => inTurns(publicVintages(id, known, question, shown))),
    );
    return {
      asOf,
      automaker: id,
      measure,
      unit: MEASURES[measure].unit,
      perimeter,
      days: vintages.map(({ publicOn }) => publicOn),
      earlierDays: days.length - shown.length,
      periods: periodsOf(vintages),
      figures: figureVintages(automaker.figures, known, measure, perimeter),
      undatedFigures: undatedFigures(known, measure, perimeter),
    };
  }

  /** The newest public day that can be asked for, whatever `trueOn` is. */
  private async newest({ knownOn }: Clocks): Promise<Day> {
    return (await this.states.asOf(knownOn === undefined ? {} : { knownOn })).trueOn;
  }
}
