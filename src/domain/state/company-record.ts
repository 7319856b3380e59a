import type { CompanyKind, OwnershipRole } from './choices.js';
import type { Occurrence } from './occurrence.js';

/** An owner's share of a company since a day. */
export interface Owner extends Occurrence {
  /** Id of a company in this ledger, or a name. */
  readonly parent: string;
  /** Percent. */
  readonly share: number;
  readonly role?: OwnershipRole;
}

export interface CompanyRecord {
  /** The preferred name comes first. Empty if only owners were logged. */
  readonly names: readonly string[];
  readonly kind: CompanyKind;
  readonly aliases?: readonly string[];
  readonly identifiers?: {
    readonly lei?: string;
    readonly isin?: string;
    readonly ticker?: string;
    readonly wikidata?: string;
  };
  readonly registered?: Occurrence;
  /** Its owners, ordered by the last change of their share. */
  readonly owners: readonly Owner[];
}
