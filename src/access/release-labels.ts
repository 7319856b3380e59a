import { Column, Entity, PrimaryColumn } from 'typeorm';

/**
 * The meanings that analysts gave to an automaker's release labels. Stored beside the keys, because they are
 * not part of the ledger.
 */
@Entity('release_labels')
export class ReleaseLabels {
  @PrimaryColumn('text')
  automaker!: string;

  /** The meaning of each label, as JSON. */
  @Column('text')
  labels!: string;
}
