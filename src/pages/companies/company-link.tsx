import type { VNode } from 'preact';
import { useLink } from '../page-context.js';

/** Links to the page of a company, by its id if the ledger has one, otherwise by its name in a record. */
export function CompanyLink({ company, name }: { company?: string; name: string }): VNode {
  const link = useLink();
  return <a href={link(`/companies/${encodeURIComponent(company ?? name)}`)}>{name}</a>;
}
