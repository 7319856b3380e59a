import type { CompanyDirectory } from '../../domain/state/company-directory.js';

/** A company with its display name. */
export interface NamedCompany {
  readonly company: string;
  readonly name: string;
}

/** A company with its primary name. */
export const companyNamed = (directory: CompanyDirectory, company: string): NamedCompany => ({
  company,
  name: directory.nameOf(company),
});
