import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { ChoosingRule } from '../../domain/measures/flows.js';
import { periodBounds, type PeriodBounds } from '../../domain/measures/flow-readings.js';
import { withinWholes, type Wholes } from '../../domain/measures/parts-of-a-whole.js';
import { fallingCounts, type FallingCount } from '../../domain/measures/falling-counts.js';
import type { Measure } from '../../domain/measures/measures.js';
import type { Day } from '../../domain/ledger/edtf.js';
import type { FigureRecord } from '../../domain/state/records.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

export interface FiguresFilter {
  readonly measure?: Measure;
  readonly market?: string;
  readonly entity?: string;
  readonly from?: Day;
  readonly to?: Day;
}

export interface FiguresAnswer {
  readonly asOf: AsOf;
  readonly automaker: string;
  readonly figures: readonly FigureRecord[];
  /**
   * With a flow measure, `from` and `to`: what all figures together say about exactly that period, by basis.
   */
  readonly bounds?: readonly PeriodBounds[];
  /** Cumulative counts among these figures that fell by a later day: restated, or net of returns. */
  readonly falling: readonly FallingCount[];
  /** With `from` and `to`: what parts and wholes allow, and the inequalities that are contradicted. */
  readonly wholes?: Wholes;
}

/** The figures of an automaker, and what they say about a period. */
export class GetFigures extends Query<FiguresAnswer> {
  constructor(
    readonly automaker: string,
    readonly filter: FiguresFilter,
    readonly clocks: Clocks,
    readonly rule?: ChoosingRule,
  ) {
    super();
  }
}

@QueryHandler(GetFigures)
export class GetFiguresHandler implements IQueryHandler<GetFigures> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ automaker: id, filter, clocks, rule }: GetFigures): Promise<FiguresAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    const { measure, market, entity, from, to } = filter;
    const figures = automaker.figures.filter(
      (figure) =>
        (measure === undefined || figure.measure === measure) &&
        (market === undefined || figure.market === market) &&
        (entity === undefined || figure.entity === entity) &&
        (from === undefined || figure.last >= from) &&
        (to === undefined || figure.first <= to),
    );
    const bounds =
      measure !== undefined && from !== undefined && to !== undefined
        ? periodBounds(automaker.figures, measure, { market, entity }, from, to, rule)
        : undefined;
    const wholes =
      bounds && from !== undefined && to !== undefined
        ? withinWholes(
            { figures: automaker.figures, homeMarket: automaker.profile.homeMarket },
            from,
            to,
            rule,
          )
        : undefined;
    return {
      asOf,
      automaker: id,
      figures,
      falling: fallingCounts(figures),
      ...(bounds && { bounds }),
      ...(wholes && { wholes }),
    };
  }
}
