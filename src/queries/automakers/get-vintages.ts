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
  /** The public days on which the series became another one, oldest first: each is a vintage. */
  readonly days: readonly Day[];
  /** Public days before the oldest of these that are not told: ask with an earlier `publicOn`. */
  readonly earlierDays: number;
  /** Every period of the series with its tellings. */
  readonly periods: readonly VintagePeriod[];
  /** The figures that the series is worked out from, as sources printed them. */
  readonly figures: readonly FigureVintages[];
  /** Figures that nobody dated, so that no vintage holds them. */
  readonly undatedFigures: number;
}

/** How a series, and each figure that it is worked out from, was first told, and how it was told since. */
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

/** Worked out once for each automaker that was read: it follows from its events, and the page and its files ask for the same. */
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
      // Whoever asks next waits for the same: it goes on where the first one goes away.
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

  /** The last public day that there is to ask about, whatever the world is as of. */
  private async newest({ knownOn }: Clocks): Promise<Day> {
    return (await this.states.asOf(knownOn === undefined ? {} : { knownOn })).trueOn;
  }
}
