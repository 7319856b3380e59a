import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/state/automaker.js';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';

/** The parts of an automaker that are returned as recorded. */
export type FootprintPart = 'markets' | 'partnerships' | 'outlets' | 'sites';

export type FootprintAnswer<P extends FootprintPart = FootprintPart> = {
  readonly asOf: AsOf;
  readonly automaker: string;
} & {
  readonly [K in P]?: Automaker[K];
};

/** An automaker's markets, partners, outlets and plants. */
export class GetFootprint extends Query<FootprintAnswer> {
  constructor(
    readonly automaker: string,
    readonly part: FootprintPart,
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(GetFootprint)
export class GetFootprintHandler implements IQueryHandler<GetFootprint> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ automaker: id, part, clocks }: GetFootprint): Promise<FootprintAnswer> {
    const { automaker, asOf } = await this.states.automaker(id, clocks);
    return { asOf, automaker: id, [part]: automaker[part] };
  }
}
