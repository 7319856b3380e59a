import type { VNode } from 'preact';
import type { CompaniesAnswer } from '../../queries/companies/list-companies.js';
import { PageLinks } from '../design/page-links.js';
import { listInWords, withCapital } from '../design/words.js';
import { CompanyLink } from './company-link.js';
import { COMPANY_KIND_WORDS } from '../../domain/words/values.js';
import { useByThen } from '../design/by-then.js';

export function CompaniesPage({ companies, next }: Pick<CompaniesAnswer, 'companies' | 'next'>): VNode {
  const byThen = useByThen();
  const byName = [...companies].sort((a, b) => a.name.localeCompare(b.name, 'en'));
  return (
    <>
      <header class="page-head">
        <h1>Companies</h1>
        <p class="lead">
          Groups, brands, joint ventures and partners whose names and owners are logged by themselves. Other
          partners have a page under the name that an automaker’s records give them.
        </p>
      </header>
      {companies.length === 0 ? (
        <p class="quiet">No company is logged{byThen}.</p>
      ) : (
        <table class="stack">
          <thead>
            <tr>
              <th scope="col">Company</th>
              <th scope="col">Also called</th>
              <th scope="col">What it is</th>
              <th scope="col">Belongs to</th>
            </tr>
          </thead>
          <tbody>
            {byName.map(({ company, name, otherNames, kind, group }) => (
              <tr key={company}>
                <th scope="row">
                  <CompanyLink company={company} name={name} />
                </th>
                <td data-label="Also called">{listInWords(otherNames)}</td>
                <td data-label="What it is">{withCapital(COMPANY_KIND_WORDS[kind])}</td>
                <td data-label="Belongs to">
                  {group && <CompanyLink company={group.company} name={group.name} />}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      <PageLinks next={next} />
    </>
  );
}
