import type { CompanyRegistered } from '../events/company-registered.js';
import { companyFromSlug } from '../words/values.js';
import { identityOf } from '../ledger/text.js';
import type { CompanyRecord } from './company-record.js';

/** Maps names to companies: the names and aliases of all companies, ignoring case and blanks. */
export class ClaimedNames {
  private readonly claims = new Map<string, ReadonlySet<string>>();
  private readonly holders = new Map<string, Set<string>>();
  private readonly shown = new Map<string, string>();

  constructor(records: Iterable<readonly [company: string, record: CompanyRecord]> = []) {
    for (const [company, record] of records) this.set(company, record);
  }

  /** Replaces the names of a company by those of this record; removes all if there is no record. */
  set(company: string, record: Pick<CompanyRecord, 'names' | 'aliases'> | undefined): void {
    for (const name of this.claims.get(company) ?? []) this.holders.get(name)?.delete(company);
    const names = record ? claimed(record) : new Set<string>();
    this.claims.set(company, names);
    for (const name of names) this.holders.set(name, (this.holders.get(name) ?? new Set()).add(company));
    this.shown.set(company, record?.names[0] ?? companyFromSlug(company));
  }

  /** The name of another company that has this name; undefined if there is none. */
  holderOf(name: string, besides: string): string | undefined {
    for (const company of this.holders.get(identityOf(name)) ?? [])
      if (company !== besides) return this.shown.get(company);
    return undefined;
  }
}

/** The first new name of a company that already belongs to another company. */
export function nameTaken(
  claims: ClaimedNames,
  company: string,
  before: Pick<CompanyRecord, 'names' | 'aliases'> | undefined,
  { names, aliases = [] }: Pick<CompanyRegistered, 'names' | 'aliases'>,
): { readonly name: string; readonly holder: string } | undefined {
  const had = before ? claimed(before) : new Set<string>();
  for (const name of [...names, ...aliases]) {
    const holder = had.has(identityOf(name)) ? undefined : claims.holderOf(name, company);
    if (holder !== undefined) return { name, holder };
  }
  return undefined;
}

const claimed = ({ names, aliases = [] }: Pick<CompanyRecord, 'names' | 'aliases'>): ReadonlySet<string> =>
  new Set([...names, ...aliases].map(identityOf));
