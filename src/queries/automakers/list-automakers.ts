import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Automaker } from '../../domain/automaker.js';
import type { Clocks } from '../../domain/clocks.js';
import { States, type AsOf } from '../states.js';

/** An automaker in a line. */
export interface AutomakerSummary {
  readonly id: string;
  readonly name: string;
  readonly homeMarket: string;
  readonly group?: string;
  readonly approach?: string;
  readonly targets: number;
  readonly marketsPresent: number;
  readonly partnershipsRunning: number;
  readonly sitesRunning: number;
}

export class ListAutomakers extends Query<{ asOf: AsOf; automakers: readonly AutomakerSummary[] }> {
  constructor(readonly clocks: Clocks) {
    super();
  }
}

@QueryHandler(ListAutomakers)
export class ListAutomakersHandler implements IQueryHandler<ListAutomakers> {
  constructor(private readonly states: States) {}

  async execute({ clocks }: ListAutomakers) {
    const asOf = await this.states.asOf(clocks);
    return { asOf, automakers: (await this.states.automakers(clocks)).map(summaryOf) };
  }
}

export function summaryOf({
  id,
  profile,
  strategy,
  targets,
  markets,
  partnerships,
  sites,
}: Automaker): AutomakerSummary {
  const { name, homeMarket, group } = profile;
  const approach = strategy?.versions.at(-1)?.approach;
  return {
    id,
    name,
    homeMarket,
    ...(group !== undefined && { group }),
    ...(approach !== undefined && { approach }),
    targets: targets.filter(({ withdrawn }) => !withdrawn).length,
    marketsPresent: markets.filter(({ present }) => present).length,
    partnershipsRunning: partnerships.filter(({ ended }) => !ended).length,
    sitesRunning: sites.filter(({ status }) => status === 'running').length,
  };
}
