import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The states of a suggestion. */
export const SUGGESTION_STATES = ['waiting', 'accepted', 'declined'] as const;
export type SuggestionState = (typeof SUGGESTION_STATES)[number];

/** A reader's suggestion and its outcome. Stored beside the keys, because it is not part of the ledger. */
@Entity('suggestions')
export class SuggestionRow {
  /** An unguessable id. Its sender uses it to follow the suggestion. */
  @PrimaryColumn('text')
  id!: string;

  /** The suggestion, as JSON. */
  @Column('text')
  content!: string;

  /** Hash of the content, so that the same suggestion does not wait twice. */
  @Column('text')
  digest!: string;

  /** The event that it concerns. */
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

  /** The event that was recorded from it. */
  @Column('text', { nullable: true })
  event!: string | null;

  /** Who is recording it now, and until when nobody else may. */
  @Column('text', { nullable: true })
  claimedBy!: string | null;

  @Column('text', { nullable: true })
  claimedUntil!: string | null;
}
