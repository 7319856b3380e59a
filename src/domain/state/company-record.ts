import type { CompanyKind, OwnershipRole } from './choices.js';
import type { Occurrence } from './occurrence.js';

/** A share of a company, as it is since a day. */
export interface Owner extends Occurrence {
  /** A company of this ledger by its id, or a name. */
  readonly parent: string;
  /** Percent. */
  readonly share: number;
  readonly role?: OwnershipRole;
}

export interface CompanyRecord {
  /** The one to show first; empty where only owners were logged. */
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
  /** Who owns it, by when they last changed their share. */
  readonly owners: readonly Owner[];
}
