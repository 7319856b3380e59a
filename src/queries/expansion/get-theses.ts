import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/clocks.js';
import type { ExpansionContext } from '../../domain/expansion/expansion-reading.js';
import { THESES } from '../../domain/theses/catalogue.js';
import { findingOf, type ThesisFinding } from '../../domain/theses/thesis.js';
import { NotFound } from '../../problems/not-found.js';
import { States, type AsOf } from '../states.js';
import { AllConditions } from './get-expansion.js';

export interface ThesesAnswer {
  readonly asOf: AsOf;
  readonly theses: readonly ThesisFinding[];
}

/** What the ledger says about the claims that are made of asset-light expansion; about one of them where it is named. */
export class GetTheses extends Query<ThesesAnswer> {
  constructor(
    readonly clocks: Clocks,
    readonly thesis?: string,
  ) {
    super();
  }
}

@QueryHandler(GetTheses)
export class GetThesesHandler implements IQueryHandler<GetTheses> {
  constructor(
    private readonly states: States,
    private readonly conditions: AllConditions,
  ) {}

  async execute({ clocks, thesis: id }: GetTheses): Promise<ThesesAnswer> {
    const asked = id === undefined ? THESES : THESES.filter((thesis) => thesis.id === id);
    if (asked.length === 0)
      throw new NotFound({
        detail: `There is no thesis ${id}. There are ${THESES.map((thesis) => thesis.id).join(', ')}.`,
      });
    const asOf = await this.states.asOf(clocks);
    const conditions = await this.conditions.asOf(clocks);
    const world = (await this.states.automakers(clocks)).map((automaker): ExpansionContext => ({
      automaker,
      conditions,
      on: asOf.trueOn,
    }));
    return { asOf, theses: asked.map((thesis) => findingOf(thesis, world)) };
  }
}
