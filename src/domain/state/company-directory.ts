import { companyFromSlug } from '../words/values.js';
import { identityOf } from '../ledger/text.js';
import type { CompanyRecord, Owner } from './company-record.js';

/** A share of more than half makes a parent, where nobody says who controls a company. */
const HALF = 50;
/** Nobody owns through more levels than this. */
const DEEPEST = 20;

/** Which company a name is, and whose a company is: as of the day that the records are of. */
export class CompanyDirectory {
  private readonly records: ReadonlyMap<string, CompanyRecord>;
  /** The companies that a name may be, by the name without case and blanks. */
  private readonly named = new Map<string, Set<string>>();

  constructor(records: Iterable<readonly [string, CompanyRecord]>) {
    this.records = new Map(records);
    for (const [id, { names, aliases = [] }] of this.records)
      for (const name of [id, ...names, ...aliases]) {
        const key = identityOf(name);
        this.named.set(key, (this.named.get(key) ?? new Set()).add(id));
      }
  }

  /** The company of an id, name or alias; undefined where none has it, or more than one do. */
  resolve(name: string): string | undefined {
    if (this.records.has(name)) return name;
    const found = this.named.get(identityOf(name));
    return found?.size === 1 ? [...found][0] : undefined;
  }

  /** The names that more than one company has, which therefore name none. */
  ambiguous(id: string): string[] {
    const record = this.records.get(id);
    return [...(record?.names ?? []), ...(record?.aliases ?? [])].filter(
      (name) => (this.named.get(identityOf(name))?.size ?? 0) > 1,
    );
  }

  record(id: string): CompanyRecord | undefined {
    return this.records.get(id);
  }

  /** What a company is called first; by the words of its id where only its owners were logged. */
  nameOf(id: string): string {
    return this.records.get(id)?.names[0] ?? companyFromSlug(id);
  }

  /** An owner that is no company of this ledger, as its name was written. */
  nameOfOwner(name: string): string | undefined {
    const wanted = identityOf(name);
    for (const { owners } of this.records.values())
      for (const { parent } of owners) if (identityOf(parent) === wanted) return parent;
    return undefined;
  }

  get ids(): readonly string[] {
    return [...this.records.keys()].sort();
  }

  /** The company that controls another one by itself; undefined where none does, as in a joint venture of equals. */
  parentOf(id: string): string | undefined {
    const owners = this.records.get(id)?.owners ?? [];
    const told = owners.filter(({ role }) => role === 'controls');
    const [only, ...others] = told.length > 0 ? told : owners.filter(({ share }) => share > HALF);
    return only && others.length === 0 ? this.resolve(only.parent) : undefined;
  }

  /** The company at the top of the group that a company belongs to: itself where nobody controls it. */
  groupOf(id: string): string {
    let top = id;
    for (let level = 0; level < DEEPEST; level++) {
      const parent = this.parentOf(top);
      if (parent === undefined || parent === id) return top;
      top = parent;
    }
    return top;
  }

  /** Who owns a part of a company, its own owners only. */
  ownersOf(id: string): readonly (Owner & { readonly company?: string })[] {
    return (this.records.get(id)?.owners ?? []).map((owner) => {
      const company = this.resolve(owner.parent);
      return { ...owner, ...(company !== undefined && { company }) };
    });
  }

  /** The companies that an owner has a part of, each with what it has of it: a company by its id, or who has a name only. */
  ownedBy(owning: string): readonly (Owner & { readonly company: string })[] {
    const name = this.records.has(owning) ? owning : identityOf(owning);
    return this.ids.flatMap((company) =>
      this.ownersOf(company)
        .filter((owner) => (owner.company ?? identityOf(owner.parent)) === name)
        .map((owner) => ({ ...owner, company })),
    );
  }
}
