import type { CompanyAnswer } from '../../queries/companies/get-company.js';
import { COMPANY_KIND_WORDS } from '../../domain/words/values.js';
import { listInWords } from '../design/words.js';

/**
 * A sentence about the kind and owners of a company: "A joint venture of Renault Group (45 %) and Geely (45
 * %)".
 */
export function companyInWords({
  name,
  kind,
  owners,
  group,
  automaker,
}: Pick<CompanyAnswer, 'name' | 'kind' | 'owners' | 'group' | 'automaker'>): string {
  if (kind === undefined)
    return automaker !== undefined
      ? `Who owns ${name} is not logged.`
      : `The ledger knows ${name} by this name only, as a partner: who owns it is not logged.`;
  const what = `${name} is ${COMPANY_KIND_WORDS[kind]}`;
  if (owners.length === 0) return `${what}; who owns it is not logged.`;
  const whose = listInWords(owners.map((owner) => `${owner.name} (${owner.share} %)`));
  const total = owners.reduce((sum, { share }) => sum + share, 0);
  const rest = total < ALL ? ', as far as its owners are logged' : '';
  const controls = group ? ` It belongs to ${group.name}.` : '';
  return `${what}, owned by ${whose}${rest}.${controls}`;
}

/** A total from this percentage on counts as all, because sources round shares. */
const ALL = 99.5;
