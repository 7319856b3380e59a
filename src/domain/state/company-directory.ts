import { companyFromSlug } from '../words/values.js';
import { nearest } from '../ledger/resemblance.js';
import { identityOf } from '../ledger/text.js';
import type { CompanyRecord, Owner } from './company-record.js';

/**
 * An owner with a larger share, in percent, is the parent, if no owner is recorded as controlling the
 * company.
 */
const HALF = 50;
/** Maximum number of ownership levels. It also ends cycles. */
const DEEPEST = 20;

/** Finds companies by name, and their owners and groups, as of the day of the given records. */
export class CompanyDirectory {
  private readonly records: ReadonlyMap<string, CompanyRecord>;
  /** The companies with a name, by the name without case and blanks. */
  private readonly named = new Map<string, Set<string>>();

  constructor(records: Iterable<readonly [string, CompanyRecord]>) {
    this.records = new Map(records);
    for (const [id, { names, aliases = [] }] of this.records)
      for (const name of [id, ...names, ...aliases]) {
        const key = identityOf(name);
        this.named.set(key, (this.named.get(key) ?? new Set()).add(id));
      }
  }

  /** The company with an id, name or alias; undefined if none has it, or more than one. */
  resolve(name: string): string | undefined {
    if (this.records.has(name)) return name;
    const found = this.named.get(identityOf(name));
    return found?.size === 1 ? [...found][0] : undefined;
  }

  /** The names of a company that other companies also have, so that they identify none. */
  ambiguous(id: string): string[] {
    const record = this.records.get(id);
    return [...(record?.names ?? []), ...(record?.aliases ?? [])].filter(
      (name) => (this.named.get(identityOf(name))?.size ?? 0) > 1,
    );
  }

  /**
   * The preferred names of companies that somebody may mean by a name that none has: those with a name that
   * contains it as a word, or else the one with the most similar name.
   */
  resembling(name: string): string[] {
    const wanted = ` ${identityOf(name)} `;
    const all = [...this.records].flatMap(([id, { names, aliases = [] }]) =>
      [...names, ...aliases].map((each) => ({ id, each })),
    );
    const containing = all.filter(({ each }) => ` ${identityOf(each)} `.includes(wanted));
    const similar = nearest(
      name,
      all.map(({ each }) => each),
    );
    const meant = containing.length > 0 ? containing : all.filter(({ each }) => each === similar);
    return [...new Set(meant.map(({ id }) => this.nameOf(id)))].sort();
  }

  record(id: string): CompanyRecord | undefined {
    return this.records.get(id);
  }

  /** The preferred name of a company. If only its owners were logged, the name is derived from its id. */
  nameOf(id: string): string {
    return this.records.get(id)?.names[0] ?? companyFromSlug(id);
  }

  /** The name of an owner that is not a company of this ledger, in its logged spelling. */
  nameOfOwner(name: string): string | undefined {
    const wanted = identityOf(name);
    for (const { owners } of this.records.values())
      for (const { parent } of owners) if (identityOf(parent) === wanted) return parent;
    return undefined;
  }

  get ids(): readonly string[] {
    return [...this.records.keys()].sort();
  }

  /**
   * The company with sole control of another one; undefined if there is none, as in a joint venture of
   * equals.
   */
  parentOf(id: string): string | undefined {
    const owners = this.records.get(id)?.owners ?? [];
    const told = owners.filter(({ role }) => role === 'controls');
    const [only, ...others] = told.length > 0 ? told : owners.filter(({ share }) => share > HALF);
    return only && others.length === 0 ? this.resolve(only.parent) : undefined;
  }

  /** The company at the top of a company's group; the company itself if nobody controls it. */
  groupOf(id: string): string {
    let top = id;
    for (let level = 0; level < DEEPEST; level++) {
      const parent = this.parentOf(top);
      if (parent === undefined || parent === id) return top;
      top = parent;
    }
    return top;
  }

  /** The direct owners of a company. */
  ownersOf(id: string): readonly (Owner & { readonly company?: string })[] {
    return (this.records.get(id)?.owners ?? []).map((owner) => {
      const company = this.resolve(owner.parent);
      return { ...owner, ...(company !== undefined && { company }) };
    });
  }

  /**
   * The companies in which an owner has a share, with that share. The owner is given by company id, or by
   * name.
   */
  ownedBy(owning: string): readonly (Owner & { readonly company: string })[] {
    const name = this.records.has(owning) ? owning : identityOf(owning);
    return this.ids.flatMap((company) =>
      this.ownersOf(company)
        .filter((owner) => (owner.company ?? identityOf(owner.parent)) === name)
        .map((owner) => ({ ...owner, company })),
    );
  }
}
