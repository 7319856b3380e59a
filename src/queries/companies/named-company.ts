import type { CompanyDirectory } from '../../domain/state/company-directory.js';
import { companyFromSlug } from '../../domain/words/values.js';

/** A company with the name to show. */
export interface NamedCompany {
  readonly company: string;
  readonly name: string;
}

/** A company by its first name; by the words of its id where only its owners were logged. */
export const companyNamed = (directory: CompanyDirectory, company: string): NamedCompany => ({
  company,
  name: directory.record(company)?.names[0] ?? companyFromSlug(company),
});
