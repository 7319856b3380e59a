import { Query, QueryHandler, type IQueryHandler } from '@nestjs/cqrs';
import type { Clocks } from '../../domain/ledger/clocks.js';
import type { CompanyKind } from '../../domain/state/choices.js';
import { pageOf, type PageOf } from '../../api/paging.js';
import { AutomakerReader, type AsOf } from '../automaker-reader.js';
import { CompanyReader } from '../company-reader.js';
import { companyNamed, type NamedCompany } from './named-company.js';

export interface CompanySummary extends NamedCompany {
  /** Other names, including those in other scripts. */
  readonly otherNames: readonly string[];
  readonly kind: CompanyKind;
  /** The company at the top of its group; absent if that is the company itself. */
  readonly group?: NamedCompany;
}

export interface CompaniesAnswer {
  readonly asOf: AsOf;
  /** Ordered by id. */
  readonly companies: readonly CompanySummary[];
  /** The cursor of the next page; absent on the last page. */
  readonly next?: string;
}

/** The companies with events of their own: groups, brands, partners and joint ventures. */
export class ListCompanies extends Query<CompaniesAnswer> {
  constructor(
    readonly clocks: Clocks,
    readonly page: PageOf,
  ) {
    super();
  }
}

@QueryHandler(ListCompanies)
export class ListCompaniesHandler implements IQueryHandler<ListCompanies> {
  constructor(
    private readonly states: AutomakerReader,
    private readonly companies: CompanyReader,
  ) {}

  async execute({ clocks, page }: ListCompanies): Promise<CompaniesAnswer> {
    const asOf = await this.states.asOf(clocks);
    const directory = await this.companies.directory(clocks);
    const { items, next } = pageOf(directory.ids, page, (id) => id);
    const companies = items.map((id): CompanySummary => {
      const record = directory.record(id);
      const group = directory.groupOf(id);
      return {
        ...companyNamed(directory, id),
        otherNames: [...(record?.names.slice(1) ?? []), ...(record?.aliases ?? [])],
        kind: record?.kind ?? 'other',
        ...(group !== id && { group: companyNamed(directory, group) }),
      };
    });
    return { asOf, companies, ...(next !== undefined && { next }) };
  }
}
