import type { CompanyDirectory } from '../../domain/state/company-directory.js';

/** A company with the name to show. */
export interface NamedCompany {
  readonly company: string;
  readonly name: string;
}

/** A company with what it is called first. */
export const companyNamed = (directory: CompanyDirectory, company: string): NamedCompany => ({
  company,
  name: directory.nameOf(company),
});
