import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import { chineseNameOf } from '../../domain/search/chinese-names.js';
import { brandsIn } from '../../domain/measures/brands-together.js';
import { goalTitle } from '../../domain/words/goals.js';
import { companyFromSlug, siteName } from '../../domain/words/values.js';
import { ReadModel } from '../../read-model/read-model.js';
import { AutomakerReader } from '../automaker-reader.js';
import { firstAutomakers } from '../automakers/list-automaker-names.js';
import { CompanyReader } from '../company-reader.js';
import { NAMING } from '../names.js';

/** Something that an event may name, by its id or by a common name. */
export interface NamedThing {
  readonly id: string;
  /** The first one is displayed. */
  readonly names: readonly string[];
}

/** The options for a form about an automaker. */
export interface NamesToPick {
  readonly automakers: readonly NamedThing[];
  readonly target: readonly NamedThing[];
  readonly site: readonly NamedThing[];
  readonly partnership: readonly NamedThing[];
  readonly entity: readonly NamedThing[];
  /** Names of partners, as logged. */
  readonly partner: readonly string[];
}

/** Upper bound on the automakers and companies offered by name. */
const MOST_OFFERED = 500;

/** The names that an automaker's event may use; without an automaker, only automakers. */
export class ListNamesToPick extends Query<NamesToPick> {
  constructor(readonly automaker: string | undefined) {
    super();
  }
}

@QueryHandler(ListNamesToPick)
export class ListNamesToPickHandler implements IQueryHandler<ListNamesToPick> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly companies: CompanyReader,
    private readonly views: ReadModel,
  ) {}

  async execute({ automaker: id }: ListNamesToPick): Promise<NamesToPick> {
    const aliases = await this.aliases();
    const automakers = await firstAutomakers(this.views, MOST_OFFERED);
    const of = id === undefined ? undefined : await this.states.find(id, {});
    const named = automakers.map(({ id: each, name }): NamedThing => {
      const chinese = chineseNameOf(each);
      const others = [...(aliases.get(each) ?? []), ...(chinese === undefined ? [] : [chinese])];
      return { id: each, names: [name, ...others] };
    });
    const brands = new Set([
      ...(of?.markets ?? []).flatMap(({ stays }) => stays.flatMap(({ entity }) => entity ?? [])),
      ...(of?.figures ?? []).flatMap(({ entity }) => (entity === undefined ? [] : brandsIn(entity))),
      ...(of?.targets ?? []).flatMap(({ versions }) => versions.flatMap(({ terms }) => terms.entity ?? [])),
    ]);
    return {
      automakers: named,
      target: (of?.targets ?? []).flatMap(({ target, versions }) => {
        const terms = versions.at(-1)?.terms;
        return terms ? [{ id: target, names: [goalTitle(terms, NAMING)] }] : [];
      }),
      site: (of?.sites ?? []).map((site) => ({ id: site.site, names: [siteName(site)] })),
      partnership: (of?.partnerships ?? []).map(({ partnership, partner }) => ({
        id: partnership,
        names: [partner],
      })),
      entity: [...brands].sort().map((brand) => ({
        id: brand,
        names: [
          named.find((each) => each.id === brand)?.names[0] ?? companyFromSlug(brand),
          ...(aliases.get(brand) ?? []),
        ],
      })),
      partner: [...new Set((of?.partnerships ?? []).map(({ partner }) => partner))].sort(),
    };
  }

  private async aliases(): Promise<ReadonlyMap<string, readonly string[]>> {
    const found = new Map<string, readonly string[]>();
    for await (const [id, { names, aliases = [] }] of this.companies.every({})) {
      found.set(id, [...names, ...aliases]);
      if (found.size === MOST_OFFERED) break;
    }
    return found;
  }
}
