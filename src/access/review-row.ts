import { Column, Entity, PrimaryColumn } from 'typeorm';

/** The findings of a second analyst. */
export const FINDINGS = ['agreed', 'objected'] as const;
export type Finding = (typeof FINDINGS)[number];

/**
 * A request that a second analyst looks at an event, and its result. Stored beside the keys, because it is
 * not part of the ledger.
 */
@Entity('reviews')
export class ReviewRow {
  @PrimaryColumn('text')
  event!: string;

  @Column('text')
  askedAt!: string;

  @Column('text')
  askedBy!: string;

  /** What to look at. */
  @Column('text', { nullable: true })
  question!: string | null;

  @Column('text', { nullable: true })
  reviewedAt!: string | null;

  @Column('text', { nullable: true })
  reviewedBy!: string | null;

  @Column('text', { nullable: true })
  finding!: Finding | null;

  @Column('text', { nullable: true })
  remark!: string | null;
}
