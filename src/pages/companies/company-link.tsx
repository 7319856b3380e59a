import type { VNode } from 'preact';
import { useLink } from '../page-context.js';

/** Leads to the page of a company: by its id where the ledger has it, else by the name that somebody's records have. */
export function CompanyLink({ company, name }: { company?: string; name: string }): VNode {
  const link = useLink();
  return <a href={link(`/companies/${encodeURIComponent(company ?? name)}`)}>{name}</a>;
}
