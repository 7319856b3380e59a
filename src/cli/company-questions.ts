import type { Command } from 'commander';
import { companyAsked } from '../queries/companies/companies.controller.js';
import { GetCompany, type Holding } from '../queries/companies/get-company.js';
import { ListCompanies } from '../queries/companies/list-companies.js';
import { ask, clocks, question, type QuestionOptions } from './ask.js';
import { table } from './tables.js';

/** Adds the queries about companies: groups, brands, partners and joint ventures. */
export function addCompanyQuestions(program: Command): void {
  question(program, 'companies', 'groups, brands, partners and joint ventures').action(
    (options: QuestionOptions) =>
      ask(options, new ListCompanies(clocks(options), { limit: Number.MAX_SAFE_INTEGER }), ({ companies }) =>
        table(
          ['company', 'name', 'other names', 'kind', 'group'],
          companies.map(({ company, name, otherNames, kind, group }) => [
            company,
            name,
            otherNames.join(', ') || undefined,
            kind,
            group?.name,
          ]),
        ),
      ),
  );
  question(
    program,
    'company <name>',
    'whose a company is, what it owns, whose partner it is, by any of its names',
  ).action((name: string, options: QuestionOptions) =>
    ask(options, new GetCompany(companyAsked(name), clocks(options)), (answer) =>
      [
        table(
          ['company', 'name', 'other names', 'kind', 'group'],
          [
            [
              answer.company,
              answer.name,
              answer.otherNames.join(', ') || undefined,
              answer.kind,
              answer.group?.name,
            ],
          ],
        ),
        holdingsTable('owned by', answer.owners),
        holdingsTable('owns', answer.owns),
        table(
          ['partner of', 'as', 'roles', 'markets', 'sites'],
          answer.partnerOf.flatMap(({ automaker, as }) =>
            as.map(({ partner, partnerships, markets, sites }) => [
              automaker,
              partner,
              [...new Set(partnerships.flatMap(({ roles }) => roles))].join(', ') || undefined,
              [...new Set([...markets, ...partnerships.flatMap((each) => each.markets)])].sort().join(', ') ||
                undefined,
              sites.map(({ site }) => site).join(', ') || undefined,
            ]),
          ),
        ),
      ].join(''),
    ),
  );
}

/** A table of holdings; empty if there are none. */
const holdingsTable = (head: string, holdings: readonly Holding[]): string =>
  holdings.length === 0
    ? ''
    : table(
        [head, 'share %', 'since'],
        holdings.map(({ name, share, occurredOn }) => [name, share, occurredOn]),
      );
