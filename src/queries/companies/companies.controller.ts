import { Controller, Get, Param, Query } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ClockParameters, clocksOf } from '../../api/clock-parameters.js';
import { Costly } from '../../api/costly-questions.js';
import { CacheUntilChange } from '../../api/etag-interceptor.js';
import { pageFrom, PagedParameters } from '../../api/paging.js';
import { normalText, textFault } from '../../domain/ledger/text.js';
import { InvalidRequest } from '../../problems/request-problems.js';
import { GetCompany, type CompanyAnswer } from './get-company.js';
import { ListCompanies, type CompaniesAnswer } from './list-companies.js';
import { AnswersQuestions } from '../../api/question.js';

/** The default page size; a page of the list shows this many. */
export const COMPANIES_A_PAGE = 100;
const MOST_COMPANIES = 1000;
const LONGEST_NAME = 200;

/** Questions about companies: groups, brands, partners and joint ventures. */
@Controller('companies')
@AnswersQuestions()
@Costly()
@CacheUntilChange()
export class CompaniesController {
  constructor(private readonly queries: QueryBus) {}

  @Get()
  list(@Query() parameters: PagedParameters): Promise<CompaniesAnswer> {
    const page = pageFrom(parameters, COMPANIES_A_PAGE, MOST_COMPANIES);
    return this.queries.execute(new ListCompanies(clocksOf(parameters), page));
  }

  @Get(':company')
  one(@Param('company') company: string, @Query() parameters: ClockParameters): Promise<CompanyAnswer> {
    return this.queries.execute(new GetCompany(companyAsked(company), clocksOf(parameters)));
  }
}

/** The requested id, name or alias. Throws InvalidRequest if it cannot be a name. */
export function companyAsked(company: string): string {
  const fault = textFault(company) ?? (company.length > LONGEST_NAME ? 'is too long for a name' : undefined);
  if (fault !== undefined) throw new InvalidRequest([{ field: 'company', message: fault }]);
  return normalText(company);
}
