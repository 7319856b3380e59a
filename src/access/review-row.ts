import { Column, Entity, PrimaryColumn } from 'typeorm';

/** What a second analyst found. */
export const FINDINGS = ['agreed', 'objected'] as const;
export type Finding = (typeof FINDINGS)[number];

/** An event that a second analyst is asked to look at, and what came of it. Kept beside the keys: it is no part of the ledger. */
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
