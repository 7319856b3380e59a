import { Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { clocksOf } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { pageFrom } from '../../api/paging.js';
import { COMPANIES_A_PAGE, companyAsked } from '../../queries/companies/companies.controller.js';
import { GetCompany, type CompanyAnswer } from '../../queries/companies/get-company.js';
import { ListCompanies, type CompanySummary } from '../../queries/companies/list-companies.js';
import { ListEvents } from '../../queries/events/list-events.js';
import { addressOf } from '../page-context.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { PageController } from '../page-controller.js';
import { PagedPageParameters, PageParameters } from '../page-parameters.js';
import { SeeOther, type DataTable, type Page } from '../page.js';
import { CompaniesPage } from './companies-page.js';
import { CompanyPage } from './company-page.js';
import { companyInWords } from './company-words.js';
import { eventsIn } from '../take-away/events-in.js';

const LATEST = 12;

/** Companies: groups, brands, partners and joint ventures. */
@PageController('companies')
@CacheUntilChange()
@Costly()
export class CompanyPagesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  async list(@Query() parameters: PagedPageParameters): Promise<Page> {
    const { cursor } = parameters;
    const page = pageFrom({ ...(cursor !== undefined && { cursor }) }, COMPANIES_A_PAGE, COMPANIES_A_PAGE);
    const { companies, next } = await this.queries.execute(new ListCompanies(clocksOf(parameters), page));
    return {
      title: 'Companies',
      description: 'The groups, brands, partners and joint ventures of the ledger, and whose they are.',
      api: addressOf('/api/companies', { cursor }),
      tables: [companiesTable(companies)],
      body: <CompaniesPage companies={companies} {...(next !== undefined && { next })} />,
    };
  }

  @Get(':company')
  async one(@Param('company') asked: string, @Query() parameters: PageParameters): Promise<Page | SeeOther> {
    const clocks = clocksOf(parameters);
    const answer = await this.queries.execute(new GetCompany(companyAsked(asked), clocks));
    const { company, name } = answer;
    // A company has only one address, whichever of its names was requested.
    const path = `/companies/${encodeURIComponent(company ?? name)}`;
    if ((company ?? name) !== asked) return new SeeOther(addressOf(path, { ...clocks }));
    const latest =
      company === undefined
        ? []
        : (
            await this.queries.execute(
              new ListEvents({ company }, { by: 'day', newestFirst: true }, LATEST, clocks),
            )
          ).events;
    return {
      title: name,
      description: companyInWords(answer),
      api: `/api${path}`,
      tables: [partnersTable(answer)],
      body: <CompanyPage answer={answer} latest={latest} />,
    };
  }
}

function companiesTable(companies: readonly CompanySummary[]): DataTable {
  return {
    name: 'companies',
    caption: 'Companies',
    columns: ['Company', 'Name', 'Other names', 'Kind', 'Group'],
    rows: companies.map(({ company, name, otherNames, kind, group }) => [
      company,
      name,
      otherNames.join(' | '),
      kind,
      group?.company,
    ]),
  };
}

function partnersTable({ name, partnerOf }: CompanyAnswer): DataTable {
  return {
    name: 'partners',
    caption: `Whose partner ${name} is`,
    events: () => eventsIn(partnerOf),
    columns: ['Automaker', 'Under the name', 'Roles', 'Markets', 'Signed', 'Ended'],
    rows: partnerOf.flatMap(({ automaker, as }) =>
      as.flatMap(({ partner, partnerships, markets, sites }) => [
        ...partnerships.map((each) => [
          automaker,
          partner,
          each.roles.join(' | '),
          each.scope ?? each.markets.join(' | '),
          each.signed?.occurredOn,
          each.ended?.occurredOn,
        ]),
        ...(markets.length > 0
          ? [[automaker, partner, 'entry', markets.join(' | '), undefined, undefined]]
          : []),
        ...sites.map((site) => [automaker, partner, `site ${site.site}`, site.market, undefined, undefined]),
      ]),
    ),
  };
}
