import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What became of a suggestion. */
export const SUGGESTION_STATES = ['waiting', 'accepted', 'declined'] as const;
export type SuggestionState = (typeof SUGGESTION_STATES)[number];

/** What a reader proposed, and what became of it. Kept beside the keys: it is no part of the ledger. */
@Entity('suggestions')
export class SuggestionRow {
  /** Nobody can guess it: whoever made the suggestion follows it by this. */
  @PrimaryColumn('text')
  id!: string;

  /** The suggestion, as JSON. */
  @Column('text')
  content!: string;

  /** Of the content: the same suggestion does not wait twice. */
  @Column('text')
  digest!: string;

  /** The event that it is about. */
  @Column('text', { nullable: true })
  about!: string | null;

  @Column('text')
  createdAt!: string;

  @Column('text')
  state!: SuggestionState;

  @Column('text', { nullable: true })
  decidedAt!: string | null;

  @Column('text', { nullable: true })
  decidedBy!: string | null;

  /** Why it was declined. */
  @Column('text', { nullable: true })
  reason!: string | null;

  /** The event that it was recorded as. */
  @Column('text', { nullable: true })
  event!: string | null;

  /** Who is recording it just now, and until when nobody else does. */
  @Column('text', { nullable: true })
  claimedBy!: string | null;

  @Column('text', { nullable: true })
  claimedUntil!: string | null;
}
