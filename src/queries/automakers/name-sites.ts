import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import { siteName } from '../../domain/words/values.js';
import { AutomakerReader } from '../automaker-reader.js';

/** The names of the plants of some automakers, by `automaker/site`. */
export class NameSites extends Query<ReadonlyMap<string, string>> {
  constructor(
    readonly ids: readonly string[],
    readonly clocks: Clocks,
  ) {
    super();
  }
}

@QueryHandler(NameSites)
export class NameSitesHandler implements IQueryHandler<NameSites> {
  constructor(private readonly states: AutomakerReader) {}

  async execute({ ids, clocks }: NameSites): Promise<ReadonlyMap<string, string>> {
    const automakers = await this.states.some([...new Set(ids)], clocks);
    return new Map(
      automakers.flatMap(({ id, sites }) =>
        sites.map((site) => [`${id}/${site.site}`, siteName(site)] as const),
      ),
    );
  }
}
